import { headerWords } from '../header-words.ts';
import type { IntervalLabel, ReadingRowLayout } from '../layout.ts';
import type { SeriesSample } from './reading-series.ts';
import type { Decision, Hints, Question } from './recognition.ts';

const DAY_MINUTES = 1440;
const DAILY_MINUTES_MIN = 1380;
const HOUR = 60;

/** Whether times name the start or the end of intervals: settled, needless, or open. */
export type LabelChoice = { label: IntervalLabel | null; decision: Decision | null; question: Question | null };

const OPTIONS: Question['options'] = [
  { value: 'start', meaning: 'the start: a value at 00:30 is of 00:30 to 01:00' },
  { value: 'end', meaning: 'the end: a value at 00:30 is of 00:00 to 00:30' },
];

/** Where a series begins and ends; the end is not known of one that goes on behind the sample. */
type Edges = { first: number; last: number; step: number; isEnded: boolean };

/** The part of the rows at the end of a sample among which a series may go on. */
const GOES_ON = 0.05;

function edgesOf({ series, count }: SeriesSample, stepMinutes: number | null, isWhole: boolean): Edges[] {
  return series.map(({ rows, steps, lastRow }) => {
    const stamps = rows.map(({ stamp }) => stamp);
    const times = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
    for (const stamp of stamps) {
      times.first = Math.min(times.first, stamp);
      times.last = Math.max(times.last, stamp);
    }
    const isEnded = isWhole || lastRow < count * (1 - GOES_ON);
    return { ...times, step: stepMinutes ?? steps.commonest() ?? 30, isEnded };
  });
}

type Shown = { label: IntervalLabel; reason: string };

const isAt = (stamp: number, midnight: number) =>
  (((stamp - midnight) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES === 0;

/**
 * What a series says whose days begin at `midnight`: times that begin at it and end an interval before it name starts,
 * those that begin an interval after it and end at it name ends. For a start one side is enough on the wall; a local day
 * in UTC needs both.
 */
function vote({ first, last, step, isEnded }: Edges, midnight: number): IntervalLabel | null {
  const beginsAt = isAt(first, midnight);
  const endsBefore = isEnded && isAt(last + step, midnight);
  if (beginsAt && endsBefore) return 'start';
  if (isEnded && isAt(first - step, midnight) && isAt(last, midnight)) return 'end';
  if (midnight !== 0) return null;
  const endsAt = isEnded && isAt(last, midnight);
  return (beginsAt && !endsAt) || (endsBefore && !isAt(first - step, midnight)) ? 'start' : null;
}

/** What the first and last times of all series say together. */
function byEdges(edges: readonly Edges[], midnight: number): Shown | null {
  const labels = new Set(edges.map((each) => vote(each, midnight)).filter((label) => label !== null));
  const [label, other] = labels;
  if (label === undefined || other !== undefined) return null;
  const reason =
    label === 'end'
      ? 'The times begin one interval after midnight and end at midnight.'
      : 'The times begin at midnight, or end one interval before it.';
  return { label, reason };
}

/** Tells what the times of rows for each reading name. */
export function chooseLabel(
  layout: ReadingRowLayout,
  sample: SeriesSample,
  isWhole: boolean,
  hints: Hints,
): LabelChoice {
  const column = (layout.columns.time ?? layout.columns.date).header;
  const settle = (label: IntervalLabel, reason: string, certainty: Decision['certainty']): LabelChoice => ({
    label,
    decision: { about: 'label', column, value: label, reason, certainty },
    question: null,
  });
  if (layout.isDaily || layout.columns.period !== null) return { label: null, decision: null, question: null };
  if (hints.label !== null) return { label: hints.label, decision: null, question: null };
  if (layout.label === 'end') return settle('end', 'The header speaks of the end of the interval.', 'certain');
  const words = headerWords(`${layout.columns.date.header ?? ''} ${layout.columns.time?.header ?? ''}`);
  if (/\b(start|begin|beginning|from)\b/.test(words))
    return settle('start', 'The header speaks of the start of the interval.', 'certain');
  if (sample.hasSpans) return settle('start', 'Each time is a span, and its first time is taken.', 'certain');
  if (sample.endsDay !== null) return settle('end', sample.endsDay, 'certain');
  const edges = edgesOf(sample, hints.resolutionMinutes, isWhole);
  if (edges.every(({ step }) => step >= DAILY_MINUTES_MIN)) return settle('start', 'There is one row a day.', 'likely');
  // A local day in summer begins at 23:00 UTC.
  const shown = byEdges(edges, 0) ?? byEdges(edges, DAY_MINUTES - HOUR);
  if (shown !== null) return settle(shown.label, shown.reason, 'likely');
  const question: Question = {
    parameter: 'label',
    question: 'Do the times name the start or the end of their interval?',
    options: OPTIONS,
    reason: 'The first and last times of the file fit both, and no header says it.',
  };
  return { label: null, decision: null, question };
}
