import type { Decimal } from './decimal.ts';

/** One factor of a set: kilograms per unit. `null` is blank in the publication, never zero. */
export type Factor = {
  key: string;
  name: string;
  unit: string;
  scope: string;
  kgCo2e: Decimal | null;
  kgCo2: Decimal | null;
  source: string;
  confidence: string;
};

/** Calorific values and densities published with a set. */
export type FuelProperty = {
  key: string;
  netKwhPerKg: Decimal | null;
  grossKwhPerKg: Decimal | null;
  netKwhPerLitre: Decimal | null;
  grossKwhPerLitre: Decimal | null;
  source: string;
};

/** One edition of published factors, as active now. */
export type FactorSet = {
  id: string;
  version: string;
  year: number;
  title: string;
  publisher: string;
  publishedOn: string | null;
  gwp: string;
  source: string;
  /** SHA-256 over its figures. */
  digest: string;
  factors: ReadonlyMap<string, Factor>;
  fuelProperties: ReadonlyMap<string, FuelProperty>;
};

/** Whether a set is one of the publisher's yearly editions, rather than a set of the operator's own. */
export function isOfficial({ id }: Pick<FactorSet, 'id'>): boolean {
  return /^uk-\d{4}$/.test(id);
}
