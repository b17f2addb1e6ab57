import type { HeatNetwork } from '../domain/supply/heat-network.ts';
import type { Instrument } from '../domain/supply/instrument.ts';
import type { ResidualMix } from '../domain/supply/residual-mix.ts';
import type { Supply, SupplyKind } from '../domain/supply/supply.ts';

/** A row of the query for supply records. The document was checked when it was written. */
export type SupplyRow = { kind: SupplyKind; key: string; document: object };

/** What is known of the energy that is bought, from its rows. */
export function supplyOf(rows: readonly SupplyRow[]): Supply {
  const of = <Value>(wanted: SupplyKind): Value[] =>
    rows.flatMap(({ kind, key, document }) => (kind === wanted ? [{ key, ...document } as Value] : []));
  return {
    heatNetworks: new Map(of<HeatNetwork>('heat-network').map((network) => [network.key, network])),
    instruments: of<Instrument>('instrument'),
    residualMixes: of<ResidualMix>('residual-mix'),
  };
}
