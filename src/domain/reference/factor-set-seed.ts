import type { Decimal } from '../decimal.ts';
import type { Factor, FuelProperty } from '../factor-set.ts';
import type { Edition } from './edition.ts';

/** A factor with everything the publication says of it. The gas parts are kilograms of CO2e, not of the gas. */
export type FactorSeed = Factor & {
  kgCh4Co2e: Decimal | null;
  kgN2oCo2e: Decimal | null;
  notes: string | null;
};

/** Calorific values and density of a fuel with everything the publication says of them. */
export type FuelPropertySeed = FuelProperty & {
  fuel: string;
  grossKwhPerM3: Decimal | null;
  litresPerTonne: Decimal | null;
};

/** An edition with its numbers, ready to be stored. */
export type FactorSetSeed = {
  edition: Edition;
  factors: ReadonlyMap<string, FactorSeed>;
  fuelProperties: ReadonlyMap<string, FuelPropertySeed>;
};
