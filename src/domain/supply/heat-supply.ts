import { inForce } from '../dated.ts';
import { cutAt } from '../day-spans.ts';
import type { Estate } from '../estate.ts';
import type { LocalDay } from '../local-day.ts';
import type { Segment } from '../segments.ts';
import { type HeatFactor, type HeatNetwork, heatFactorEnd, operationsOf } from './heat-network.ts';

/**
 * The network behind a quantity of heat, and its own factor on these days; null where the national one stands. `expired`
 * says that an own factor held before and its evidence has run out (rule B5).
 */
export type HeatSupply = { network: HeatNetwork; factor: HeatFactor | null; expired: boolean };

/** A segment and the heat network that supplies it; null where it names none. */
export type SuppliedSegment = { segment: Segment; heatSupply: HeatSupply | null };

/** The network that a heat meter names, or null where it names one of the fixed words. */
export function networkOf(heatNetwork: string | null, { supply }: Estate): HeatNetwork | null {
  return heatNetwork === null ? null : (supply.heatNetworks.get(heatNetwork) ?? null);
}

const isCouncilsOn = (network: HeatNetwork, day: LocalDay): boolean =>
  inForce(operationsOf(network), day)?.operatedBy === 'council';

/**
 * Which factor lines a heat meter takes on a day: those of a network, of a plant on the site, or none of its own (rules B5,
 * B6).
 */
export function heatLinesOf(
  heatNetwork: string | null,
  estate: Estate,
  day: LocalDay,
): 'district' | 'none' | 'council' | null {
  if (heatNetwork === null || heatNetwork === 'none' || heatNetwork === 'council') return heatNetwork;
  const network = networkOf(heatNetwork, estate);
  return network !== null && isCouncilsOn(network, day) ? 'council' : 'district';
}

/** Cuts a segment, in which nobody else comes to run its network, where the network's own factor begins and ends. */
export function heatSupplyParts(segment: Segment, estate: Estate): SuppliedSegment[] {
  const network = networkOf(segment.meter.heatNetwork, estate);
  if (network === null || isCouncilsOn(network, segment.start)) return [{ segment, heatSupply: null }];
  const spans = network.factors.map((factor) => ({ start: factor.validFrom, end: heatFactorEnd(factor) }));
  const first = spans[0]?.start ?? null;
  // Days on one side of a factor's end and the other are told apart, even where the next one follows at once.
  return cutAt(segment, spans).map(({ start, end }) => {
    const factor = network.factors.find(({ validFrom }, index) => {
      return validFrom <= start && start < (spans[index]?.end ?? validFrom);
    });
    const expired = factor === undefined && first !== null && first <= start;
    return { segment: { ...segment, start, end }, heatSupply: { network, factor: factor ?? null, expired } };
  });
}
