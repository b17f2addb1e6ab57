import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildFactorSet } from '../../src/domain/reference/build-factor-set.ts';
import { type FactorRow, readFactorRows } from '../../src/domain/reference/factor-rows.ts';
import type { FactorSetSeed } from '../../src/domain/reference/factor-set-seed.ts';
import { readFuelPropertyRows } from '../../src/domain/reference/fuel-property-rows.ts';
import { readShippedEditions } from '../../src/services/reference-data/shipped-editions.ts';

/** Text of a file of prisma/seed. */
export function seedText(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../prisma/seed/${name}`, import.meta.url)), 'utf8');
}

/** Rows of both factor tables. */
export function shippedFactorRows(): FactorRow[] {
  return ['factors/uk-factors.csv', 'factors/uk-factors-supplement.csv'].flatMap((name) =>
    readFactorRows(seedText(name), name),
  );
}

/** The factor sets that the service ships, by year, with what their reading warned of. */
export function shippedSets(): { sets: Map<number, FactorSetSeed>; warnings: string[] } {
  const rows = shippedFactorRows();
  const properties = readFuelPropertyRows(seedText('factors/uk-fuel-properties.csv'), 'fuel properties');
  const sets = new Map<number, FactorSetSeed>();
  const warnings: string[] = [];
  for (const edition of readShippedEditions(seedText('factors/editions.json'))) {
    const built = buildFactorSet(edition, rows, properties);
    sets.set(edition.year, built.seed);
    warnings.push(...built.warnings);
  }
  return { sets, warnings };
}
