import { type Decimal, ZERO } from './decimal.ts';
import type { ExplainedLine } from './explanation.ts';
import { marketTotalKg } from './market/answered-market.ts';
import type { RowSums } from './row-sums.ts';

/** Kilograms by the figure that they are stated in: scopes, totals, CO2 outside of scopes. Exact. */
export type KgByFigure = ReadonlyMap<string, Decimal>;

/** The bases on which an amount counts in the total of scopes 1 to 3. */
export const COUNTS_ON = ['location', 'market', 'both', 'none'] as const;
export type CountsOn = (typeof COUNTS_ON)[number];

type Lines = readonly ExplainedLine[];

/** The name of a scope as answers write it. */
export function scopeNamed(scope: ExplainedLine['scope']): string {
  return scope === 'outside' ? 'outsideOfScopes' : `scope${scope}`;
}

/** Lines that the location-based figure is the sum of: without what stands for them on the market basis, and without memos. */
export function locationLines(lines: Lines): ExplainedLine[] {
  return lines.filter(({ basis }) => basis !== 'market' && basis !== 'memo');
}

/**
 * The scopes that a line counts in. On the market basis a line of scope 2 counts in both figures, unless it is one that the
 * market basis replaces, or what stands for it (rule C2); certificates of green gas count in none (rule B8).
 */
export function scopesOf({ scope, basis }: Pick<ExplainedLine, 'scope' | 'basis'>, onMarketBasis: boolean): string[] {
  if (basis === 'memo') return [];
  if (basis === 'market') return ['scope2Market'];
  const both = onMarketBasis && scope === 2 && basis !== 'location';
  return both ? ['scope2', 'scope2Market'] : [scopeNamed(scope)];
}

/** The same of what a figure adds up to; the market basis where it was asked. */
export function kgOfSums(sums: RowSums): KgByFigure {
  const { emissions, market } = sums;
  const { scope1, scope2, scope3, outsideOfScopes } = emissions;
  const amounts = new Map([
    ...Object.entries({ scope1, scope2, scope3 }),
    ['total', scope1.plus(scope2).plus(scope3)] as const,
  ]);
  const totalMarket = marketTotalKg(sums);
  if (market !== null && totalMarket !== null)
    amounts.set('scope2Market', scope2.plus(market.scope2Change)).set('totalMarket', totalMarket);
  return amounts.set('outsideOfScopes', outsideOfScopes);
}

/** Whether two figures are the same, exactly. */
export function sameKg(one: KgByFigure, other: KgByFigure): boolean {
  return [...new Set([...one.keys(), ...other.keys()])].every((figure) =>
    (one.get(figure) ?? ZERO).eq(other.get(figure) ?? ZERO),
  );
}

/** Which total the lines of a scope count in: that of one basis, both, or none, as CO2 outside of scopes does. */
export function totalsWith(scope: string): CountsOn {
  const totals = TOTALS[scope] ?? [];
  if (totals.length === 2) return 'both';
  return totals[0] === 'total' ? 'location' : totals[0] === 'totalMarket' ? 'market' : 'none';
}

const TOTALS: Readonly<Record<string, readonly string[]>> = {
  scope1: ['total', 'totalMarket'],
  scope2: ['total'],
  scope2Market: ['totalMarket'],
  scope3: ['total', 'totalMarket'],
};

const LOCATION = ['scope1', 'scope2', 'scope3', 'total'];
const MARKET = ['scope2Market', 'totalMarket'];

/**
 * Kilograms of lines by scope, and `total`, which is scopes 1 to 3; on the market basis `scope2Market` and `totalMarket`
 * beside them. A line that is not quantified adds nothing.
 */
export function kgByFigure(lines: Lines, onMarketBasis: boolean): KgByFigure {
  const figures = onMarketBasis ? [...LOCATION, ...MARKET] : LOCATION;
  const amounts = new Map<string, Decimal>(figures.map((figure) => [figure, ZERO]));
  for (const line of lines) {
    const { kg } = line;
    if (kg === null) continue;
    for (const scope of scopesOf(line, onMarketBasis))
      for (const figure of [scope, ...(TOTALS[scope] ?? [])]) {
        const before = amounts.get(figure);
        if (before !== undefined || figure === 'outsideOfScopes') amounts.set(figure, (before ?? ZERO).plus(kg));
      }
  }
  return amounts;
}
