import { groupBy } from '../group-by.ts';
import { addDays, type DaySpan, dayNumber } from '../local-day.ts';
import type { Question } from './recognise/recognition.ts';

/** Whether the last day that a bill prints is in it, or the first day after it (rule E5). */
export const BILL_ENDS = ['inclusive', 'exclusive'] as const;
export type BillEnd = (typeof BILL_ENDS)[number];

/** The period of a bill as it is printed, in days since 1970-01-01. */
export type PrintedPeriod = { meterId: number; from: number; to: number };

/** How the ends of a meter's bills are read, and why they cannot be told. */
type MeterEnd = { end: BillEnd } | { open: 'no-neighbour' | 'one-day-overlap'; period: PrintedPeriod };

/** How the ends are read, by meter, or what has to be asked. */
export type SettledEnds = { endOf: ReadonlyMap<number, BillEnd> } | { question: Question };

/** How one bill fits its neighbours: those that begin on the day before its end, on it, and on the day after. */
function fitOf(
  { from, to }: PrintedPeriod,
  starts: ReadonlySet<number>,
): { after: boolean; on: boolean; before: boolean } {
  const begins = (day: number) => day > from && starts.has(day);
  return { after: begins(to + 1), on: begins(to), before: begins(to - 1) };
}

function endOfMeter(periods: readonly PrintedPeriod[], others: readonly DaySpan[]): MeterEnd {
  const starts = new Set([...periods.map(({ from }) => from), ...others.map(({ start }) => dayNumber(start))]);
  const known = new Set(others.map(({ start, end }) => `${dayNumber(start)} ${dayNumber(end)}`));
  let after: PrintedPeriod | null = null;
  let on: PrintedPeriod | null = null;
  let before: PrintedPeriod | null = null;
  for (const period of periods) {
    const fit = fitOf(period, starts);
    // The same bill among those whose days are known says itself how its end was read.
    const { from, to } = period;
    if (fit.after || (!fit.on && known.has(`${from} ${to + 1}`))) after ??= period;
    if (fit.on || (!fit.after && known.has(`${from} ${to}`))) on ??= period;
    if (fit.before) before ??= period;
  }
  const overlap = before ?? (after !== null && on !== null ? on : null);
  if (overlap !== null) return { open: 'one-day-overlap', period: overlap };
  if (after !== null) return { end: 'inclusive' };
  if (on !== null) return { end: 'exclusive' };
  return { open: 'no-neighbour', period: periods[0] ?? { meterId: 0, from: 0, to: 0 } };
}

const dayOf = (number: number): string => addDays('1970-01-01', number);
const printed = ({ from, to }: PrintedPeriod): string => `${dayOf(from)} to ${dayOf(to)}`;

function questionOf(
  open: readonly Extract<MeterEnd, { open: string }>[],
  nameOf: (meterId: number) => string,
): Question {
  const overlap = open.find((each) => each.open === 'one-day-overlap');
  const asked = overlap ?? open[0];
  const period = asked?.period ?? { meterId: 0, from: 0, to: 0 };
  const others = open.length > 1 ? ` The same is open for ${open.length - 1} more of its meters.` : '';
  const why =
    overlap === undefined
      ? 'no other bill, in the file or stored, begins on that last day or on the day after it.'
      : 'it shares exactly one day with the bill that follows, or other bills of the meter say the opposite.';
  return {
    parameter: 'billEnd',
    question: `Does a bill printed as ${printed(period)} cover its last day?`,
    options: [
      { value: 'inclusive', meaning: `yes: ${dayOf(period.to)} is the last day of the bill` },
      { value: 'exclusive', meaning: `no: ${dayOf(period.to)} is the first day after the bill` },
    ],
    reason: `The bill of ${printed(period)} of the meter ${nameOf(period.meterId)} leaves it open: ${why}${others}`,
  };
}

/**
 * Tells whether the last day that bills print is in them, meter by meter, from the bills beside them, of the file and among
 * those whose days are known (rule E5): where the next begins on the day after, it is; where the next begins on that very
 * day, it is not. A meter without such a neighbour, and one whose bills overlap by exactly one day, is asked about.
 */
export function settleBillEnds(
  periods: readonly PrintedPeriod[],
  known: ReadonlyMap<number, readonly DaySpan[]>,
  nameOf: (meterId: number) => string,
): SettledEnds {
  const byMeter = groupBy(periods, ({ meterId }) => meterId);
  const endOf = new Map<number, BillEnd>();
  const open: Extract<MeterEnd, { open: string }>[] = [];
  for (const [meterId, own] of byMeter) {
    const found = endOfMeter(own, known.get(meterId) ?? []);
    if ('end' in found) endOf.set(meterId, found.end);
    else open.push(found);
  }
  return open.length === 0 ? { endOf } : { question: questionOf(open, nameOf) };
}
