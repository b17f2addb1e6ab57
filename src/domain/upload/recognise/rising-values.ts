import { type Cells, cellText } from '../cells.ts';
import { pointedText } from '../decimal-mark.ts';
import { headerWords } from '../header-words.ts';
import { readHour } from '../hour-text.ts';
import type { Layout, LayoutColumn } from '../layout.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { createMomentReader } from '../moment-text.ts';
import { isFault, quoted } from '../row-fault.ts';
import type { Hints, Question, Sample } from './recognition.ts';
import { follow, isTelling, likenessOf, newSeries, type Series } from './rising-series.ts';
import { eachRow } from './sample-lines.ts';

/** What values are: what was used in each interval, or what a counter showed at the time. */
export const VALUE_KINDS = ['use', 'counter'] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** Values that are none of use, or that may be none. */
export type FoundRising = { problem: string } | { question: Question } | null;

const DAY_MINUTES = 1440;

/** Headers that speak of a counter as often as of use. */
const TELLING_HEADER = /\b(?:readings?|reads?|index|register|dials?|totali[sz]ed|accumulat\w*|cum|meter value|total)\b/;

const ADVICE =
  "send them as register reads, a row for each under a header 'Meter Reading', or as register readings to /v1/readings";
const OVERRIDE = 'if they are what was used, say valuesAre=use';

/** The columns that say whose values a row has, and those of its values, in their order in time. */
function columnsOf(layout: Layout): { owner: readonly LayoutColumn[]; values: readonly LayoutColumn[] } {
  const { meter, channel } = layout.columns;
  const owner = channel === null ? meter : [...meter, channel];
  return { owner, values: layout.shape === 'reading-rows' ? [layout.columns.value] : layout.columns.values };
}

/** Makes a function that tells the minutes at which a row begins and ends, as far as they are written; null where they are not. */
function spanReader(layout: Layout): (cells: Cells) => { from: number; to: number } | null {
  // Which day it is exactly makes no difference here.
  const reader = createMomentReader(layout.dateOrder ?? 'day-first');
  return (cells) => {
    const date = reader.dated(cellText(cells, layout.columns.date.index));
    if (isFault(date)) return null;
    const from = date.day * DAY_MINUTES + date.minute;
    if (layout.shape === 'day-rows') return { from, to: from + DAY_MINUTES };
    const { time, period } = layout.columns;
    const clock = time === null ? null : reader.time(cellText(cells, time.index));
    const number = period === null ? null : Number(readHour(cellText(cells, period.index))?.hour);
    const minute = clock !== null && !isFault(clock) ? clock.minute : (number ?? 0) * (layout.resolutionMinutes ?? 30);
    return { from: from + minute, to: from + minute };
  };
}

/** The values of one meter or channel; `meter` is the text that names the meter. */
type Owned = { meter: string; series: Series; from: number; to: number };

/** The values of each owner of the sample. */
function seriesOf(sample: Sample, layout: Layout): { name: string; meter: string; series: Series }[] {
  const { owner, values } = columnsOf(layout);
  const byOwner = new Map<string, Owned>();
  const spanOf = spanReader(layout);
  const numberAt = (cells: Cells, index: number): number | null => {
    const text = pointedText(cellText(cells, index), layout.decimalMark);
    return typeof text === 'string' && /^\d+(\.\d*)?$/.test(text) ? Number(text) : null;
  };
  eachRow(sample, layout, (cells) => {
    const names = owner.map(({ index }) => cellText(cells, index));
    const name = names.join(' ').trim();
    const span = spanOf(cells);
    for (const { index } of values) {
      const value = numberAt(cells, index);
      if (value === null) continue;
      const owned = byOwner.get(name);
      if (owned === undefined) {
        const meter = names.find((text) => text !== '') ?? '';
        const { from, to } = span ?? { from: Number.NaN, to: Number.NaN };
        byOwner.set(name, { meter, series: newSeries(value), from, to });
      } else {
        follow(owned.series, value);
        owned.from = Math.min(owned.from, span?.from ?? Number.NaN);
        owned.to = Math.max(owned.to, span?.to ?? Number.NaN);
      }
    }
  });
  return [...byOwner].map(([name, { meter, series, from, to }]) => ({
    name,
    meter,
    series: { ...series, spanMinutes: to - from },
  }));
}

/** What is said of a file of which its sender says that it holds what counters show. */
export const COUNTERS_AS_SAID = `The values are what a counter shows, as the sender says. Please ${ADVICE}`;

const rangeOf = ({ first, last, count }: Series): string =>
  `from ${Math.min(first, last)} to ${Math.max(first, last)} over ${count} of them`;

/** Why values that only rise are refused, or what is asked about them. */
export function risingText(name: string, series: Series): { problem: string; question: Question } {
  const whose = name === '' ? '' : ` of ${quoted(name)}`;
  const rise = `The values${whose} only ever rise, ${rangeOf(series)}`;
  return {
    problem: `${rise}: that is what a counter shows, not what was used. Please ${ADVICE}; ${OVERRIDE}`,
    question: {
      parameter: 'valuesAre',
      question: `Are the values${whose} what was used, or what a counter shows?`,
      options: [
        { value: 'use', meaning: 'what was used in each interval' },
        { value: 'counter', meaning: `what a counter shows, ever more; then ${ADVICE}` },
      ],
      reason: `${rise}, as a counter does; use may do so as well.`,
    },
  };
}

/**
 * Tells values that are none of use: those of a meter only ever rise. Where that is certain they are refused. Where use may
 * do so it is asked: where it would be odd over that time, where the header or the kind of the meter speaks of a counter, or
 * where most meters of a short file rise steadily and by little. What the sender says is taken.
 */
export function findRising(sample: Sample, layout: Layout, find: MeterLookup, hints: Hints): FoundRising {
  const { valuesAre, meterKey } = hints;
  if (valuesAre !== null) return valuesAre === 'counter' ? { problem: COUNTERS_AS_SAID } : null;
  const isDaily = layout.shape === 'reading-rows' && layout.isDaily;
  const [value] = columnsOf(layout).values;
  const isNamed = layout.shape === 'reading-rows' && TELLING_HEADER.test(headerWords(value?.header ?? ''));
  const all = seriesOf(sample, layout).map(({ name, meter: text, series }) => {
    const meter = find(meterKey ?? text);
    const isTold = isNamed || ('id' in meter && meter.kind === 'register');
    return { name, series, likeness: likenessOf(series, isDaily, isTold) };
  });
  const certain = all.find(({ likeness }) => likeness === 'certain');
  if (certain !== undefined) return { problem: risingText(certain.name, certain.series).problem };
  const telling = all.filter(({ series }) => isTelling(series));
  const isOf = (wanted: string) => all.filter(({ likeness }) => likeness === wanted);
  const [likely] = isOf('likely');
  const perhaps = isOf('perhaps');
  const [asked] = likely !== undefined ? [likely] : perhaps.length * 2 > telling.length ? perhaps : [];
  return asked === undefined ? null : { question: risingText(asked.name, asked.series).question };
}
