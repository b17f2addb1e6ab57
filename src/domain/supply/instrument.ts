import type { Gas } from '../factor-resolution.ts';
import type { LocalDay } from '../local-day.ts';

/**
 * Kinds of instruments: certificates of renewable electricity (`rego`, `goo` for those of the continent), a power purchase
 * agreement, a supplier's product, and certificates of green gas.
 */
export const INSTRUMENT_KINDS = ['rego', 'ppa', 'goo', 'supplier-product', 'green-gas'] as const;
export type InstrumentKind = (typeof INSTRUMENT_KINDS)[number];

/** Criteria that an instrument must meet to be used in a market-based figure (GHG Protocol, Scope 2 Guidance). */
export const QUALITY_CRITERIA = [
  'conveys-emissions',
  'sole-instrument',
  'retired-for-reporter',
  'vintage-near-use',
  'same-market',
] as const;
export type QualityCriterion = (typeof QUALITY_CRITERIA)[number];

/** How close in time the generation is to the use; kept, and not yet told apart in figures (rule C5). */
export const MATCHINGS = ['annual', 'monthly', 'hourly'] as const;

/** What a statement about bought energy rests on. */
export type Evidence = { description: string; url?: string };

/** What was bought to cover the use of some meters on the days [from, to) (rules C1, C3, B8). */
export type Instrument = {
  key: string;
  name: string;
  kind: InstrumentKind;
  /** Energy that it covers; absent for a supplier's product, which is all that it supplies. */
  kWh?: number;
  /** Kilograms per kWh, of the gases that `gasBasis` says. */
  factor: number;
  gasBasis: Gas;
  from: LocalDay;
  to: LocalDay;
  /** Either the meters it covers, or the contract by which they are supplied. */
  meters?: readonly string[];
  contract?: string;
  /** Disclosure year (1 April to 31 March) of the certificates or of the product, as 2025/26. */
  certificateYear?: string;
  /** For whom the certificates were retired. */
  retiredFor?: string;
  criteriaMet: readonly QualityCriterion[];
  matching: (typeof MATCHINGS)[number];
  evidence: Evidence;
};

/** Whether an instrument covers an amount of energy, as certificates do; a product covers what it supplies. */
export function isCertificate({ kind }: Pick<Instrument, 'kind'>): boolean {
  return kind !== 'supplier-product';
}
