import type { Json } from '../domain/canonical-json.ts';
import type { Decimal } from '../domain/decimal.ts';
import type { Edition } from '../domain/reference/edition.ts';
import type { FactorSeed, FuelPropertySeed } from '../domain/reference/factor-set-seed.ts';
import { type TargetSeed, targetSeedContent } from '../domain/reference/target-seed.ts';
import type { Prisma } from './prisma-client/client.ts';

/** Decimals travel as text: the client carries a copy of the decimal library of its own. */
function numeric(value: Decimal | null): string | null {
  return value === null ? null : value.toFixed();
}

/** A factor set's own row. */
export function toFactorSetRow(edition: Edition, changeId: bigint, activate: boolean): Prisma.FactorSetCreateManyInput {
  const file = edition.officialFileSha256 === null ? '' : `; official file SHA-256 ${edition.officialFileSha256}`;
  return {
    key: edition.id,
    version: edition.version,
    year: edition.year,
    title: edition.title,
    publisher: edition.publisher,
    publishedOn: edition.publishedOn,
    gwp: edition.gwp,
    licence: edition.attribution === '' ? edition.licence : `${edition.licence}. ${edition.attribution}`,
    source: `${edition.source}${file}`,
    digest: edition.digest,
    changeId,
    activatedBy: activate ? changeId : null,
  };
}

/** A factor's row. A blank number becomes NULL, never 0. */
export function toFactorRow(setId: number, factor: FactorSeed): Prisma.FactorCreateManyInput {
  return {
    setId,
    key: factor.key,
    name: factor.name,
    unit: factor.unit,
    scope: factor.scope,
    kgCo2e: numeric(factor.kgCo2e),
    kgCo2: numeric(factor.kgCo2),
    kgCh4Co2e: numeric(factor.kgCh4Co2e),
    kgN2oCo2e: numeric(factor.kgN2oCo2e),
    source: factor.source,
    confidence: factor.confidence,
    notes: factor.notes,
  };
}

/** A fuel's row. */
export function toFuelPropertyRow(setId: number, fuel: FuelPropertySeed): Prisma.FuelPropertyCreateManyInput {
  return {
    setId,
    key: fuel.key,
    fuel: fuel.fuel,
    netKwhPerKg: numeric(fuel.netKwhPerKg),
    grossKwhPerKg: numeric(fuel.grossKwhPerKg),
    netKwhPerLitre: numeric(fuel.netKwhPerLitre),
    grossKwhPerLitre: numeric(fuel.grossKwhPerLitre),
    grossKwhPerM3: numeric(fuel.grossKwhPerM3),
    litresPerTonne: numeric(fuel.litresPerTonne),
    source: fuel.source,
  };
}

/** A target with its first version. */
export function toTargetRow(target: TargetSeed, changeId: bigint): Prisma.TargetCreateInput {
  return { key: target.key, versions: { create: { changeId, ...targetSeedContent(target) } } };
}

/** What a version says of what a shipped target says, as `targetSeedContent` gives it. */
export function seedContentOf(version: Prisma.TargetVersionGetPayload<object>): Json {
  const { name, status, source, notes, boundary, gas, scopes, lines, basis, factors, yearBasis, path } = version;
  const { baseline, milestones, budgets, adoptedOn } = version;
  return {
    ...{ name, status, source, notes, gas, scopes, lines, basis, factors, yearBasis, path, adoptedOn },
    ...({ boundary, baseline, milestones, budgets } as { [member: string]: Json }),
  };
}
