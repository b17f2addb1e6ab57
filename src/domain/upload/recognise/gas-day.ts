import { cellText } from '../cells.ts';
import { headerWords } from '../header-words.ts';
import type { DayBasis, DayRowLayout, IntervalLabel, Layout, ReadingRowLayout } from '../layout.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { createMomentReader } from '../moment-text.ts';
import { isFault } from '../row-fault.ts';
import { CLOCKS_TOLD_APART, type ClockEvidence } from './clock-choice.ts';
import { basisByLength } from './gas-day-length.ts';
import type { Decision, Hints, Question, Sample } from './recognition.ts';
import { eachRow } from './sample-lines.ts';

/** Since this day the gas day has begun at 05:00 local time, before it at 06:00. */
const FIVE_SINCE = 16_709;
const FIVE = 300;
const SIX = 360;
const HOUR = 60;

/** A layout with its basis of days settled, or what is open. */
export type BasisChoice<L> = { layout: L; decision: Decision | null; question: Question | null };

/** What the sample says about gas: whether its meters measure it, and whether it is from before the gas day moved. */
function lookAt(sample: Sample, layout: Layout, find: MeterLookup): { isGas: boolean; isBeforeFive: boolean } {
  const { dated } = createMomentReader(layout.dateOrder);
  const seen = { isGas: false, isBeforeFive: true, rows: 0 };
  eachRow(sample, layout, (cells) => {
    seen.rows += 1;
    const name = cellText(cells, layout.columns.meter[0]?.index ?? 0);
    const meter = seen.isGas || name === '' ? null : find(name);
    if (meter !== null && 'id' in meter && meter.activity === 'natural-gas') seen.isGas = true;
    const read = dated(cellText(cells, layout.columns.date.index));
    if (!isFault(read) && read.day >= FIVE_SINCE) seen.isBeforeFive = false;
  });
  return seen;
}

function saysGasDay({ columns }: Layout): boolean {
  return /\bgas (day|date)\b/.test(headerWords(columns.date.header ?? ''));
}

const decide = (value: string, reason: string, certainty: Decision['certainty']): Decision => ({
  about: 'dayBasis',
  column: null,
  value,
  reason,
  certainty,
});

function labelledGasDay(
  layout: DayRowLayout,
  isBeforeFive: boolean,
  label: IntervalLabel | null,
): BasisChoice<DayRowLayout> {
  const { firstMinute, resolutionMinutes } = layout;
  const startsOnHour = firstMinute === FIVE || (firstMinute === SIX && (label === 'start' || isBeforeFive));
  const endsOnHour = firstMinute - resolutionMinutes === FIVE || firstMinute - resolutionMinutes === SIX;
  if (label !== 'end' && startsOnHour)
    return {
      layout,
      decision: decide('gas-day', 'The columns begin where a gas day begins.', 'certain'),
      question: null,
    };
  if (endsOnHour && (label === 'end' || firstMinute % HOUR !== 0))
    return {
      layout: { ...layout, firstMinute: firstMinute - resolutionMinutes },
      decision: decide('gas-day', 'The columns end where a gas day ends.', 'certain'),
      question: null,
    };
  const question: Question = {
    parameter: 'label',
    question: 'Do the times of the columns name the start or the end of their interval?',
    options: [
      { value: 'start', meaning: 'the start: the gas day of the file begins at 06:00' },
      { value: 'end', meaning: 'the end: the gas day of the file begins at 05:00' },
    ],
    reason: 'The columns begin at 06:00, and the gas day has begun at 05:00 since October 2015.',
  };
  return { layout, decision: null, question };
}

/** Gas days begin at 05:00 on the wall, summer and winter. */
export const GAS_DAY_CLOCK: ClockEvidence = {
  allowed: new Set(CLOCKS_TOLD_APART),
  reasons: [],
  isImmaterial: false,
  leaning: { clock: 'local', reason: 'Gas days begin at 05:00 by the clock on the wall.' },
};

/** What the days of rows for each reading are: what the sender says, else what the header does. */
export function readingBasis(layout: ReadingRowLayout, { dayBasis }: Hints): DayBasis | null {
  if (dayBasis !== null) return dayBasis;
  if (saysGasDay(layout)) return 'gas-day';
  return layout.isDaily ? null : 'local';
}

/** Tells whether rows of days are of local days or of gas days, and when these begin (rule E7). */
export function chooseDayBasis(
  sample: Sample,
  layout: DayRowLayout,
  find: MeterLookup,
  hints: Hints,
): BasisChoice<DayRowLayout> {
  const { isGas, isBeforeFive } = lookAt(sample, layout, find);
  if (layout.firstMinute > 0) return labelledGasDay(layout, isBeforeFive, hints.label);
  const asGasDay: DayRowLayout = { ...layout, dayBasis: 'gas-day', firstMinute: isBeforeFive ? SIX : FIVE };
  if (hints.dayBasis !== null)
    return { layout: hints.dayBasis === 'gas-day' ? asGasDay : layout, decision: null, question: null };
  const isLabelled = /\d[:_.]\d\d/.test(layout.columns.values[0]?.header ?? '');
  if (isLabelled) return { layout, decision: null, question: null };
  if (saysGasDay(layout))
    return {
      layout: asGasDay,
      decision: decide('gas-day', 'The header speaks of gas days.', 'certain'),
      question: null,
    };
  if (!isGas || layout.resolutionMinutes !== HOUR) return { layout, decision: null, question: null };
  const shown = basisByLength(sample, layout, hints);
  if (shown !== null)
    return {
      layout: shown.basis === 'gas-day' ? asGasDay : layout,
      decision: decide(shown.basis, shown.reason, 'certain'),
      question: null,
    };
  const question: Question = {
    parameter: 'dayBasis',
    question: 'Is the first hour of a row the one after midnight, or the first of the gas day?',
    options: [
      { value: 'local', meaning: 'the hour after midnight' },
      { value: 'gas-day', meaning: `the first hour of the gas day, from ${isBeforeFive ? '06:00' : '05:00'}` },
    ],
    reason:
      'The hours of gas are counted, and neither a header nor a day on which the clocks change says which is the first.',
  };
  return { layout, decision: null, question };
}
