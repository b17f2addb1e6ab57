import type { DaySpan } from '../local-day.ts';

/** How a finding is to be taken: look at it, two sources contradict each other, data is late, totals do not meet, or good to know. */
export const SEVERITIES = ['suspect', 'conflict', 'overdue', 'unreconciled', 'information'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Every check, with how its findings are to be taken (rule E12). */
export const CHECKS = {
  spike: 'suspect',
  'above-capacity': 'suspect',
  'day-total': 'suspect',
  flatline: 'suspect',
  'zero-run': 'suspect',
  'gas-zero': 'suspect',
  'negative-interval': 'suspect',
  'unit-ratio': 'suspect',
  'clock-shift': 'suspect',
  'water-at-night': 'suspect',
  'base-load': 'suspect',
  'demand-near-capacity': 'suspect',
  'bill-below-intervals': 'conflict',
  'register-below-intervals': 'conflict',
  overdue: 'overdue',
  'bill-against-intervals': 'unreconciled',
  'sub-meters-above-main': 'unreconciled',
  'export-above-generation': 'unreconciled',
  'estimated-too-long': 'information',
  'sub-meter-remainder': 'information',
  'capacity-not-needed': 'information',
  'first-value': 'information',
  'outside-service': 'information',
  'own-estimate': 'information',
} as const satisfies Record<string, Severity>;
export type CheckName = keyof typeof CHECKS;
export const CHECK_NAMES = Object.keys(CHECKS) as CheckName[];

/** What a check found on some days of one meter. `seen` and `expected` are in `unit`; null where there is no such number. */
export type MeterFinding = DaySpan & {
  check: CheckName;
  detail: string;
  seen: number | null;
  expected: number | null;
  unit: string;
};

/** A finding with whose it is. */
export type Finding = MeterFinding & { meter: string; site: string | null };

/** A number as a detail prints it: enough digits to judge by, no more. */
export function printed(value: number): string {
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
  return String(rounded);
}
