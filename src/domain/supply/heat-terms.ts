import type { Line } from '../activities.ts';
import { Decimal } from '../decimal.ts';
import type { Gas, NoFactor, ResolvedFactor } from '../factor-resolution.ts';
import type { FigureFlag } from '../figure-flags.ts';
import type { HeatFactor } from './heat-network.ts';
import type { HeatSupply } from './heat-supply.ts';
import { statedFactor } from './stated-factor.ts';

/** What a network says of one line: its own factor, that the line is part of another, or nothing (`national`). */
export type HeatTerm = { kind: 'own'; factor: ResolvedFactor | NoFactor; flags: FigureFlag[] } | HeatTermOfNational;
type HeatTermOfNational = { kind: 'included' | 'national'; flags: FigureFlag[] };

const national = (...flags: FigureFlag[]): HeatTerm => ({ kind: 'national', flags });

/** The part of the own factor that falls to what arrives, or to what is lost on the way. */
function shareOf(factor: HeatFactor, part: 'arrives' | 'lost'): Decimal {
  const lost = new Decimal(factor.at === 'delivered' ? (factor.lossShare ?? 0) : 0);
  return part === 'lost' ? lost : new Decimal(1).minus(lost);
}

type Own = { supply: HeatSupply; factor: HeatFactor; gas: Gas };

function own({ supply, factor, gas }: Own, value: number, part: 'arrives' | 'lost', what: string): HeatTerm {
  const { network } = supply;
  const term = statedFactor(
    {
      id: `heat-network.${network.key}`,
      version: factor.validFrom,
      publisher: network.name,
      name: `${what}, ${factor.at}`,
      gasBasis: factor.gases,
      evidence: factor.evidence,
    },
    value,
    shareOf(factor, part),
    gas,
  );
  return { kind: 'own', ...term };
}

/** Heat and its losses: the delivered factor is divided by the loss share, the generated one leaves the losses national. */
function energyTerm(heat: Own, line: 'heat' | 'distribution-loss'): HeatTerm {
  const { factor } = heat;
  if (line === 'heat') return own(heat, factor.value, 'arrives', "The network's own factor");
  if (factor.at === 'generated') return national();
  if (factor.lossShare === undefined) return { kind: 'included', flags: ['heat-loss-included'] };
  return own(heat, factor.value, 'lost', "The network's own factor, lost on the way");
}

function upstreamTerm(heat: Own, line: 'wtt' | 'wtt-loss'): HeatTerm {
  const { factor } = heat;
  if (factor.upstreamIncluded) return { kind: 'included', flags: ['heat-upstream-included'] };
  if (factor.upstreamValue === undefined) return national('heat-upstream-proxy');
  if (line === 'wtt') return own(heat, factor.upstreamValue, 'arrives', "The network's own upstream factor");
  if (factor.at === 'generated') return national('heat-upstream-proxy');
  if (factor.lossShare === undefined) return { kind: 'included', flags: ['heat-loss-included'] };
  return own(heat, factor.upstreamValue, 'lost', "The network's own upstream factor, lost on the way");
}

/** What a heat network says of a line of its heat (rule B5); the national factor stands where it says nothing. */
export function heatTerm(supply: HeatSupply | null | undefined, line: Line, gas: Gas): HeatTerm {
  if (supply == null) return national();
  const { factor } = supply;
  if (factor === null) return supply.expired ? national('heat-factor-expired') : national();
  const heat = { supply, factor, gas };
  if (line === 'heat' || line === 'distribution-loss') return energyTerm(heat, line);
  if (line === 'wtt' || line === 'wtt-loss') return upstreamTerm(heat, line);
  return national();
}
