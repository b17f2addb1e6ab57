import type { Across, MeterColumn } from '../arrangement.ts';
import { headerUnit, headerWords, isCounterHeader, isFlagHeader } from '../header-words.ts';
import { findIntervalColumns } from '../interval-columns.ts';
import type { LayoutColumn } from '../layout.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { findHeaderStack, type HeaderStack, isKeyHeader } from './header-stack.ts';
import { measuredChannel } from './measured-channel.ts';
import { type MeterText, meterText } from './meter-text.ts';
import {
  isBlankColumn,
  isDateText,
  isFlagText,
  isValueText,
  type SampleColumn,
  sampleColumns,
  shareOf,
} from './sample-columns.ts';
import type { SampleLine } from './sample-lines.ts';

/** Values side by side, each column under the meter or the date it is of. */
export type FoundAcross = {
  headerLine: number;
  across: Exclude<Across, { holds: 'month' }>;
  keep: LayoutColumn[];
  /** Headers of columns of numbers that are no meter's. */
  leftOut: string[];
};

const ROWS_MAX = 120;
const TOTAL_WORDS = /\b(total|totals|sum)\b/;
/** Numbers that are no energy of a meter, beside those that counters show. */
const OTHER_WORDS =
  /\b(temp|temperature|degree|humidity|weather|cost|price|gbp|pence|co2e?|carbon|power factor|voltage|current)\b|°/;

/** The texts above each column, from top to bottom. In a line above others, a text stands for the columns behind it too. */
function textsAbove({ headers, width }: HeaderStack, isValue: (index: number) => boolean): string[][] {
  const stacks: string[][] = Array.from({ length: width }, () => []);
  headers.forEach(({ cells }, level) => {
    let last = '';
    const isLowest = level === headers.length - 1;
    // A title, or a line that says something of the whole file, is no line of headers.
    const isNote =
      cells.filter((text) => text !== '').length <= 2 && cells.some((text, index) => text !== '' && !isValue(index));
    const isTitle =
      !isLowest && (isNote || cells.some((text, index) => text !== '' && !isValue(index) && !isKeyHeader(text)));
    if (isTitle) return;
    stacks.forEach((stack, index) => {
      const text = cells[index] ?? '';
      if (text !== '') last = isValue(index) ? text : '';
      const spread = text === '' && isValue(index) && !isLowest ? last : text;
      stack[level] = spread;
    });
  });
  return stacks.map((stack) => Array.from(stack, (text) => text ?? ''));
}

function columnsOf({ headers, rows, width }: HeaderStack): SampleColumn[] {
  const names = Array.from({ length: width }, (_, index) => {
    const texts = headers.map(({ cells }) => cells[index] ?? '').filter((text) => text !== '');
    return texts.at(-1) ?? '';
  });
  return sampleColumns(
    names,
    rows.slice(0, ROWS_MAX).map(({ cells }) => cells),
  );
}

/** Columns whose cells are numbers, and none that says when or where. */
function valueColumns(columns: readonly SampleColumn[]): SampleColumn[] {
  return columns.filter(
    (column) =>
      !isKeyHeader(column.header ?? '') &&
      (isBlankColumn(column)
        ? column.header !== ''
        : shareOf(column, isValueText) >= 0.5 && shareOf(column, isFlagText) < 1),
  );
}

function keptColumns(columns: readonly SampleColumn[], taken: ReadonlySet<number>): LayoutColumn[] {
  return columns
    .filter((column) => !taken.has(column.index) && !(isBlankColumn(column) && column.header === ''))
    .map(({ index, header }) => ({ index, header }));
}

function flagOf(columns: readonly SampleColumn[], index: number): number | null {
  const next = columns[index + 1];
  if (next === undefined || isBlankColumn(next)) return null;
  return shareOf(next, isFlagText) === 1 && (isFlagHeader(next.words) || next.header === '') ? next.index : null;
}

