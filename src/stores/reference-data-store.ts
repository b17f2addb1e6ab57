import { type Touched, touchedOne, touchedTogether } from '../domain/change-log/touched.ts';
import type { FactorSetSeed } from '../domain/reference/factor-set-seed.ts';
import type { HeldReferenceData } from '../domain/reference/plan-reference-data.ts';
import type { ReferenceDataWrite } from '../domain/reference/reference-data-write.ts';
import { type TargetSeed, targetSeedContent } from '../domain/reference/target-seed.ts';
import { ADVISORY_LOCKS } from './advisory-locks.ts';
import { nextChangeId, stampInTransaction } from './clock.ts';
import { toSettingsRow } from './configuration/settings-rows.ts';
import type { Prisma, PrismaClient } from './prisma-client/client.ts';
import { seedContentOf, toFactorRow, toFactorSetRow, toFuelPropertyRow, toTargetRow } from './reference-data-rows.ts';

/** Counts from the first statement, so the wait for another process that is loading is in it. */
const TRANSACTION = { isolationLevel: 'ReadCommitted', maxWait: 30_000, timeout: 60_000 } as const;

async function readTargets(db: Prisma.TransactionClient): Promise<HeldReferenceData['targets']> {
  const targets = await db.target.findMany({ include: { versions: true } });
  const changes = targets.flatMap(({ versions }) => versions.map(({ changeId }) => changeId));
  const own = await db.change.findMany({
    where: { id: { in: changes }, kind: 'reference-data' },
    select: { id: true },
  });
  const byService = new Set(own.map(({ id }) => id));
  return targets.map(({ key, versions }) => {
    const stands = versions.some(({ supersededBy }) => supersededBy === null);
    const isAsShipped = stands && versions.every(({ changeId }) => byService.has(changeId));
    return { key, isAsShipped, versions: isAsShipped ? versions.map(seedContentOf) : [] };
  });
}

async function readHeld(db: Prisma.TransactionClient): Promise<HeldReferenceData> {
  const sets = await db.factorSet.findMany({
    select: { key: true, version: true, digest: true, activatedBy: true, supersededBy: true },
  });
  const settings = await db.settingsVersion.count();
  return {
    factorSets: sets.map(({ key, version, digest, activatedBy, supersededBy }) => ({
      id: key,
      version,
      digest,
      active: activatedBy !== null && supersededBy === null,
    })),
    targets: await readTargets(db),
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

/** Writes targets anew, as the next version of each. */
async function reviseTargets(
  tx: Prisma.TransactionClient,
  targets: readonly TargetSeed[],
  changeId: bigint,
): Promise<void> {
  for (const target of targets) {
    const { id: targetId } = await tx.target.findUniqueOrThrow({ where: { key: target.key } });
    await tx.targetVersion.updateMany({ where: { targetId, supersededBy: null }, data: { supersededBy: changeId } });
    await tx.targetVersion.create({ data: { targetId, changeId, ...targetSeedContent(target) } });
  }
}

type Written = Pick<ReferenceDataWrite, 'factorSets' | 'targets' | 'revisedTargets'>;

function touchedBy({ factorSets, targets, revisedTargets }: Written): Touched {
  return touchedTogether([
    ...factorSets.map(({ seed }) => touchedOne('factor-set', seed.edition.id)),
    ...[...targets, ...revisedTargets].map(({ key }) => touchedOne('target', key)),
  ]);
}

/** Keeps the reference data: factor sets, seeded targets, first settings. */
export function createReferenceDataStore(prisma: PrismaClient) {
  return {
    held: (): Promise<HeldReferenceData> => readHeld(prisma),

    async apply(decide: (held: HeldReferenceData) => ReferenceDataWrite): Promise<void> {
      await prisma.$transaction(async (tx) => {
        await tx.$executeRaw`select pg_advisory_xact_lock(${ADVISORY_LOCKS.factorSets})`;
        // What is decided of a target rests on who has written it: no one else does until this is over.
        await tx.$executeRaw`select t.id from target t order by t.id for no key update`;
        const { factorSets, targets, revisedTargets, settings } = decide(await readHeld(tx));
        if ([...factorSets, ...targets, ...revisedTargets].length === 0 && settings === null) return;
        const changeId = await nextChangeId(tx);
        if (factorSets.length > 0) await addFactorSets(tx, factorSets, changeId);
        for (const target of targets) await tx.target.create({ data: toTargetRow(target, changeId) });
        await reviseTargets(tx, revisedTargets, changeId);
        if (settings !== null) await tx.settingsVersion.create({ data: toSettingsRow(changeId, settings) });
        const stamp = { changeId, kind: 'reference-data', principal: 'system', uploadId: null, config: true } as const;
        await stampInTransaction(tx, { ...stamp, touched: touchedBy({ factorSets, targets, revisedTargets }) });
      }, TRANSACTION);
    },
  };
}
