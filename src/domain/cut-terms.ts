import type { CutPiece } from './cut-spans.ts';
import { Decimal } from './decimal.ts';
import { groupBy } from './group-by.ts';
import { addMonths, type DaySpan, earlier, type LocalDay, lengthDays, monthStart } from './local-day.ts';

/**
 * Something to be added up over some meters: what their days take from totals in a whole month (`end` null), or on some
 * days of one. It counts for a place, and is taken off another one where `less` names it.
 */
export type CutTerm = {
  meterIds: readonly number[];
  start: LocalDay;
  end: LocalDay | null;
  place: number;
  less: number | null;
};

type Part = DaySpan & { place: number };

/** The days of a piece by month. */
function monthParts({ start, end }: DaySpan, place: number): Part[] {
  const parts: Part[] = [];
  for (let first = start; first < end; ) {
    const last = earlier(addMonths(monthStart(first), 1), end);
    parts.push({ start: first, end: last, place });
    first = last;
  }
  return parts;
}

/** Whether parts, in order, are a month without a day left out or counted twice. */
function isWhole(parts: readonly Part[], month: LocalDay): boolean {
  let next = month;
  for (const { start, end } of parts) {
    if (start !== next) return false;
    next = end;
  }
  return next === addMonths(month, 1);
}

/** Of a month that is cut throughout, the longest part is what the others leave of the sum of the month. */
function termsOfMonth(parts: readonly Part[], month: LocalDay, meterIds: readonly number[]): CutTerm[] {
  const days = (part: Part, less: number | null): CutTerm => ({ ...part, meterIds, less });
  if (!isWhole(parts, month)) return parts.map((part) => days(part, null));
  const longest = parts.reduce((a, b) => (lengthDays(b) > lengthDays(a) ? b : a));
  const whole: CutTerm = { meterIds, start: month, end: null, place: longest.place, less: null };
  return [whole, ...parts.filter((part) => part !== longest).map((part) => days(part, longest.place))];
}

/**
 * What is to be added up for pieces of meters that are cut alike, `places` saying where each piece counts. Months that are
 * cut throughout are taken from their sums, so that of two parts of a month only one is read day by day.
 */
export function cutTerms(pieces: readonly CutPiece[], places: readonly number[]): CutTerm[] {
  const meterIds = pieces[0]?.meterIds ?? [];
  const parts = pieces.flatMap((piece, index) => monthParts(piece, places[index] ?? -1));
  const inOrder = parts.sort((a, b) => (a.start < b.start ? -1 : 1));
  const byMonth = groupBy(inOrder, ({ start }) => monthStart(start));
  return [...byMonth].flatMap(([month, own]) => termsOfMonth(own, month, meterIds));
}

/** The same without sums of months, which tell of now alone. */
export function cutDays(pieces: readonly CutPiece[], places: readonly number[]): CutTerm[] {
  return pieces.map(({ meterIds, start, end }, index) => {
    return { meterIds, start, end, place: places[index] ?? -1, less: null };
  });
}

/** Adds the sums of terms up by place; null where a place takes nothing from totals. */
export function sumsByPlace(
  terms: readonly CutTerm[],
  sums: readonly { term: number; quantity: string }[],
  places: number,
): (Decimal | null)[] {
  const quantities = Array.from({ length: places }, (): Decimal | null => null);
  for (const { term: number, quantity } of sums) {
    const term = terms[number];
    if (term === undefined) continue;
    const sum = new Decimal(quantity);
    quantities[term.place] = quantities[term.place]?.plus(sum) ?? sum;
    if (term.less !== null) quantities[term.less] = quantities[term.less]?.minus(sum) ?? sum.negated();
  }
  return quantities;
}
