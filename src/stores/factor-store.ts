import type { FactorSet } from '../domain/factor-set.ts';
import type { FactorSetSummary } from '../domain/factor-set-summary.ts';
import type { FactorFilter, FactorPosition, FoundFactor } from '../domain/found-factor.ts';
import { fromFactorRow, fromFuelPropertyRow, fromWholeFactorRow } from './factor-rows.ts';
import type { Change, FactorSet as FactorSetRow, Prisma, PrismaClient } from './prisma-client/client.ts';

type Changes = ReadonlyMap<bigint, Change>;

const IN_ORDER = [
  { year: 'asc' },
  { key: 'asc' },
  { version: 'asc' },
] satisfies Prisma.FactorSetOrderByWithRelationInput[];
const ACTIVE = { activatedBy: { not: null }, supersededBy: null } satisfies Prisma.FactorSetWhereInput;

async function changesOf(prisma: PrismaClient, sets: readonly FactorSetRow[]): Promise<Changes> {
  const ids = sets.flatMap(({ changeId, activatedBy, supersededBy }) => [changeId, activatedBy, supersededBy]);
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const changes = await prisma.change.findMany({ where: { id: { in: wanted } } });
  return new Map(changes.map((change) => [change.id, change]));
}

/** Whether a change, where there was one, was visible at a clock reading; null is the newest. */
function isVisible(changeId: bigint | null, atSeq: bigint | null, changes: Changes): boolean {
  if (changeId === null) return false;
  const change = changes.get(changeId);
  return change !== undefined && (atSeq === null || change.seq <= atSeq);
}

function isActive(set: FactorSetRow, atSeq: bigint | null, changes: Changes): boolean {
  return isVisible(set.activatedBy, atSeq, changes) && !isVisible(set.supersededBy, atSeq, changes);
}

function instant(changeId: bigint, changes: Changes): Date {
  const change = changes.get(changeId);
  if (change === undefined) throw new Error(`Change ${changeId} is named by a factor set and does not exist.`);
  return change.recordedAt;
}

function toSummary(set: FactorSetRow, factorCount: number, changes: Changes): FactorSetSummary {
  const { key, version, year, title, publisher, publishedOn, gwp, licence, source, digest } = set;
  return {
    ...{ id: key, version, year, title, publisher, publishedOn, gwp, licence, source, digest },
    recordedAt: instant(set.changeId, changes),
    activatedAt: set.activatedBy === null ? null : instant(set.activatedBy, changes),
    supersededAt: set.supersededBy === null ? null : instant(set.supersededBy, changes),
    active: isActive(set, null, changes),
    factorCount,
  };
}

function whereAfter({ key, set, version }: FactorPosition): Prisma.FactorWhereInput {
  const sameSet = { key: set, version: { gt: version } };
  return { OR: [{ key: { gt: key } }, { key, set: { OR: [{ key: { gt: set } }, sameSet] } }] };
}

function whereFilter({ set, keyPrefix, keys, unit, scope, after }: FactorFilter): Prisma.FactorWhereInput {
  const version = set?.version ?? null;
  const sets = { ...(version === null ? ACTIVE : { version }), ...(set === null ? {} : { key: set.id }) };
  const conditions: Prisma.FactorWhereInput[] = [{ set: sets }];
  // Prisma makes a LIKE pattern of it and leaves the pattern's own characters as they are.
  if (keyPrefix !== null) conditions.push({ key: { startsWith: keyPrefix.replace(/[\\%_]/g, '\\$&') } });
  if (keys !== null) conditions.push({ key: { in: [...keys] } });
  if (unit !== null) conditions.push({ unit });
  if (scope !== null) conditions.push({ scope });
  if (after !== null) conditions.push(whereAfter(after));
  return { AND: conditions };
}

/** Reads factor sets. `atSeq` asks for them as they stood at a clock reading. */
export function createFactorStore(prisma: PrismaClient) {
  return {
    /** Every set held, active or not, by year. */
    async listFactorSets(): Promise<FactorSetSummary[]> {
      const sets = await prisma.factorSet.findMany({
        orderBy: IN_ORDER,
        include: { _count: { select: { factors: true } } },
      });
      const changes = await changesOf(prisma, sets);
      return sets.map((set) => toSummary(set, set._count.factors, changes));
    },

    /** The active sets with their numbers, by year. */
    async activeFactorSets(atSeq: bigint | null = null): Promise<FactorSet[]> {
      const candidates = await prisma.factorSet.findMany({ where: { activatedBy: { not: null } } });
      const changes = await changesOf(prisma, candidates);
      const active = candidates.filter((set) => isActive(set, atSeq, changes));
      const whole = await prisma.factorSet.findMany({
        where: { id: { in: active.map(({ id }) => id) } },
        orderBy: IN_ORDER,
        include: { factors: true, properties: true },
      });
      return whole.map(
        ({ key, version, year, title, publisher, publishedOn, gwp, source, digest, factors, properties }) => ({
          ...{ id: key, version, year, title, publisher, publishedOn, gwp, source, digest },
          factors: new Map(factors.map((row) => [row.key, fromFactorRow(row)])),
          fuelProperties: new Map(properties.map((row) => [row.key, fromFuelPropertyRow(row)])),
        }),
      );
    },

    /** Factors that pass a filter, in order of key, set and version. */
    async findFactors(filter: FactorFilter): Promise<FoundFactor[]> {
      const rows = await prisma.factor.findMany({
        where: whereFilter(filter),
        orderBy: [{ key: 'asc' }, { set: { key: 'asc' } }, { set: { version: 'asc' } }],
        take: filter.limit,
        include: { set: true },
      });
      return rows.map(({ set, ...row }) => ({
        ...fromWholeFactorRow(row),
        set: set.key,
        version: set.version,
        year: set.year,
        active: set.activatedBy !== null && set.supersededBy === null,
      }));
    },
  };
}
