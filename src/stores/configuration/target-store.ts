import type { TargetReads, TargetStore } from '../../services/target-store.ts';
import type { PrismaClient } from '../prisma-client/client.ts';
import { Prisma } from '../prisma-client/client.ts';
import { inOrder, ofChanges, type StandingRow, standing } from './standing.ts';
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

/** Targets outside any transaction. */
export function createTargetReads(prisma: PrismaClient): TargetReads {
  const read = async (query: Prisma.Sql) => {
    const found = await prisma.$queryRaw<StandingRow[]>(query);
    const rows = await prisma.target.findMany({
      where: { id: { in: found.map(({ id }) => id) } },
      include: { versions: { where: ofChanges(found) } },
    });
    return inOrder(rows, found, fromTargetRow);
  };
  return {
    async find(key, atSeq = null) {
      const [target] = await read(Prisma.sql`
        select t.id, v.change_id
          from target t
          join target_version v on v.target_id = t.id
         where t.key = ${key} and ${standing(atSeq)}`);
      return target ?? null;
    },

    list: ({ status, boundary }, { after, limit }, atSeq) =>
      read(Prisma.sql`
        select t.id, v.change_id
          from target t
          join target_version v on v.target_id = t.id
         where ${standing(atSeq)}
           and (${after}::text is null or t.key collate "C" > ${after})
           and (${status}::text is null or v.status = ${status})
           and (${boundary}::text is null or v.boundary ->> 'kind' = ${boundary})
         order by t.key collate "C"
         limit ${limit + 1}`),
  };
}
