import { clockChangeOf } from '../calendar.ts';
import type { DayValues } from './day-values.ts';
import type { NumberedDay } from './local-days.ts';
import { MARK } from './quality-words.ts';
import type { CellFault } from './row-fault.ts';

const DAY_MINUTES = 1440;

function nameOf({ day, minutes }: NumberedDay): string {
  if (minutes === DAY_MINUTES) return day;
  return `${day}, when the clocks go ${minutes < DAY_MINUTES ? 'forward' : 'back'}`;
}

function wrongCount(row: DayValues, expected: number, day: NumberedDay, hint: string): CellFault {
  const given = row.available < expected ? row.available : row.used;
  return {
    code: 'wrong-number-of-values',
    detail: `The row has ${given} values: ${expected} are expected on ${nameOf(day)}${hint}`,
  };
}

const LOCAL48_HINT = '; if the file has 48 on every day, send it with clock=local48';

/**
 * Holds the values of a row against its local day: 46, 48 or 50 half-hours. Spare cells must be blank. Returns how many
 * intervals the day has, or what is wrong.
 */
export function countLocal(row: DayValues, day: NumberedDay, resolutionMinutes: number): number | CellFault {
  const expected = day.minutes / resolutionMinutes;
  if (row.available >= expected && row.used <= expected) return expected;
  return wrongCount(row, expected, day, day.minutes === DAY_MINUTES ? '' : LOCAL48_HINT);
}

/** The same for a clock under which every row has the intervals of 24 hours. */
export function countNominal(
  row: DayValues,
  day: NumberedDay,
  resolutionMinutes: number,
  clock: string | null,
): number | CellFault {
  const expected = DAY_MINUTES / resolutionMinutes;
  if (row.available >= expected && row.used <= expected) return expected;
  const given = row.available < expected ? row.available : row.used;
  return {
    code: 'wrong-number-of-values',
    detail: `The row has ${given} values: ${expected} are expected on every day, ${day.day} too, with clock=${clock ?? 'utc'}`,
  };
}

/**
 * Moves the 48 values of a local day to the intervals it really has (rule E8, local48): in spring the hour that the
 * clock left out goes, blank or zero; in autumn the repeated hour is missing. `firstMinute` is where the first value
 * begins: after midnight of `day`, or before it, less than nought, in a gas day. Returns how many intervals there are.
 */
export function settleLocal48(
  row: DayValues,
  day: NumberedDay,
  resolutionMinutes: number,
  firstMinute = 0,
): number | CellFault {
  const nominal = countNominal(row, day, resolutionMinutes, 'local48');
  const { changeMinute, shiftMinutes } = clockChangeOf(day.day);
  if (typeof nominal !== 'number' || shiftMinutes === 0) return nominal;
  const { values, marks } = row;
  const at = (changeMinute - firstMinute) / resolutionMinutes;
  const hour = 60 / resolutionMinutes;
  if (shiftMinutes < 0) {
    if (row.used > at) row.used += hour;
    values.copyWithin(at + hour, at, nominal);
    marks.copyWithin(at + hour, at, nominal);
    values.fill(Number.NaN, at, at + hour);
    marks.fill(MARK.blank, at, at + hour);
    return nominal + hour;
  }
  for (let index = at; index < at + hour; index++) {
    const value = values[index] as number;
    if (!Number.isNaN(value) && value !== 0)
      return {
        code: 'no-such-time',
        detail: `The row has ${value} between 01:00 and 02:00 on ${nameOf(day)}: that hour did not exist`,
      };
    if (value === 0) row.present -= 1;
  }
  row.used = row.used <= at + hour ? Math.min(row.used, at) : row.used - hour;
  values.copyWithin(at, at + hour, nominal);
  marks.copyWithin(at, at + hour, nominal);
  return nominal - hour;
}
