import type { Bucket } from '../buckets.ts';
import { Decimal } from '../decimal.ts';
import type { Gas } from '../factor-resolution.ts';
import type { Figure } from '../figure.ts';
import { joinMarks, type LineMarks, NO_MARKS } from '../line-marks.ts';
import { emptyMarket, type MarketSums } from '../market/market-sums.ts';
import { addCategory, emptyRow, type RowSums } from '../row-sums.ts';
import type { OtherEmission } from './other-emission.ts';
import { entryKg, isWholeFigure, type StatedFigure } from './stated-figure.ts';

/** How stated figures are added: which gases, which scopes (empty: all), and whether the market basis stands beside. */
export type FootprintBasis = { gas: Gas; scopes: readonly (1 | 2 | 3 | 'outside')[]; asksMarket: boolean };

/** One part of a council total: the estate, or a line that is stated. Exact; nothing is rounded here. */
export type FootprintPart = { bucket: Bucket; stated: StatedFigure | null; sums: RowSums };

/** Estate and stated lines together. `missing` names the parts of which something is unknown. */
export type FootprintTotal = { bucket: Bucket; sums: RowSums; missing: readonly string[] };

/** A council total: its parts by bucket, each bucket added up, and all of them. */
export type Footprint = { parts: FootprintPart[]; totals: FootprintTotal[]; total: Omit<FootprintTotal, 'bucket'> };

/** The name of the part that meters measure. */
export const ESTATE = 'estate';

/** Says more of a row than the factor lines behind it. */
function mark(row: RowSums, marks: Partial<LineMarks>): void {
  row.marks = joinMarks(row.marks, { ...NO_MARKS, ...marks });
}

/** Adds a stated figure to a row; what is not stated on the basis asked is listed, never added as 0. */
function addEntry(row: RowSums, entry: OtherEmission, { gas, scopes, asksMarket }: FootprintBasis): void {
  const takes = (scope: 1 | 2 | 3 | 'outside'): boolean => scopes.length === 0 || scopes.includes(scope);
  const { emissions } = row;
  if (takes('outside') && entry.outsideOfScopesKgCo2e !== null)
    emissions.outsideOfScopes = emissions.outsideOfScopes.plus(entry.outsideOfScopesKgCo2e);
  if (!takes(entry.scope)) return;
  if (entry.provisional) mark(row, { provisional: new Set(['stated-as-provisional']) });
  const amount = entryKg(entry, gas);
  if (amount === null) {
    const notQuantified = new Map([[`${entry.line}.co2`, 'the figure states no CO2 of its own']]);
    mark(row, { notQuantified, incomplete: true });
    return;
  }
  const kg = new Decimal(amount);
  emissions[`scope${entry.scope}`] = emissions[`scope${entry.scope}`].plus(kg);
  if (entry.scope3Category !== null) addCategory(emissions, entry.scope3Category, false, kg);
  if (!asksMarket || entry.scope !== 2 || row.market === null) return;
  if (entry.kgCo2eMarket === null)
    row.market.notQuantified.set(`${entry.line}.market`, 'the figure states nothing on the market basis');
  else row.market.scope2Change = row.market.scope2Change.plus(entry.kgCo2eMarket).minus(kg);
}

function ofStated(figure: StatedFigure, basis: FootprintBasis): RowSums {
  const row = emptyRow();
  if (basis.asksMarket) row.market = emptyMarket();
  for (const entry of figure.entries) addEntry(row, entry, basis);
  if (!isWholeFigure(figure))
    mark(row, { notQuantified: new Map([[figure.line, 'not all of the days have a figure']]) });
  return row;
}

/** The market-based sums of a row, made where it has none yet. */
function marketOf(row: RowSums): MarketSums {
  row.market ??= emptyMarket();
  return row.market;
}

/** Adds what a total of the council takes of a part: kilograms, and what is to be said of them. */
function addPart(total: RowSums, part: RowSums): void {
  const { emissions } = total;
  for (const name of ['scope1', 'scope2', 'scope3', 'outsideOfScopes'] as const)
    emissions[name] = emissions[name].plus(part.emissions[name]);
  for (const { category, upstream, kg } of part.emissions.scope3ByCategory)
    addCategory(emissions, category, upstream, kg);
  const { notQuantified, provisional, sets, incomplete } = part.marks;
  mark(total, { notQuantified, provisional, sets, incomplete });
  if (part.market === null) return;
  const market = marketOf(total);
  market.scope2Change = market.scope2Change.plus(part.market.scope2Change);
  market.scope1Change = market.scope1Change.plus(part.market.scope1Change);
  for (const [name, reason] of part.market.notQuantified) market.notQuantified.set(name, reason);
}

/** True where anything is known of a part. */
export function isKnownPart({ stated, sums }: FootprintPart): boolean {
  return stated === null ? sums.quantities.size > 0 || sums.marks.lines.size > 0 : stated.entries.length > 0;
}

function totalOf(parts: readonly FootprintPart[]): Omit<FootprintTotal, 'bucket'> {
  const sums = emptyRow();
  for (const part of parts) addPart(sums, part.sums);
  const lacking = parts.filter(({ stated, sums: own }) =>
    stated === null
      ? own.marks.incomplete || own.quantities.size === 0
      : !isWholeFigure(stated) || own.marks.incomplete,
  );
  const missing = [...new Set(lacking.map(({ stated }) => stated?.line ?? ESTATE))];
  return { sums, missing };
}

/**
 * A council total (rule H8): the estate as `/v1/emissions` gives it, and beside it each line that is stated, bucket by bucket.
 * A line without a figure is named in `missing` and is in no sum.
 */
export function composeFootprint(
  estate: Pick<Figure, 'rows'>,
  buckets: readonly Bucket[],
  statedIn: (bucket: Bucket) => readonly StatedFigure[],
  basis: FootprintBasis,
): Footprint {
  const estateIn = new Map(
    estate.rows.flatMap(({ bucket, flow, sums }) => (flow === 'use' ? [[bucket.start, sums]] : [])),
  );
  const parts = buckets.flatMap((bucket): FootprintPart[] => [
    { bucket, stated: null, sums: estateIn.get(bucket.start) ?? emptyRow() },
    ...statedIn(bucket).map((stated) => ({ bucket, stated, sums: ofStated(stated, basis) })),
  ]);
  const totals = buckets.map((bucket) => ({ bucket, ...totalOf(parts.filter((part) => part.bucket === bucket)) }));
  return { parts, totals, total: totalOf(parts) };
}
