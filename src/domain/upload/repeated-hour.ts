import { type Cells, cellText } from './cells.ts';
import { countNominal, settleLocal48 } from './clock-days.ts';
import type { DayValues } from './day-values.ts';
import type { DayRowLayout } from './layout.ts';
import type { NumberedDay } from './local-days.ts';
import { MARK } from './quality-words.ts';
import { readValue } from './read-value.ts';
import type { CellFault } from './row-fault.ts';

const DAY_MINUTES = 1440;
const CHANGE_MINUTE = 120;

/**
 * Makes a function that lays the hour that autumn repeats, which has columns of its own, between the hours that it stands
 * between; on other days these columns are blank or zero. In spring the hour left out goes as under local48.
 */
export function createRepeatedHour(
  layout: DayRowLayout,
): (row: DayValues, day: NumberedDay, cells: Cells) => number | CellFault {
  const { resolutionMinutes, columns } = layout;
  const extra = new Float64Array(columns.repeatedHour.length);

  return (row, day, cells) => {
    for (const [index, column] of columns.repeatedHour.entries()) {
      const value = readValue(cellText(cells, column.index));
      if (typeof value !== 'number') return value;
      extra[index] = value;
    }
    if (day.minutes < DAY_MINUTES) return settleLocal48(row, day, resolutionMinutes);
    const nominal = countNominal(row, day, resolutionMinutes, 'local');
    if (typeof nominal !== 'number') return nominal;
    if (day.minutes === DAY_MINUTES) {
      const odd = extra.find((value) => !Number.isNaN(value) && value !== 0);
      if (odd === undefined) return nominal;
      const detail = `The row has ${odd} for an hour that autumn repeats, and ${day.day} repeats none`;
      return { code: 'no-such-time', detail };
    }
    const at = CHANGE_MINUTE / resolutionMinutes;
    row.values.copyWithin(at + extra.length, at, nominal);
    row.marks.copyWithin(at + extra.length, at, nominal);
    for (const [index, value] of extra.entries()) {
      row.values[at + index] = value;
      row.marks[at + index] = Number.isNaN(value) ? MARK.blank : (row.marks[at - extra.length + index] as number);
      if (!Number.isNaN(value)) row.present += 1;
    }
    row.used += extra.length;
    return nominal + extra.length;
  };
}
