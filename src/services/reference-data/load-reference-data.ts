import { buildFactorSet } from '../../domain/reference/build-factor-set.ts';
import { DEFAULT_SETTINGS } from '../../domain/reference/default-settings.ts';
import type { Edition } from '../../domain/reference/edition.ts';
import { readFactorRows } from '../../domain/reference/factor-rows.ts';
import type { FactorSetSeed } from '../../domain/reference/factor-set-seed.ts';
import { readFuelPropertyRows } from '../../domain/reference/fuel-property-rows.ts';
import {
  type HeldReferenceData,
  isNothingToDo,
  planReferenceData,
} from '../../domain/reference/plan-reference-data.ts';
import type { ReferenceDataWrite } from '../../domain/reference/reference-data-write.ts';
import { factorSetDigest } from './factor-set-digest.ts';
import { readShippedEditions } from './shipped-editions.ts';
import { readShippedTargets } from './shipped-targets.ts';

/** Text of a file of the seed folder, by its name inside it. */
export type ReadSeedFile = (name: string) => Promise<string>;

/** Where reference data is kept. */
export type ReferenceDataStore = {
  held(): Promise<HeldReferenceData>;
  /**
   * Stores what `decide` returns for what is held, in one transaction that no other process can be in at the same
   * time, and as one change; when that is nothing, nothing is written and the clock stays.
   */
  apply(decide: (held: HeldReferenceData) => ReferenceDataWrite): Promise<void>;
};

/** What a load has done. */
export type LoadedReferenceData = {
  /** `uk-2019 1.03`. */
  factorSets: string[];
  targets: string[];
  /** Targets that were worded anew. */
  revisedTargets: string[];
  settings: boolean;
  /** For the operator: what was left alone, and what looks odd in the numbers. */
  warnings: string[];
};

const FACTOR_FILES = ['factors/uk-factors.csv', 'factors/uk-factors-supplement.csv'];
const PROPERTY_FILE = 'factors/uk-fuel-properties.csv';

async function readSets(read: ReadSeedFile, editions: readonly Edition[]) {
  const texts = await Promise.all(FACTOR_FILES.map(read));
  const factorRows = texts.flatMap((text, index) => readFactorRows(text, FACTOR_FILES[index] ?? ''));
  const propertyRows = readFuelPropertyRows(await read(PROPERTY_FILE), PROPERTY_FILE);
  const sets = new Map<Edition, FactorSetSeed>();
  const warnings: string[] = [];
  for (const edition of editions) {
    const built = buildFactorSet(edition, factorRows, propertyRows);
    const digest = factorSetDigest(built.seed);
    if (digest !== edition.digest)
      throw new Error(
        `Factor set ${edition.id} ${edition.version} has digest ${digest}, editions.json says ${edition.digest}.`,
      );
    sets.set(edition, built.seed);
    warnings.push(...built.warnings);
  }
  return { sets, warnings };
}

/**
 * Brings the reference data shipped with the service into the database: factor sets it does not hold, the published
 * targets with their newest wording where no one else has written them, and settings where there are none. Doing it again changes nothing, and the tables of factors are only read
 * when something is missing. Throws when the shipped files are damaged.
 */
export async function loadReferenceData(ports: {
  readSeedFile: ReadSeedFile;
  store: ReferenceDataStore;
}): Promise<LoadedReferenceData> {
  const { readSeedFile, store } = ports;
  const shipped = {
    editions: readShippedEditions(await readSeedFile('factors/editions.json')),
    targets: readShippedTargets(await readSeedFile('targets.json')),
  };
  let plan = planReferenceData(await store.held(), shipped);
  if (isNothingToDo(plan))
    return { factorSets: [], targets: [], revisedTargets: [], settings: false, warnings: [...plan.warnings] };

  const { sets, warnings } = await readSets(readSeedFile, shipped.editions);
  await store.apply((held) => {
    plan = planReferenceData(held, shipped);
    return {
      factorSets: plan.factorSets.flatMap(({ edition, activate }) => {
        const seed = sets.get(edition);
        return seed === undefined ? [] : [{ seed, activate }];
      }),
      targets: plan.targets,
      revisedTargets: plan.revisedTargets,
      settings: plan.settings ? DEFAULT_SETTINGS : null,
    };
  });
  return {
    factorSets: plan.factorSets.map(({ edition }) => `${edition.id} ${edition.version}`),
    targets: plan.targets.map(({ key }) => key),
    revisedTargets: plan.revisedTargets.map(({ key }) => key),
    settings: plan.settings,
    warnings: [...plan.warnings, ...warnings],
  };
}
