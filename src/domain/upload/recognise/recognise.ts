import { cellText } from '../cells.ts';
import { isCountedPeriod, type Layout, type ReadingRowLayout } from '../layout.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { numberColumns } from '../pointed-cells.ts';
import { type ClockChoice, checkNamedClock, chooseClock } from './clock-choice.ts';
import { findDateOrder } from './date-order.ts';
import { dayRowClock } from './day-row-clock.ts';
import type { Draft } from './day-row-columns.ts';
import { chooseDecimalMark, type FoundMark } from './decimal-choice.ts';
import { findArranged } from './find-arranged.ts';
import { findDraft } from './find-draft.ts';
import { chooseDayBasis, GAS_DAY_CLOCK, readingBasis } from './gas-day.ts';
import { checkHourLabels } from './hour-labels.ts';
import { chooseHourNumbers } from './hour-numbers.ts';
import { chooseLabel } from './label-choice.ts';
import { readingRowClock } from './reading-row-clock.ts';
import { readSeries, type SeriesSample } from './reading-series.ts';
import type { Decision, Hints, Question, Recognition, Sample } from './recognition.ts';
import { findRising } from './rising-values.ts';
import { chooseRowDate } from './row-date.ts';
import { eachRow } from './sample-lines.ts';

type Settled = { layout: Layout; notes: { decision: Decision | null; question: Question | null }[] };

function readingClock(layout: ReadingRowLayout, series: SeriesSample, sample: Sample, hints: Hints): ClockChoice {
  if (hints.clock !== null) return checkNamedClock(layout, hints.clock);
  if (layout.isDaily) return { clock: null, decision: null, question: null };
  return chooseClock(
    layout,
    readingRowClock(series, layout.resolutionMinutes, isCountedPeriod(layout)),
    sample.isWhole,
  );
}

function settle(drafted: Layout, sample: Sample, find: MeterLookup, hints: Hints): Settled {
  if (drafted.shape === 'reading-rows') {
    const numbers = chooseHourNumbers(sample, drafted, hints);
    const draft = { ...drafted, periodNumbers: numbers.numbers };
    const series = readSeries(sample, draft);
    const label = chooseLabel(draft, series, sample.isWhole, hints);
    const layout = { ...draft, label: label.label, dayBasis: readingBasis(draft, hints) };
    const clock = readingClock(layout, series, sample, hints);
    return { layout: { ...layout, clock: clock.clock }, notes: [numbers, label, clock] };
  }
  const basis = chooseDayBasis(sample, drafted, find, hints);
  const rowDate = chooseRowDate(sample, basis.layout, hints);
  const dated = { ...basis.layout, rowDate: rowDate.rowDate };
  const clock =
    hints.clock === null
      ? chooseClock(dated, dated.firstMinute > 0 ? GAS_DAY_CLOCK : dayRowClock(sample, dated), sample.isWhole)
      : checkNamedClock(dated, hints.clock);
  return { layout: { ...dated, clock: clock.clock }, notes: [basis, rowDate, clock] };
}

/** Different numbers that are looked at. */
const NUMBERS_MAX = 20_000;

/** The different numbers of a sample, as they are written. */
function numbersOf(sample: Sample, layout: Layout): ReadonlySet<string> {
  const columns = numberColumns(layout);
  const texts = new Set<string>();
  eachRow(sample, layout, (cells) => {
    for (const { index } of columns) if (texts.size < NUMBERS_MAX) texts.add(cellText(cells, index));
  });
  return texts;
}

/** Tells what stands before decimals. A sender who has said it is believed. */
function findMark(sample: Sample, layout: Layout, { decimalMark }: Hints): FoundMark {
  const [first] = numberColumns(layout);
  return chooseDecimalMark(numbersOf(sample, layout), layout.delimiter, decimalMark, first?.header ?? null);
}

/** Settles numbers, dates, clock and labels. Where the order of dates is open, the rest is settled if it is the same in each. */
function settleDraft(draft: Draft<Layout>, sample: Sample, find: MeterLookup, hints: Hints): Recognition {
  const mark = findMark(sample, draft.layout, hints);
  const layout = { ...draft.layout, decimalMark: mark.decimalMark };
  const labels = layout.shape === 'day-rows' ? checkHourLabels(layout, hints) : { question: null };
  if ('problem' in labels) return labels;
  const rising = findRising(sample, layout, find, hints);
  if (rising !== null && 'problem' in rising) return rising;
  const asked = [labels.question, rising?.question ?? null].map((question) => ({ decision: null, question }));
  const order = findDateOrder(sample, layout, hints);
  const [first, ...others] = order.orders.map((dateOrder) => settle({ ...layout, dateOrder }, sample, find, hints));
  const settled = first ?? { layout, notes: [] };
  const isSame = others.every(
    (other) =>
      JSON.stringify({ ...other.layout, dateOrder: null }) === JSON.stringify({ ...settled.layout, dateOrder: null }),
  );
  const questions = [
    mark,
    order,
    ...asked,
    ...settled.notes,
    ...(isSame ? [] : others.flatMap(({ notes }) => notes)),
  ].flatMap(({ question }) => question ?? []);
  return {
    layout: settled.layout,
    decisions: [...draft.decisions, ...[mark, order, ...settled.notes].flatMap(({ decision }) => decision ?? [])],
    questions: questions.filter(
      ({ parameter }, index) => questions.findIndex((question) => question.parameter === parameter) === index,
    ),
  };
}

/** Without a header, a line of headers above meters would be a row that names one. */
const HEADERLESS_KNOWN_MIN = 0.9;

/** Whether rows name meters of the estate, so that nothing else about the file has to. */
const isSure = ({ layout, known }: Draft<Layout>): boolean =>
  layout.headerLine === null ? known > HEADERLESS_KNOWN_MIN : known > 0;

/**
 * Tells from the header and the rows of a sample how a file is to be read: what each column holds, how dates are written,
 * by which clock times run and what they name, and why. What could be read in two ways, and would then give other days,
 * is asked and not guessed; what the sender says is taken.
 */
export function recognise(sample: Sample, find: MeterLookup, hints: Hints): Recognition {
  const plain = findDraft(sample, find, hints);
  const known = 'layout' in plain ? plain.known : -1;
  const arranged = 'layout' in plain && isSure(plain) ? null : findArranged(sample, find, hints);
  if (arranged !== null && arranged.draft.known > known)
    return settleDraft(arranged.draft, arranged.sample, find, arranged.hints);
  return 'problem' in plain ? plain : settleDraft(plain, sample, find, hints);
}
