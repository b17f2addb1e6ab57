import { headerWords } from '../header-words.ts';
import { hourWords } from '../hour-text.ts';
import { intervalHeader } from '../interval-headers.ts';
import { columnName, type DayRowLayout } from '../layout.ts';
import { quoted } from '../row-fault.ts';
import type { Hints, Question } from './recognition.ts';

/** What the headers of the intervals of a day leave open, or why the answer to it cannot be taken. */
export type HourLabels = { question: Question | null } | { problem: string };

/**
 * Looks whether the headers of columns contradict themselves: `HE00` would end at the midnight before its day, `Hour Beginning
 * 24` begin at the midnight after it. Read in the one way that fits the day they are taken; the other is asked about.
 */
export function checkHourLabels(layout: DayRowLayout, { label }: Hints): HourLabels {
  const [first] = layout.columns.values;
  const header = first?.header ?? null;
  const found = header === null || layout.firstMinute > 0 ? null : intervalHeader(header, 0);
  if (first === undefined || header === null || found === null) return { question: null };
  const said = hourWords(headerWords(header.replace(/(?<=[a-z])(?=\d)/gi, ' ')));
  const [only, other] = found.number === 0 ? (['start', 'end'] as const) : (['end', 'start'] as const);
  if (said !== other || label === only) return { question: null };
  const last = columnName(layout.columns.values.at(-1) ?? first);
  const day = only === 'start' ? 'before' : 'after';
  if (label === other)
    return {
      problem: `read by the ${other} of the hour, ${quoted(only === 'start' ? header : last)} is of the day ${day} that of its row: write the hours of one day into a row`,
    };
  return {
    question: {
      parameter: 'label',
      question: `Do the headers from ${quoted(header)} to ${quoted(last)} name the start or the end of the interval?`,
      options: [
        { value: 'start', meaning: 'the start' },
        { value: 'end', meaning: 'the end' },
      ],
      reason: `The headers speak of the ${other}, and the first and the last of them fit the ${only}.`,
    },
  };
}
