import type { Estate, EstateMeter } from '../estate.ts';
import type { FigurePlan, Stream } from '../figure-plan.ts';
import type { MarketStream } from '../market/market-plan.ts';
import type { Segment } from '../segments.ts';
import type { Covered } from './part-rates.ts';

/**
 * A run of days of a meter that counts in the total, or what a tenant's sub-meter `sub` takes out of it. Where the stream is
 * that of a share by floor area, it is the share of this (rule D3).
 */
export type Counted = { segment: Segment; stream: Stream; sub: EstateMeter | null };

/** What one of two periods is made of: the estate as it is known, and the plan of its figure by site and meter. */
export type ChangeLeg = { estate: Estate; plan: FigurePlan };

/** What covers a stream on the market basis; null in a plan of the location basis. */
export function coveredOf(stream: Stream | MarketStream): Covered | null {
  return 'mix' in stream ? { mix: stream.mix, sold: stream.sold, selfUse: stream.selfUse } : null;
}

/** Everything of a plan that counts in its total and carries factor lines. A plan of the market basis holds nothing else. */
export function countedIn({ streams, segments, deductions }: FigurePlan): Counted[] {
  const all = [...segments.map((planned) => ({ ...planned, sub: null })), ...deductions];
  return all.flatMap(({ segment, stream: number, sub }) => {
    const stream = streams[number];
    const isCounted = stream !== undefined && (stream.flow === 'use' || coveredOf(stream) !== null);
    return isCounted ? [{ segment, stream, sub }] : [];
  });
}

/**
 * What two periods must share to be compared: the same meter at the same site, with all that answers can be grouped by,
 * under the same control and reported in the same category (rule G1). Where it differs, the one leaves and the other comes.
 */
export function comparedBy({ stream: { dims, basis, split }, sub }: Counted): string {
  const floor = split?.floor == null ? [] : [split.tenant, split.floor.share];
  return JSON.stringify([dims, basis.control, basis.scope3Category, split?.part, sub?.key, ...floor]);
}
