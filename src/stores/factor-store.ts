import type { FactorSet } from '../domain/factor-set.ts';
import type { FactorSetOrigin, FactorSetSummary } from '../domain/factor-set-summary.ts';
import type { FactorFilter, FoundFactor } from '../domain/found-factor.ts';
import type { StoredFactorSet } from '../services/factors/factor-store-port.ts';
import { fromFactorRow, fromFuelPropertyRow, fromWholeFactorRow, fromWholePropertyRow } from './factor-rows.ts';
import { type FactorSetHistory, isInUse, readHistories } from './factor-set-history.ts';
import { readSourceRows } from './official-row-store.ts';
import type { FactorFile, FactorSet as FactorSetRow, Prisma, PrismaClient } from './prisma-client/client.ts';

const IN_ORDER = [
  { year: 'asc' },
  { key: 'asc' },
  { version: 'asc' },
] satisfies Prisma.FactorSetOrderByWithRelationInput[];
const NUMBERS = { factors: true, properties: true } satisfies Prisma.FactorSetInclude;
type SetWithNumbers = Prisma.FactorSetGetPayload<{ include: typeof NUMBERS }>;

type CountedFile = FactorFile & { _count: { rows: number } };

function toSummary(
  set: FactorSetRow,
  factorCount: number,
  found: CountedFile | null,
  history: FactorSetHistory,
): FactorSetSummary {
  const { key, version, year, title, publisher, publishedOn, gwp, licence, source, digest } = set;
  const newest = history.activations.at(-1);
  const file = history.hasFile ? found : null;
  return {
    ...{ id: key, version, year, title, publisher, publishedOn, gwp, licence, source, digest },
    origin: set.origin as FactorSetOrigin,
    recordedAt: history.recordedAt,
    activatedAt: newest?.activatedAt ?? null,
    supersededAt: newest?.endedAt ?? null,
    active: isInUse(history),
    factorCount,
    file:
      file === null
        ? null
        : {
            sha256: file.sha256,
            fileName: file.fileName,
            bytes: file.bytes,
            layout: file.layout,
            sheet: file.sheet,
            headerRow: file.headerRow,
            rows: file._count.rows,
          },
    activations: history.activations,
  };
}

function toFactorSet(row: SetWithNumbers): FactorSet {
  const { key, version, year, title, publisher, publishedOn, gwp, source, digest, factors, properties } = row;
  return {
    ...{ id: key, version, year, title, publisher, publishedOn, gwp, source, digest },
    factors: new Map(factors.map((factor) => [factor.key, fromFactorRow(factor)])),
    fuelProperties: new Map(properties.map((property) => [property.key, fromFuelPropertyRow(property)])),
  };
}

/** Conditions of a filter, as SQL does not say them: every list and null that does not narrow is left out. */
function whereFilter(filter: FactorFilter, setIds: number[]): Prisma.FactorWhereInput {
  const { keyPrefix, keys, unit, scope, after, text } = filter;
  const conditions: Prisma.FactorWhereInput[] = [{ setId: { in: setIds } }];
  // Prisma makes a LIKE pattern of it and leaves the pattern's own characters as they are.
  const literal = (part: string) => part.replace(/[\\%_]/g, '\\$&');
  if (keyPrefix !== null) conditions.push({ key: { startsWith: literal(keyPrefix) } });
  if (text !== null) {
    const contains = { contains: literal(text), mode: 'insensitive' } as const;
    conditions.push({ OR: [{ key: contains }, { name: contains }] });
  }
  if (keys !== null) conditions.push({ key: { in: [...keys] } });
  if (unit !== null) conditions.push({ unit });
  if (scope !== null) conditions.push({ scope });
  if (after !== null) {
    const { key, set, version } = after;
    const sameSet = { key: set, version: { gt: version } };
    conditions.push({ OR: [{ key: { gt: key } }, { key, set: { OR: [{ key: { gt: set } }, sameSet] } }] });
  }
  return { AND: conditions };
}

/** Reads factor sets. `atSeq` asks for them as they stood at a clock reading; null is the newest. */
export function createFactorStore(prisma: PrismaClient) {
  const wholeSets = (where: Prisma.FactorSetWhereInput) =>
    prisma.factorSet.findMany({ where, orderBy: IN_ORDER, include: NUMBERS });

  return {
    /** Every set recorded, in use or not, by year. */
    async listFactorSets(atSeq: bigint | null = null): Promise<FactorSetSummary[]> {
      const histories = await readHistories(prisma, atSeq);
      const sets = await prisma.factorSet.findMany({
        where: { id: { in: [...histories.keys()] } },
        orderBy: IN_ORDER,
        include: { _count: { select: { factors: true } }, file: { include: { _count: { select: { rows: true } } } } },
      });
      return sets.flatMap((set) => {
        const history = histories.get(set.id);
        return history === undefined ? [] : [toSummary(set, set._count.factors, set.file, history)];
      });
    },

    /** The sets that figures use, with their numbers, by year. */
    async activeFactorSets(atSeq: bigint | null = null): Promise<FactorSet[]> {
      const histories = await readHistories(prisma, atSeq);
      const inUse = [...histories].filter(([, history]) => isInUse(history)).map(([id]) => id);
      return (await wholeSets({ id: { in: inUse } })).map(toFactorSet);
    },

    /** One version of a set, whether figures use it or not; null where none was recorded. */
    async factorVersion(id: string, version: string, atSeq: bigint | null = null): Promise<FactorSet | null> {
      const histories = await readHistories(prisma, atSeq);
      const [row] = await wholeSets({ key: id, version, id: { in: [...histories.keys()] } });
      return row === undefined ? null : toFactorSet(row);
    },

    /** One version of a set with all that is said of its numbers. */
    async wholeVersion(id: string, version: string): Promise<StoredFactorSet | null> {
      const [row] = await wholeSets({ key: id, version });
      if (row === undefined) return null;
      return {
        factors: new Map(row.factors.map((factor) => [factor.key, fromWholeFactorRow(factor)])),
        fuelProperties: new Map(row.properties.map((property) => [property.key, fromWholePropertyRow(property)])),
      };
    },

    /** Factors that pass a filter, in order of key, set and version, each with the row of the file it stands in. */
    async findFactors(filter: FactorFilter, atSeq: bigint | null = null): Promise<FoundFactor[]> {
      const histories = await readHistories(prisma, atSeq);
      const recorded = await prisma.factorSet.findMany({
        where: {
          id: { in: [...histories.keys()] },
          ...(filter.set !== null && { key: filter.set.id }),
          ...(filter.set?.version != null && { version: filter.set.version }),
        },
        select: { id: true },
      });
      const isActive = (id: number) => {
        const history = histories.get(id);
        return history !== undefined && isInUse(history);
      };
      const named = filter.set?.version != null;
      const setIds = recorded.map(({ id }) => id).filter((id) => named || isActive(id));
      const rows = await prisma.factor.findMany({
        where: whereFilter(filter, setIds),
        orderBy: [{ key: 'asc' }, { set: { key: 'asc' } }, { set: { version: 'asc' } }],
        take: filter.limit,
        include: { set: true },
      });
      const withFile = rows.filter(({ setId }) => histories.get(setId)?.hasFile === true);
      const sources = await readSourceRows(prisma, withFile);
      return rows.map(({ set, ...row }) => ({
        ...fromWholeFactorRow(row),
        set: set.key,
        version: set.version,
        year: set.year,
        active: isActive(set.id),
        row: sources.get(`${row.setId} ${row.key}`) ?? null,
      }));
    },
  };
}