type Named = { column: SampleColumn; texts: string[]; level: number; found: MeterText };

function metersAcross(stack: HeaderStack, find: MeterLookup): FoundAcross | null {
  const columns = columnsOf(stack);
  if (findIntervalColumns(columns.map(({ header }) => header ?? '')) !== null) return null;
  const values = valueColumns(columns);
  const isValue = new Set(values.map(({ index }) => index));
  const above = textsAbove(stack, (index) => isValue.has(index));
  const named = values.flatMap((column): Named[] => {
    const texts = above[column.index] ?? [];
    const found = texts.map((text) => (text === '' ? null : meterText(text, find)));
    const level = found.findIndex((each) => each?.isKnown === true);
    const best = level >= 0 ? level : found.findIndex((each) => each !== null);
    const own = found[best] ?? null;
    return own === null ? [] : [{ column, texts, level: best, found: own }];
  });
  if (named.length === 0) return null;
  const levels = named.map(({ level }) => level);
  const level =
    levels.toSorted(
      (a, b) => levels.filter((each) => each === b).length - levels.filter((each) => each === a).length,
    )[0] ?? 0;
  const leftOut: SampleColumn[] = [];
  const meters = values.flatMap((column): MeterColumn[] => {
    const own = named.find((each) => each.column === column && each.level === level);
    const texts = above[column.index] ?? [];
    const text = texts[level] ?? '';
    const others = [...texts.filter((_, index) => index !== level), own?.found.rest ?? ''];
    const words = headerWords(others.join(' '));
    const all = headerWords(texts.join(' '));
    const isOther =
      OTHER_WORDS.test(texts.join(' ').toLowerCase()) ||
      isCounterHeader(all) ||
      (own === undefined && (text === '' || TOTAL_WORDS.test(all)));
    if (isOther) {
      leftOut.push(column);
      return [];
    }
    return [
      {
        index: column.index,
        header: text,
        meter: own?.found.name ?? text,
        channel: measuredChannel(own === undefined ? all : words),
        unit: headerUnit(own === undefined ? all : words),
        flag: flagOf(columns, column.index),
      },
    ];
  });
  const line = stack.headers[level];
  if (line === undefined || meters.length === 0) return null;
  const taken = new Set([...isValue, ...meters.flatMap(({ flag }) => flag ?? [])]);
  return {
    headerLine: line.line,
    across: { holds: 'meter', columns: meters, linesBelow: stack.headers.length - 1 - level },
    keep: keptColumns(columns, taken),
    leftOut: leftOut.map(({ header, index }) => header || `column ${index + 1}`),
  };
}

function datesAcross(stack: HeaderStack): FoundAcross | null {
  const columns = columnsOf(stack);
  const line = stack.headers.at(-1);
  const isDated = (index: number) => /\D/.test(line?.cells[index] ?? '') && isDateText(line?.cells[index] ?? '');
  const dated = valueColumns(columns).filter(({ index }) => isDated(index));
  const [first] = dated;
  const last = dated.at(-1);
  if (line === undefined || first === undefined || last === undefined) return null;
  const isRun = dated.length === last.index - first.index + 1;
  const kept = columns.filter(({ index }) => index < first.index);
  if (!isRun || kept.length === 0 || kept.some((column) => shareOf(column, isDateText) > 0.5)) return null;
  return {
    headerLine: line.line,
    across: { holds: 'date', first: first.index },
    keep: kept.map(({ index, header }) => ({ index, header })),
    leftOut: columns
      .filter(({ index }) => index > last.index)
      .map(({ header, index }) => header || `column ${index + 1}`),
  };
}

/** Finds the columns of values that stand each under the name of a meter, or each under a date. */
export function findAcross(lines: readonly SampleLine[], find: MeterLookup): FoundAcross | null {
  const stack = findHeaderStack(lines);
  if (stack === null) return null;
  return datesAcross(stack) ?? metersAcross(stack, find);
}
