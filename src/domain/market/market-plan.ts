import { cutAt, unionOf } from '../day-spans.ts';
import type { Estate } from '../estate.ts';
import type { FigurePlan, PlannedSegment, Stream } from '../figure-plan.ts';
import { groupBy } from '../group-by.ts';
import { type DaySpan, intersect, type LocalDay } from '../local-day.ts';
import type { Allocation } from './allocate.ts';
import { type MarketMix, mixedDays, mixName, productsOf, residualDays } from './market-mix.ts';

/** Whether self-use has lost its claim to zero: its certificates are sold, or those of one of several meters are (rule C4). */
export type SoldSelfUse = 'sold' | 'mixed';

/** A stream of a figure, cut where what covers it on the market basis changes. */
export type MarketStream = Stream & {
  mix: MarketMix;
  sold: SoldSelfUse | null;
  /** The stream of the figure's plan that it is a part of. */
  origin: number;
};

/** What has to be read for the market basis, beside the figure: its electricity and certified gas, by mix. */
export type MarketPlan = FigurePlan & { streams: readonly MarketStream[] };

type Cut = DaySpan & { mix: MarketMix; sold: SoldSelfUse | null };

const FAR: LocalDay = '9999-01-01';
const NEAR: LocalDay = '0001-01-01';

/** Days on which the certificates of a site's generation are sold, those on which only some are marked. */
type SoldDays = ReadonlyMap<string, { any: DaySpan[]; kept: DaySpan[] }>;

function soldDaysOf({ segments, streams }: FigurePlan): SoldDays {
  const generating = segments.filter(({ stream }) => streams[stream]?.selfUse === 1);
  const bySite = groupBy(generating, ({ segment }) => segment.site.key);
  return new Map(
    [...bySite].map(([site, own]) => {
      const sold: DaySpan[] = [];
      const kept: DaySpan[] = [];
      for (const { segment } of own) {
        const entries = segment.meter.certificates;
        const isSold = entries.flatMap(({ from, status }, index) =>
          status === 'sold' ? [{ start: from ?? NEAR, end: entries[index + 1]?.from ?? FAR }] : [],
        );
        for (const { start, end, inside } of cutAt(segment, isSold)) (inside ? sold : kept).push({ start, end });
      }
      return [site, { any: unionOf(sold), kept: unionOf(kept) }];
    }),
  );
}

function selfUseCuts({ segment }: PlannedSegment, estate: Estate, soldDays: SoldDays): Cut[] {
  const days = soldDays.get(segment.site.key);
  if (days === undefined) return [];
  return cutAt(segment, days.any)
    .filter(({ inside }) => inside)
    .flatMap((part) => cutAt(part, days.kept).map(({ start, end, inside }) => ({ start, end, mixed: inside })))
    .flatMap(({ mixed, ...part }) =>
      residualDays(part, estate.supply.residualMixes).map(({ residual, start, end }) => {
        const mix = { certificates: [], product: null, residual };
        return { start, end, mix, sold: mixed ? ('mixed' as const) : ('sold' as const) };
      }),
    );
}

/** Whether the market basis may count a stream otherwise: bought electricity, gas with certificates. */
function isBought({ flow, basis }: Stream): boolean {
  return flow === 'use' && (basis.activity === 'electricity' || basis.activity === 'natural-gas');
}

/** Cuts the bought electricity and gas of a figure, and its self-use, where what covers them changes. */
export function planMarket(plan: FigurePlan, estate: Estate, allocation: Allocation): MarketPlan {
  const products = productsOf(estate);
  const soldDays = soldDaysOf(plan);
  const streams: MarketStream[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (number: number, { mix, sold }: Cut): number | null => {
    const stream = plan.streams[number];
    if (stream === undefined) return null;
    const name = `${number}\n${sold}\n${mixName(mix)}`;
    const found = numbers.get(name) ?? streams.push({ ...stream, mix, sold, origin: number }) - 1;
    numbers.set(name, found);
    return found;
  };
  const cutsOf = (planned: PlannedSegment): Cut[] => {
    const stream = plan.streams[planned.stream];
    if (stream === undefined) return [];
    if (stream.selfUse !== 0) return selfUseCuts(planned, estate, soldDays);
    if (!isBought(stream)) return [];
    const { segment } = planned;
    return mixedDays(segment.meter, segment, estate, products, allocation).map((days) => ({ ...days, sold: null }));
  };
  const cut = <Planned extends PlannedSegment>(planned: readonly Planned[]): Planned[] =>
    planned.flatMap((entry) =>
      cutsOf(entry).flatMap((days) => {
        const shared = intersect(entry.segment, days);
        const stream = numberOf(entry.stream, days);
        return shared === null || stream === null
          ? []
          : [{ ...entry, segment: { ...entry.segment, ...shared }, stream }];
      }),
    );
  return { ...plan, segments: cut(plan.segments), deductions: cut(plan.deductions), streams };
}
