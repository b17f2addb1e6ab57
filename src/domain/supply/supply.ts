import type { OtherEmission } from '../footprint/other-emission.ts';
import type { Measure } from '../measures/measure.ts';
import type { GridPathway } from '../projection/grid-pathway.ts';
import type { HeatNetwork } from './heat-network.ts';
import type { Instrument } from './instrument.ts';
import type { ResidualMix } from './residual-mix.ts';

/** What is kept of each kind of record that is written whole, with every version that it had. */
export type SupplyDocuments = {
  'heat-network': HeatNetwork;
  instrument: Instrument;
  'residual-mix': ResidualMix;
  'other-emission': OtherEmission;
  measure: Measure;
  'grid-pathway': GridPathway;
};
export type SupplyKind = keyof SupplyDocuments;

/** What is known of the energy that the council buys, as figures take it. */
export type Supply = {
  heatNetworks: ReadonlyMap<string, HeatNetwork>;
  instruments: readonly Instrument[];
  residualMixes: readonly ResidualMix[];
};

/** An estate about whose purchases nothing is recorded. */
export const NO_SUPPLY: Supply = { heatNetworks: new Map(), instruments: [], residualMixes: [] };
