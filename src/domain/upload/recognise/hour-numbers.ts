import { clockChangeOf } from '../../calendar.ts';
import { cellText } from '../cells.ts';
import { headerWords } from '../header-words.ts';
import { hourWords, type PeriodNumbers, readHour, speaksOfHours } from '../hour-text.ts';
import { columnName, type ReadingRowLayout } from '../layout.ts';
import { numberedDay } from '../local-days.ts';
import { createMomentReader } from '../moment-text.ts';
import { isFault } from '../row-fault.ts';
import type { Decision, Hints, Question, Sample } from './recognition.ts';
import { eachRow } from './sample-lines.ts';

/** What the numbers of hours are: settled, or open. */
export type NumbersChoice = { numbers: PeriodNumbers; decision: Decision | null; question: Question | null };

const HOUR_MINUTES = 60;
const HOURS = 24;

/** The hours that a sample has, and what its days on which the clocks change show. */
type Seen = {
  hours: Set<number>;
  /** An hour of the autumn change is marked as the second, or stands twice. */
  isRepeated: boolean;
  /** In spring an hour is left out, and the last keeps the number that it has on other days. */
  isLeftOut: boolean;
};

function lookAt(sample: Sample, layout: ReadingRowLayout, period: number): Seen {
  const { date, meter, channel } = layout.columns;
  const { dated } = createMomentReader(layout.dateOrder);
  const seen: Seen = { hours: new Set(), isRepeated: false, isLeftOut: false };
  const changes = new Map<string, { hours: number[]; shift: number }>();
  eachRow(sample, layout, (cells) => {
    const read = readHour(cellText(cells, period));
    if (read === null) return;
    seen.hours.add(read.hour);
    seen.isRepeated ||= read.isSecond;
    const day = dated(cellText(cells, date.index));
    const shift = isFault(day) ? 0 : clockChangeOf(numberedDay(day.day).day).shiftMinutes;
    if (isFault(day) || shift === 0) return;
    const names = [...meter, ...(channel === null ? [] : [channel])].map(({ index }) => cellText(cells, index));
    const key = `${names.join('\n')}\n${day.day}`;
    const change = changes.get(key) ?? { hours: [], shift };
    change.hours.push(read.hour);
    changes.set(key, change);
  });
  for (const { hours, shift } of changes.values()) {
    const own = new Set(hours);
    if (shift < 0) seen.isRepeated ||= own.size < hours.length;
    else seen.isLeftOut ||= own.has(Math.max(...seen.hours)) && own.size === HOURS - 1;
  }
  return seen;
}

/** What is asked where an hour may be named by its start or by its end. */
function questionOf(column: string, reason: string): Question {
  return {
    parameter: 'label',
    question: `Do the hours of '${column}' name the start or the end of the hour?`,
    options: [
      { value: 'start', meaning: 'the start: 7 is 07:00 to 08:00' },
      { value: 'end', meaning: 'the end: 7 is 06:00 to 07:00' },
    ],
    reason,
  };
}

/**
 * Tells what the numbers of hours name, from their header, from 0, 24 and 25 among them, and from the days on which the
 * clocks change. Numbers of other periods are counted from 1.
 */
export function chooseHourNumbers(sample: Sample, layout: ReadingRowLayout, hints: Hints): NumbersChoice {
  const { period } = layout.columns;
  const words = headerWords(period?.header ?? '');
  const counted: NumbersChoice = { numbers: 'counted', decision: null, question: null };
  // The hours of a gas day are counted from its beginning.
  const isGasDay = hints.dayBasis === 'gas-day' || /\bgas\b/.test(headerWords(layout.columns.date.header ?? ''));
  if (period === null || layout.resolutionMinutes !== HOUR_MINUTES || isGasDay || /\bgas\b/.test(words)) return counted;
  const { hours, isRepeated, isLeftOut } = lookAt(sample, layout, period.index);
  if (!speaksOfHours(words) && !isRepeated) return counted;
  const column = columnName(period);
  const settle = (numbers: PeriodNumbers, reason: string, certainty: Decision['certainty']): NumbersChoice => ({
    numbers,
    decision: { about: 'hours', column, value: numbers, reason, certainty },
    question: null,
  });
  const ends = (why: string, certainty: Decision['certainty']): NumbersChoice => {
    if (hours.has(HOURS + 1)) return settle('counted', 'Its hours are counted to 25 in autumn.', 'certain');
    return settle(
      'hours-ending',
      isRepeated || isLeftOut ? `${why} The change of the clocks shows in them.` : why,
      certainty,
    );
  };
  if (hints.label === 'start') return { ...counted, numbers: 'hours-starting' };
  if (hints.label === 'end') return { ...ends('', 'certain'), decision: null };
  const said = hourWords(words);
  const [has0, has24] = [hours.has(0), hours.has(HOURS) || hours.has(HOURS + 1)];
  const contradicts = (said === 'end' && has0) || (said === 'start' && has24) || (has0 && has24);
  if (contradicts)
    return {
      ...counted,
      question: questionOf(
        column,
        `The header and the numbers from ${Math.min(...hours)} to ${Math.max(...hours)} contradict each other.`,
      ),
    };
  if (said === 'end') return ends('The header speaks of the end of the hour.', 'certain');
  if (said === 'start') return settle('hours-starting', 'The header speaks of the start of the hour.', 'certain');
  if (has0) return settle('hours-starting', 'There is an hour 0, which begins at midnight.', 'certain');
  if (has24) return ends('There is an hour 24, which ends at midnight.', 'certain');
  return {
    ...counted,
    question: questionOf(column, 'The file has neither an hour 0 nor an hour 24, and no header says it.'),
  };
}
