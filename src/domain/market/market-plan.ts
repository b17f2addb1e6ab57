import { cutAt, unionOf } from '../day-spans.ts';
import type { Estate } from '../estate.ts';
import type { FigurePlan, PlannedSegment, Stream } from '../figure-plan.ts';
import { groupBy } from '../group-by.ts';
import { type DaySpan, intersect, type LocalDay } from '../local-day.ts';
import type { Allocation } from './allocate.ts';
import { type MarketMix, mixedDays, mixName, NO_MIX, productsOf, residualDays } from './market-mix.ts';

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

/** Days of a planned segment with what covers them. */
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

/** The sites of a plan whose self-use has lost its claim to zero on any day (rule C4). */
export function soldSitesOf(plan: FigurePlan): string[] {
  return [...soldDaysOf(plan)].flatMap(([site, { any }]) => (any.length === 0 ? [] : [site]));
}

function selfUseCuts({ segment }: PlannedSegment, estate: Estate, soldDays: SoldDays): Cut[] {
  const days = soldDays.get(segment.site.key) ?? { any: [], kept: [] };
  return cutAt(segment, days.any)
    .flatMap(({ inside: sold, ...part }) =>
      cutAt(part, days.kept).map(({ inside, ...run }) => ({ ...run, sold, kept: inside })),
    )
    .flatMap(({ sold, kept, ...part }) =>
      residualDays(part, estate.supply.residualMixes).map(({ residual, start, end }): Cut => {
        const mix = { certificates: [], product: null, residual };
        return { start, end, mix, sold: sold ? (kept ? 'mixed' : 'sold') : null };
      }),
    );
}

type Planned = PlannedSegment | FigurePlan['deductions'][number];

/** Cuts the segments of a plan, and its streams with them; equal mixes are one object. What has no cuts is left out. */
function cutPlan(plan: FigurePlan, cutsOf: (planned: PlannedSegment, stream: Stream) => readonly Cut[]): MarketPlan {
  const streams: MarketStream[] = [];
  const numbers = new Map<string, number>();
  const mixes = new Map<string, MarketMix>();
  const numberOf = (origin: number, stream: Stream, { mix: made, sold }: Cut): number => {
    const mixed = mixName(made);
    const mix = mixes.get(mixed) ?? made;
    mixes.set(mixed, mix);
    const name = `${origin}\n${sold}\n${mixed}`;
    const found = numbers.get(name) ?? streams.push({ ...stream, mix, sold, origin }) - 1;
    numbers.set(name, found);
    return found;
  };
  const cut = <Entry extends Planned>(planned: readonly Entry[]): Entry[] =>
    planned.flatMap((entry) => {
      const stream = plan.streams[entry.stream];
      if (stream === undefined) return [];
      return cutsOf(entry, stream).flatMap((days): Entry[] => {
        const shared = intersect(entry.segment, days);
        if (shared === null) return [];
        return [{ ...entry, segment: { ...entry.segment, ...shared }, stream: numberOf(entry.stream, stream, days) }];
      });
    });
  return { ...plan, segments: cut(plan.segments), deductions: cut(plan.deductions), streams };
}

/** Whether the market basis may count a stream otherwise: bought electricity, gas with certificates. */
function isBought({ flow, basis }: Stream): boolean {
  return flow === 'use' && (basis.activity === 'electricity' || basis.activity === 'natural-gas');
}

/** Cuts the bought electricity and gas of a figure, and its sold self-use, where what covers them changes. */
export function planMarket(plan: FigurePlan, estate: Estate, allocation: Allocation): MarketPlan {
  const products = productsOf(estate);
  const soldDays = soldDaysOf(plan);
  return cutPlan(plan, (planned, stream) => {
    if (stream.selfUse !== 0) return selfUseCuts(planned, estate, soldDays).filter(({ sold }) => sold !== null);
    if (!isBought(stream)) return [];
    const { segment } = planned;
    return mixedDays(segment.meter, segment, estate, products, allocation).map((days) => ({ ...days, sold: null }));
  });
}

/**
 * The same of one of two periods that are compared (rule G1): whatever is in the total stays, cut or not, and with it the
 * self-use of `soldSites`, whose certificates are sold in one of the two. Gas is not cut: its certificates are a memo.
 */
export function planComparedMarket(
  plan: FigurePlan,
  estate: Estate,
  allocation: Allocation,
  soldSites: ReadonlySet<string>,
): MarketPlan {
  const products = productsOf(estate);
  const soldDays = soldDaysOf(plan);
  return cutPlan(plan, (planned, stream) => {
    const { segment } = planned;
    if (stream.selfUse !== 0) return soldSites.has(segment.site.key) ? selfUseCuts(planned, estate, soldDays) : [];
    if (stream.flow !== 'use') return [];
    if (stream.basis.activity !== 'electricity') return [{ ...segment, mix: NO_MIX, sold: null }];
    return mixedDays(segment.meter, segment, estate, products, allocation).map((days) => ({ ...days, sold: null }));
  });
}
