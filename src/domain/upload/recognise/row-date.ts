import { cellText } from '../cells.ts';
import { createDayValues } from '../day-values.ts';
import { headerWords } from '../header-words.ts';
import type { DayRowLayout, RowDate } from '../layout.ts';
import { createMomentReader } from '../moment-text.ts';
import { MARK } from '../quality-words.ts';
import { isFault } from '../row-fault.ts';
import type { Decision, Hints, Question, Sample } from './recognition.ts';
import { eachRow } from './sample-lines.ts';

/** Whether rows are dated by their own day or by the day after: settled, or open. */
export type RowDateChoice = { rowDate: RowDate; decision: Decision | null; question: Question | null };

/** Headers of the moment at which a row was sent rather than of the day it is about. */
const SENT_WORDS = /\b(stamp|timestamp|date ?time|sent|created|received|generated|run|uploaded|exported|published)\b/;
/** The same without those that stand above plain dates as well. */
const SENT_AT_MIDNIGHT = /\b(stamp|sent|created|received|generated|run|uploaded|exported|published)\b/;
const DAY_MINUTES = 1440;
const HOUR = 60;

type Times = { rows: number; timed: number; tooEarly: number };

/** How many rows are dated with a time of day, and how many of these before their last value can have been known. */
function timesOf(sample: Sample, layout: DayRowLayout): Times {
  const times: Times = { rows: 0, timed: 0, tooEarly: 0 };
  const { dated } = createMomentReader(layout.dateOrder);
  const valuesOf = createDayValues(layout);
  eachRow(sample, layout, (cells) => {
    const read = dated(cellText(cells, layout.columns.date.index));
    if (isFault(read)) return;
    times.rows += 1;
    if (read.minute === 0) return;
    times.timed += 1;
    const row = valuesOf(cells, MARK.actual);
    // An hour is left for clocks that differ.
    if (
      !('detail' in row) &&
      read.minute + HOUR < DAY_MINUTES &&
      row.used * layout.resolutionMinutes > read.minute + HOUR
    )
      times.tooEarly += 1;
  });
  return times;
}

/** Tells whether the date of a row is that of its values, or of the day after, when it was sent. */
export function chooseRowDate(sample: Sample, layout: DayRowLayout, hints: Hints): RowDateChoice {
  if (hints.rowDate !== null) return { rowDate: hints.rowDate, decision: null, question: null };
  const column = layout.columns.date.header;
  const times = timesOf(sample, layout);
  const settle = (value: RowDate, reason: string): RowDateChoice => ({
    rowDate: value,
    decision: { about: 'rowDate', column, value, reason, certainty: 'certain' },
    question: null,
  });
  const isTimed = times.timed > times.rows / 2;
  const isTooEarly = isTimed && times.tooEarly > times.timed / 2;
  const isOfSending = SENT_WORDS.test(headerWords(column ?? ''));
  if (isTooEarly && isOfSending)
    return settle('day-after', 'The rows were sent before their own day was over, and have values of all of it.');
  if (isTimed && !isTooEarly) return settle('same-day', 'The rows are dated at a time when their own day was over.');
  if (!isTooEarly && !SENT_AT_MIDNIGHT.test(headerWords(column ?? '')))
    return { rowDate: 'same-day', decision: null, question: null };
  return {
    rowDate: 'same-day',
    decision: null,
    question: {
      parameter: 'rowDate',
      question: `Is '${column ?? ''}' the day of the values, or the day after, when the row was sent?`,
      options: [
        { value: 'same-day', meaning: 'the day of the values' },
        { value: 'day-after', meaning: 'the day after: the values are of the day before' },
      ],
      reason: isTooEarly
        ? 'The rows are dated at a time of day, and have values of later hours.'
        : 'The header speaks of the time of sending, and no row has a time of day.',
    },
  };
}
