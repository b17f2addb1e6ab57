import type { SupplyDocuments, SupplyKind } from '../../domain/supply/supply.ts';
import type { PageRequest } from '../../services/page.ts';
import type { SupplyReads, SupplyStore } from '../../services/supply/supply-store.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { Prisma, type PrismaClient } from '../prisma-client/client.ts';
import { inOrder, ofChanges, type StandingRow, standing } from './standing.ts';

type Tx = Prisma.TransactionClient;

const CURRENT = { versions: { where: { supersededBy: null } } } as const satisfies Prisma.SupplyRecordInclude;

type Row = Prisma.SupplyRecordGetPayload<{ include: typeof CURRENT }>;

/** A record from its rows; null when it has no version. The document was checked when it was written. */
function fromRow<Kind extends SupplyKind>({ key, versions: [version] }: Row): SupplyDocuments[Kind] | null {
  if (version === undefined) return null;
  return { key, ...(version.document as object) } as SupplyDocuments[Kind];
}

async function end(tx: Tx, recordId: number, changeId: bigint): Promise<void> {
  await tx.supplyRecordVersion.updateMany({
    where: { recordId, supersededBy: null },
    data: { supersededBy: changeId },
  });
}

/** Supply records inside one transaction. */
export function createSupplyStore(tx: Tx): SupplyStore {
  return {
    async claim<Kind extends SupplyKind>(kind: Kind, key: string) {
      await tx.$executeRaw`insert into supply_record (kind, key) values (${kind}, ${key}) on conflict (kind, key) do nothing`;
      await tx.$executeRaw`select r.id from supply_record r where r.kind = ${kind} and r.key = ${key} for no key update`;
      const row = await tx.supplyRecord.findUniqueOrThrow({ where: { kind_key: { kind, key } }, include: CURRENT });
      return { id: row.id, current: fromRow<Kind>(row) };
    },
    async hold(kind, key) {
      await tx.$executeRaw`select r.id from supply_record r where r.kind = ${kind} and r.key = ${key} for share`;
      const current = { supersededBy: null, record: { kind, key } };
      return (await tx.supplyRecordVersion.count({ where: current })) > 0;
    },
    async lockKind<Kind extends SupplyKind>(kind: Kind) {
      await tx.$executeRaw`select pg_advisory_xact_lock(${ADVISORY_LOCKS.supplyKinds}, hashtext(${kind}))`;
      const rows = await tx.supplyRecord.findMany({ where: { kind }, include: CURRENT, orderBy: { key: 'asc' } });
      return rows.flatMap((row) => fromRow<Kind>(row) ?? []);
    },
    async metersOn(network, limit) {
      const rows = await tx.$queryRaw<{ key: string }[]>`
        select m.key
          from meter_version v
          join meter m on m.id = v.meter_id
         where v.heat_network = ${network} and v.superseded_by is null
         order by m.key collate "C"
         limit ${limit}`;
      return rows.map(({ key }) => key);
    },
    async write(recordId, changeId, { key: _key, ...document }) {
      await end(tx, recordId, changeId);
      const content = document as unknown as Prisma.InputJsonObject;
      await tx.supplyRecordVersion.create({ data: { recordId, changeId, document: content } });
    },
    end: (id, changeId) => end(tx, id, changeId),
  };
}

/** Supply records outside any transaction. */
export function createSupplyReads(prisma: PrismaClient): SupplyReads {
  const read = async <Kind extends SupplyKind>(query: Prisma.Sql) => {
    const found = await prisma.$queryRaw<StandingRow[]>(query);
    const rows = await prisma.supplyRecord.findMany({
      where: { id: { in: found.map(({ id }) => id) } },
      include: { versions: { where: ofChanges(found) } },
    });
    return inOrder(rows, found, (row) => fromRow<Kind>(row));
  };
  return {
    async find<Kind extends SupplyKind>(kind: Kind, key: string, atSeq: string | null) {
      const [record] = await read<Kind>(Prisma.sql`
        select r.id, v.change_id
          from supply_record r
          join supply_record_version v on v.record_id = r.id
         where r.kind = ${kind} and r.key = ${key} and ${standing(atSeq)}`);
      return record ?? null;
    },
    all: <Kind extends SupplyKind>(kind: Kind, atSeq: string | null) =>
      read<Kind>(Prisma.sql`
        select r.id, v.change_id
          from supply_record r
          join supply_record_version v on v.record_id = r.id
         where r.kind = ${kind} and ${standing(atSeq)}
         order by r.key collate "C"`),
    list: <Kind extends SupplyKind>(kind: Kind, { after, limit }: PageRequest, atSeq: string | null) =>
      read<Kind>(Prisma.sql`
        select r.id, v.change_id
          from supply_record r
          join supply_record_version v on v.record_id = r.id
         where r.kind = ${kind} and ${standing(atSeq)} and (${after}::text is null or r.key collate "C" > ${after})
         order by r.key collate "C"
         limit ${limit + 1}`),
  };
}
