import type { TargetReads, TargetStore } from '../../services/target-store.ts';
import type { Prisma, PrismaClient } from '../prisma-client/client.ts';
import { ofChanges, type StandingRow, standing, withStandingVersion } from './standing.ts';
import { CURRENT_TARGET, fromTargetRow, toTargetVersionRow } from './target-rows.ts';

type Tx = Prisma.TransactionClient;

async function end(tx: Tx, targetId: number, changeId: bigint): Promise<void> {
  await tx.targetVersion.updateMany({ where: { targetId, supersededBy: null }, data: { supersededBy: changeId } });
}

/** Targets inside one transaction. */
export function createTargetStore(tx: Tx): TargetStore {
  return {
    async claim(key) {
      await tx.$executeRaw`insert into target (key) values (${key}) on conflict (key) do nothing`;
      await tx.$executeRaw`select t.id from target t where t.key = ${key} for no key update`;
      const row = await tx.target.findUniqueOrThrow({ where: { key }, include: CURRENT_TARGET });
      return { id: row.id, current: fromTargetRow(row) };
    },
    async write(id, changeId, target) {
      await end(tx, id, changeId);
      await tx.targetVersion.create({ data: toTargetVersionRow(id, changeId, target) });
    },
    end: (id, changeId) => end(tx, id, changeId),
  };
}

/** A target as it stood at a clock reading. */
async function findAt(prisma: PrismaClient, key: string, atSeq: string) {
  const found = await prisma.$queryRaw<StandingRow[]>`
    select t.id, v.change_id
      from target t
      join target_version v on v.target_id = t.id
     where t.key = ${key} and ${standing(atSeq)}`;
  const rows = await prisma.target.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    include: { versions: { where: ofChanges(found) } },
  });
  return withStandingVersion(rows, found)[0] ?? null;
}

/** Targets outside any transaction. */
export function createTargetReads(prisma: PrismaClient): TargetReads {
  return {
    async find(key, atSeq = null) {
      const row =
        atSeq === null
          ? await prisma.target.findUnique({ where: { key }, include: CURRENT_TARGET })
          : await findAt(prisma, key, atSeq);
      return row === null ? null : fromTargetRow(row);
    },

    async list({ status, boundary }, { after, limit }) {
      const rows = await prisma.$queryRaw<{ id: number }[]>`
        select t.id
          from target t
          join target_version v on v.target_id = t.id and v.superseded_by is null
         where (${after}::text is null or t.key collate "C" > ${after})
           and (${status}::text is null or v.status = ${status})
           and (${boundary}::text is null or v.boundary ->> 'kind' = ${boundary})
         order by t.key collate "C"
         limit ${limit + 1}`;
      const found = await prisma.target.findMany({
        where: { id: { in: rows.map(({ id }) => id) } },
        include: CURRENT_TARGET,
      });
      const byId = new Map(found.map((row) => [row.id, fromTargetRow(row)]));
      return rows.flatMap(({ id }) => byId.get(id) ?? []);
    },
  };
}
