import { buildFactorSet } from './build-factor-set.ts';
import type { Edition } from './edition.ts';
import { readFactorRows } from './factor-rows.ts';
import type { FactorSetSeed } from './factor-set-seed.ts';

/**
 * Reads one edition from the text of a factor table.
 * @throws Refusal `invalid-request` naming line, column and value: duplicates, negative numbers, unknown scopes.
 */
export function parseFactorTable(csvText: string, edition: Edition): { seed: FactorSetSeed; warnings: string[] } {
  return buildFactorSet(edition, readFactorRows(csvText, 'factor table'), []);
}
