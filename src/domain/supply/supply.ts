import type { HeatNetwork } from './heat-network.ts';
import type { Instrument } from './instrument.ts';
import type { ResidualMix } from './residual-mix.ts';

/** What is kept of each kind of supply record. */
export type SupplyDocuments = { 'heat-network': HeatNetwork; instrument: Instrument; 'residual-mix': ResidualMix };
export type SupplyKind = keyof SupplyDocuments;

/** What is known of the energy that the council buys, as figures take it. */
export type Supply = {
  heatNetworks: ReadonlyMap<string, HeatNetwork>;
  instruments: readonly Instrument[];
  residualMixes: readonly ResidualMix[];
};

/** An estate about whose purchases nothing is recorded. */
export const NO_SUPPLY: Supply = { heatNetworks: new Map(), instruments: [], residualMixes: [] };
