import { cellText } from '../cells.ts';
import { createDayValues } from '../day-values.ts';
import type { DayBasis, DayRowLayout } from '../layout.ts';
import { numberedDay } from '../local-days.ts';
import { createMomentReader } from '../moment-text.ts';
import { MARK } from '../quality-words.ts';
import { isFault } from '../row-fault.ts';
import type { Hints, Sample } from './recognition.ts';
import { chooseRowDate } from './row-date.ts';
import { eachRow } from './sample-lines.ts';

/** What rows of 23 or 25 hours show their days to be, and how that is said. */
export type BasisEvidence = { basis: DayBasis; reason: string };

const USUAL_HOURS = 24;

/**
 * Tells rows of local days from rows of gas days by the hours of those on which the clocks change (rule E7). That is at
 * 01:00 UTC on a Sunday: the short or long day is Sunday itself, or the gas day of Saturday, which lasts until Sunday 05:00.
 * Null where no row is short or long, where rows say both, where other days are as short or long, or where it is open of
 * which day a row is.
 */
export function basisByLength(sample: Sample, layout: DayRowLayout, hints: Hints): BasisEvidence | null {
  const { rowDate, question } = chooseRowDate(sample, layout, hints);
  if (question !== null) return null;
  const shift = rowDate === 'day-after' ? -1 : 0;
  const valuesOf = createDayValues(layout);
  const { dated } = createMomentReader(layout.dateOrder);
  const seen: { basis: DayBasis; day: string; hours: number }[] = [];
  const otherHours = new Set<number>();
  eachRow(sample, layout, (cells) => {
    const read = dated(cellText(cells, layout.columns.date.index));
    const row = isFault(read) ? null : valuesOf(cells, MARK.actual);
    if (isFault(read) || row === null || 'detail' in row || row.used === USUAL_HOURS) return;
    const hours = row.used;
    const own = numberedDay(read.day + shift);
    const isWhole = row.present === hours;
    const hoursOf = (number: number) => numberedDay(number).minutes / layout.resolutionMinutes;
    if (isWhole && hours === hoursOf(own.number)) seen.push({ basis: 'local', day: own.day, hours });
    else if (isWhole && hours === hoursOf(own.number + 1)) seen.push({ basis: 'gas-day', day: own.day, hours });
    else otherHours.add(hours);
  });
  const telling = seen.filter(({ hours }) => !otherHours.has(hours));
  const [first] = telling;
  if (first === undefined || telling.some(({ basis }) => basis !== first.basis)) return null;
  const { basis, day, hours } = first;
  const which = basis === 'local' ? 'the day on which the clocks change' : 'the gas day in which the clocks change';
  return { basis, reason: `The row of ${day}, ${which}, has ${hours} values.` };
}
