import type { TargetReads, TargetStore, TargetVersion } from '../../services/target-store.ts';
import type { PrismaClient } from '../prisma-client/client.ts';
import { Prisma } from '../prisma-client/client.ts';
import { inOrder, ofChanges, type StandingRow, standing } from './standing.ts';
import { CURRENT_TARGET, fromTargetRow, toTargetVersionRow } from './target-rows.ts';

type Tx = Prisma.TransactionClient;

/** An instant to the microsecond, so that it can be asked about as it is printed. */
const instantOf = (column: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

type VersionRow = StandingRow & { seq: bigint; recorded_at: string; ended_seq: bigint | null; ended_at: string | null };

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

    async versions(key, { after, limit }, atSeq) {
      const found = await prisma.$queryRaw<VersionRow[]>`
        select t.id, v.change_id, c.seq, ${instantOf(Prisma.sql`c.recorded_at`)} as recorded_at, e.seq as ended_seq,
               ${instantOf(Prisma.sql`e.recorded_at`)} as ended_at
          from target t
          join target_version v on v.target_id = t.id
          join change c on c.id = v.change_id
          left join change e on e.id = v.superseded_by and (${atSeq}::bigint is null or e.seq <= ${atSeq}::bigint)
         where t.key = ${key} and (${atSeq}::bigint is null or c.seq <= ${atSeq}::bigint)
           and (${after}::bigint is null or c.seq < ${after}::bigint)
         order by c.seq desc
         limit ${limit + 1}`;
      const id = found[0]?.id;
      const row =
        id === undefined
          ? null
          : await prisma.target.findUnique({
              where: { id },
              include: { versions: { where: { changeId: { in: found.map((entry) => entry.change_id) } } } },
            });
      const versions = new Map(row?.versions.map((version) => [version.changeId, version]));
      return found.flatMap((entry): TargetVersion[] => {
        const version = versions.get(entry.change_id);
        const target = row === null || version === undefined ? null : fromTargetRow({ ...row, versions: [version] });
        const { seq, recorded_at: recordedAt, ended_seq: endedSeq, ended_at: endedAt } = entry;
        const until = endedSeq === null || endedAt === null ? null : { seq: String(endedSeq), recordedAt: endedAt };
        return target === null ? [] : [{ from: { seq: String(seq), recordedAt }, until, target }];
      });
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
