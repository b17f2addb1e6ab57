import { type Touched, touchedOne, touchedTogether } from '../domain/change-log/touched.ts';
import type { FactorSetSeed } from '../domain/reference/factor-set-seed.ts';
import type { HeldReferenceData } from '../domain/reference/plan-reference-data.ts';
import type { ReferenceDataWrite } from '../domain/reference/reference-data-write.ts';
import { ADVISORY_LOCKS } from './advisory-locks.ts';
import { nextChangeId, stampInTransaction } from './clock.ts';
import { toSettingsRow } from './configuration/settings-rows.ts';
import type { Prisma, PrismaClient } from './prisma-client/client.ts';
import { toFactorRow, toFactorSetRow, toFuelPropertyRow, toTargetRow } from './reference-data-rows.ts';

/** Counts from the first statement, so the wait for another process that is loading is in it. */
const TRANSACTION = { isolationLevel: 'ReadCommitted', maxWait: 30_000, timeout: 60_000 } as const;

async function readHeld(db: Prisma.TransactionClient): Promise<HeldReferenceData> {
  const sets = await db.factorSet.findMany({
    select: { key: true, version: true, digest: true, activatedBy: true, supersededBy: true },
  });
  const targets = await db.target.findMany({ select: { key: true } });
  const settings = await db.settingsVersion.count();
  return {
    factorSets: sets.map(({ key, version, digest, activatedBy, supersededBy }) => ({
      id: key,
      version,
      digest,
      active: activatedBy !== null && supersededBy === null,
    })),
    targetKeys: targets.map(({ key }) => key),
    hasSettings: settings > 0,
  };
}

async function addFactorSets(
  tx: Prisma.TransactionClient,
  factorSets: ReferenceDataWrite['factorSets'],
  changeId: bigint,
): Promise<void> {
  const stored = await tx.factorSet.createManyAndReturn({
    data: factorSets.map(({ seed, activate }) => toFactorSetRow(seed.edition, changeId, activate)),
    select: { id: true, key: true, version: true },
  });
  const withId = factorSets.map(({ seed, activate }): { id: number; seed: FactorSetSeed; activate: boolean } => {
    const set = stored.find(({ key, version }) => key === seed.edition.id && version === seed.edition.version);
    if (set === undefined) throw new Error(`Factor set ${seed.edition.id} was not stored.`);
    return { id: set.id, seed, activate };
  });
  await tx.factorActivation.createMany({
    data: withId
      .filter(({ activate }) => activate)
      .map(({ id, seed }) => ({ setId: id, key: seed.edition.id, changeId })),
  });
  await tx.factor.createMany({
    data: withId.flatMap(({ id, seed }) => [...seed.factors.values()].map((factor) => toFactorRow(id, factor))),
  });
  await tx.fuelProperty.createMany({
    data: withId.flatMap(({ id, seed }) =>
      [...seed.fuelProperties.values()].map((fuel) => toFuelPropertyRow(id, fuel)),
    ),
  });
}

function touchedBy({ factorSets, targets }: Pick<ReferenceDataWrite, 'factorSets' | 'targets'>): Touched {
  return touchedTogether([
    ...factorSets.map(({ seed }) => touchedOne('factor-set', seed.edition.id)),
    ...targets.map(({ key }) => touchedOne('target', key)),
  ]);
}

/** Keeps the reference data: factor sets, seeded targets, first settings. */
export function createReferenceDataStore(prisma: PrismaClient) {
  return {
    held: (): Promise<HeldReferenceData> => readHeld(prisma),

    async apply(decide: (held: HeldReferenceData) => ReferenceDataWrite): Promise<void> {
      await prisma.$transaction(async (tx) => {
        await tx.$executeRaw`select pg_advisory_xact_lock(${ADVISORY_LOCKS.factorSets})`;
        const { factorSets, targets, settings } = decide(await readHeld(tx));
        if (factorSets.length === 0 && targets.length === 0 && settings === null) return;
        const changeId = await nextChangeId(tx);
        if (factorSets.length > 0) await addFactorSets(tx, factorSets, changeId);
        for (const target of targets) await tx.target.create({ data: toTargetRow(target, changeId) });
        if (settings !== null) await tx.settingsVersion.create({ data: toSettingsRow(changeId, settings) });
        const stamp = { changeId, kind: 'reference-data', principal: 'system', uploadId: null, config: true } as const;
        await stampInTransaction(tx, { ...stamp, touched: touchedBy({ factorSets, targets }) });
      }, TRANSACTION);
    },
  };
}
