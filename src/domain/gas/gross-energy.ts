import type { Activity, Unit } from '../activities.ts';

/** What is said once of an answer to data in which kWh of gas come without saying on which calorific value they stand. */
export const GROSS_KWH_NOTICE = {
  code: 'gas-kwh-gross',
  detail:
    'kWh of natural gas are counted at gross calorific value, as bills state them: nothing that was sent says otherwise. If they are net, bring them to gross before they are sent.',
} as const;

/** Whether values of a meter are energy of gas, and not volumes that are turned into gross kWh here (rule E6). */
export function isGasEnergy({ activity, unit }: { activity: Activity; unit: Unit }): boolean {
  return activity === 'natural-gas' && unit === 'kWh';
}

/** Whether a header says itself that its kWh are gross. */
export function saysGross(header: string | null): boolean {
  return /\bgross\b|\b(?:gcv|hhv)\b/i.test(header ?? '');
}
