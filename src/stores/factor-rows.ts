import { Decimal } from '../domain/decimal.ts';
import type { Factor as DomainFactor, FuelProperty as DomainFuelProperty } from '../domain/factor-set.ts';
import type { FactorSeed, FuelPropertySeed } from '../domain/reference/factor-set-seed.ts';
import type { Factor, FuelProperty } from './prisma-client/client.ts';

/** NULL is blank in the publication and stays null. */
function decimal(value: { toString(): string } | null): Decimal | null {
  return value === null ? null : new Decimal(value.toString());
}

/** A factor as figures need it. */
export function fromFactorRow(row: Factor): DomainFactor {
  const { key, name, unit, scope, source, confidence } = row;
  return { key, name, unit, scope, kgCo2e: decimal(row.kgCo2e), kgCo2: decimal(row.kgCo2), source, confidence };
}

/** A factor with all that the publication says of it. */
export function fromWholeFactorRow(row: Factor): FactorSeed {
  const { kgCh4Co2e, kgN2oCo2e, notes } = row;
  return { ...fromFactorRow(row), kgCh4Co2e: decimal(kgCh4Co2e), kgN2oCo2e: decimal(kgN2oCo2e), notes };
}

/** A fuel's properties as figures need them. */
export function fromFuelPropertyRow(row: FuelProperty): DomainFuelProperty {
  return {
    key: row.key,
    netKwhPerKg: decimal(row.netKwhPerKg),
    grossKwhPerKg: decimal(row.grossKwhPerKg),
    netKwhPerLitre: decimal(row.netKwhPerLitre),
    grossKwhPerLitre: decimal(row.grossKwhPerLitre),
    source: row.source,
  };
}

/** A fuel's properties with all that the publication says of them. */
export function fromWholePropertyRow(row: FuelProperty): FuelPropertySeed {
  const { fuel, grossKwhPerM3, litresPerTonne } = row;
  return {
    ...fromFuelPropertyRow(row),
    fuel,
    grossKwhPerM3: decimal(grossKwhPerM3),
    litresPerTonne: decimal(litresPerTonne),
  };
}
