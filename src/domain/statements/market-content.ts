import type { Json } from '../canonical-json.ts';
import { type Decimal, sum, ZERO } from '../decimal.ts';
import type { ExplainedLine } from '../explanation.ts';
import { groupBy } from '../group-by.ts';
import { TIERS } from '../market/market-mix.ts';
import type { MarketSums } from '../market/market-sums.ts';
import { statedKg } from '../receipt-content.ts';

/** What each source of a tier supplied. */
type Source = { record: string | null; publisher: string | null; kWh: Decimal; kg: Decimal; evidence: string | null };

const stated = (value: Decimal): string => value.toDecimalPlaces(6).toString();
const quantityOf = (lines: readonly ExplainedLine[]): Decimal => sum(lines.map(({ quantity }) => quantity));
const kgOf = (lines: readonly ExplainedLine[]): Decimal => sum(lines.flatMap(({ kg }) => kg ?? []));

function sourcesOf(lines: readonly ExplainedLine[]): Source[] {
  const records = groupBy(lines, ({ market }) => market?.record ?? null);
  return [...records]
    .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([record, own]) => {
      // The grid average has no record: its factors are those of the editions.
      const source = record === null ? undefined : own[0]?.sources[0];
      const { publisher = null, source: evidence = null } = source ?? {};
      return { record, publisher, kWh: quantityOf(own), kg: kgOf(own), evidence };
    });
}

/**
 * What the market-based scope 2 rests on (rules C1 to C4): energy, share and kilograms by tier, the instruments and mixes
 * behind each, and what a reader must know of them.
 */
export function marketContent(lines: readonly ExplainedLine[], sums: MarketSums | null, scope1: Decimal): Json {
  const bought = lines.filter(({ basis }) => basis === 'market');
  const all = quantityOf(bought);
  const tiers = groupBy(bought, ({ market }) => market?.tier);
  const greenGas = sums?.greenGasKwh ?? ZERO;
  return {
    tiers: TIERS.map((tier) => {
      const own = tiers.get(tier) ?? [];
      const kWh = quantityOf(own);
      return {
        tier,
        kWh: stated(kWh),
        share: all.isZero() ? null : stated(kWh.div(all)),
        ...statedKg(kgOf(own)),
        sources: sourcesOf(own).map(({ kWh: part, kg, ...source }) => ({
          ...source,
          kWh: stated(part),
          ...statedKg(kg),
        })),
      };
    }),
    flags: [...new Set(bought.flatMap(({ flags }) => flags))].sort(),
    // A memo: certificates of green gas are in no total (rule B8).
    greenGas: greenGas.isZero()
      ? null
      : { kWh: stated(greenGas), scope1Market: statedKg(scope1.plus(sums?.scope1Change ?? ZERO)) },
  };
}
