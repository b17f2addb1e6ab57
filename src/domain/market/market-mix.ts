import { cutAt } from '../day-spans.ts';
import type { Estate, EstateMeter } from '../estate.ts';
import { groupBy } from '../group-by.ts';
import type { DaySpan } from '../local-day.ts';
import type { Instrument } from '../supply/instrument.ts';
import type { ResidualMix } from '../supply/residual-mix.ts';
import type { Allocation, CoveredShare } from './allocate.ts';
import { type CoveredDays, coveredDays } from './coverage-plan.ts';
import { usableProducts } from './instrument-standing.ts';

/** Where the factor of a kWh comes from on the market basis, best first (rule C1). */
export const TIERS = ['certificates', 'supplierProduct', 'residualMix', 'gridAverage'] as const;
export type Tier = (typeof TIERS)[number];

/** What covers the use of some days: certificates by share, and one source for all that is left. */
export type MarketMix = {
  certificates: readonly CoveredShare[];
  product: Instrument | null;
  residual: ResidualMix | null;
};

/** Nothing that covers anything. */
export const NO_MIX: MarketMix = { certificates: [], product: null, residual: null };

/** Days with one mix. */
export type MixedDays = DaySpan & { mix: MarketMix };

/** The supplier's products that may be used, with the meter-days they supply. */
export type Products = ReadonlyMap<number, readonly (CoveredDays & { product: Instrument })[]>;

/** The products of an estate, on the days of their disclosure years. */
export function productsOf(estate: Estate): Products {
  const supplied = usableProducts(estate.supply.instruments)
    .flatMap((product) => coveredDays(product, estate).map((days) => ({ ...days, product })))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  return groupBy(supplied, ({ meter }) => meter.id);
}

/** Cuts days of a meter where what covers its use changes. */
export function mixedDays(
  meter: EstateMeter,
  span: DaySpan,
  estate: Estate,
  products: Products,
  allocation: Allocation,
): MixedDays[] {
  const own = products.get(meter.id) ?? [];
  const runs = allocation.runsOf(meter.id);
  return cutAt(span, runs).flatMap((byRun) =>
    residualDays(byRun, estate.supply.residualMixes).flatMap(({ residual, ...byMix }) =>
      cutAt(byMix, own).map(({ start, end }): MixedDays => {
        const certificates = runs.find((run) => run.start <= start && end <= run.end)?.shares ?? [];
        const product = own.find((entry) => entry.start <= start && end <= entry.end)?.product ?? null;
        return { start, end, mix: { certificates, product, residual } };
      }),
    ),
  );
}

/** Cuts days where a residual mix begins and ends. */
export function residualDays(
  span: DaySpan,
  mixes: readonly ResidualMix[],
): (DaySpan & { residual: ResidualMix | null })[] {
  const spans = mixes.map(({ from, to }) => ({ start: from, end: to })).sort((a, b) => (a.start < b.start ? -1 : 1));
  return cutAt(span, spans).map(({ start, end }) => ({
    start,
    end,
    residual: mixes.find(({ from, to }) => from <= start && end <= to) ?? null,
  }));
}

/** Mixes with the same name give every kWh the same factors. */
export function mixName({ certificates, product, residual }: MarketMix): string {
  const shares = certificates.map(({ instrument, share }) => `${instrument.key} ${share}`);
  return [...shares, product?.key ?? '', residual?.key ?? ''].join('\n');
}
