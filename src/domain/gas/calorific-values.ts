import { Decimal } from '../decimal.ts';
import { isLocalDay, type LocalDay } from '../local-day.ts';
import { type Fault, Refusal } from '../refusal.ts';
import { CALORIFIC_VALUE_BAND } from './gas-factors.ts';

/** The gross calorific value of the gas of one zone on one day, in MJ per cubic metre. */
export type CalorificValue = { zone: string; day: LocalDay; mjPerM3: Decimal };

/** One value as it comes, with the place by which a refusal names it. */
export type CalorificEntry = { zone: string; day: string; mjPerM3: number; pointer: string };

/** Zones as files and bills name them: the two letters of a local distribution zone, or a name of the council's own. */
export const ZONE_PATTERN = '^[A-Z][A-Z0-9-]{1,15}$';
const ZONE = new RegExp(ZONE_PATTERN);

/** What no gas of a network can have; what lies between this and the band of the network is taken and counted. */
export const CALORIFIC_VALUE_LIMITS = { from: 20, to: 60 } as const;

function faultOf({ zone, day, mjPerM3, pointer }: CalorificEntry, today: LocalDay): Fault | null {
  if (!ZONE.test(zone)) {
    const detail = `'${zone}' is not a zone: expected the code of a local distribution zone, such as WM`;
    return { pointer: `${pointer}/zone`, code: 'invalid-zone', detail };
  }
  if (!isLocalDay(day)) {
    const detail = `'${day}' is not a day: expected YYYY-MM-DD between 1990 and 2199`;
    return { pointer: `${pointer}/day`, code: 'invalid-day', detail };
  }
  if (day > today) {
    const detail = `${day} is in the future: expected a day up to today, ${today}`;
    return { pointer: `${pointer}/day`, code: 'in-the-future', detail };
  }
  const { from, to } = CALORIFIC_VALUE_LIMITS;
  if (mjPerM3 >= from && mjPerM3 <= to && Number(mjPerM3.toFixed(6)) === mjPerM3) return null;
  const detail = `${mjPerM3} is no calorific value of gas: expected MJ per cubic metre from ${from} to ${to}, with at most six decimals`;
  return { pointer: `${pointer}/mjPerM3`, code: 'value-out-of-range', detail };
}

/**
 * Checks a table of daily calorific values. The same value twice is one; the same day of a zone with two values is refused,
 * because nothing says which is right.
 * @throws Refusal `invalid-request` with a fault for each entry that is no good.
 */
export function checkCalorificValues(entries: readonly CalorificEntry[], today: LocalDay): CalorificValue[] {
  const faults: Fault[] = [];
  const values = new Map<string, CalorificValue>();
  for (const entry of entries) {
    const fault = faultOf(entry, today);
    if (fault !== null) {
      faults.push(fault);
      continue;
    }
    const { zone, day, pointer } = entry;
    const value = { zone, day, mjPerM3: new Decimal(entry.mjPerM3) };
    const before = values.get(`${zone} ${day}`);
    if (before !== undefined && !before.mjPerM3.equals(value.mjPerM3)) {
      const detail = `${zone} has two values for ${day}: ${before.mjPerM3} and ${value.mjPerM3}`;
      faults.push({ pointer: `${pointer}/mjPerM3`, code: 'conflicting-values', detail });
    }
    values.set(`${zone} ${day}`, value);
  }
  if (faults[0] !== undefined) throw new Refusal('invalid-request', faults[0].detail, faults);
  return [...values.values()];
}

/** Whether a value lies outside the band that gas of the network stands in: taken, but to be looked at. */
export function isOutsideBand({ mjPerM3 }: Pick<CalorificValue, 'mjPerM3'>): boolean {
  return mjPerM3.lt(CALORIFIC_VALUE_BAND.from) || mjPerM3.gt(CALORIFIC_VALUE_BAND.to);
}
