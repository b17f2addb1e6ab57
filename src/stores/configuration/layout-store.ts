import { type AnyLayout, layoutOfDocument } from '../../domain/upload/bill-layout.ts';
import type { KeptLayout } from '../../domain/upload/kept-layout.ts';
import type { LayoutReads, LayoutStore } from '../../services/layouts/layout-store.ts';
import { Prisma, type PrismaClient } from '../prisma-client/client.ts';
import { inOrder, ofChanges, type StandingRow, standing } from './standing.ts';

type Tx = Prisma.TransactionClient;

const CURRENT = { versions: { where: { supersededBy: null } } } as const satisfies Prisma.LayoutInclude;

type Row = Prisma.LayoutGetPayload<{ include: typeof CURRENT }>;

/** A layout from its rows; null when it has no version. The document was checked when it was written. */
function fromRow({ key, versions: [version] }: Row): KeptLayout | null {
  if (version === undefined) return null;
  const { header, document } = version;
  return {
    name: key,
    header: header.length === 0 ? null : header,
    layout: layoutOfDocument(document as unknown as AnyLayout),
  };
}

async function end(tx: Tx, layoutId: number, changeId: bigint): Promise<void> {
  await tx.layoutVersion.updateMany({ where: { layoutId, supersededBy: null }, data: { supersededBy: changeId } });
}

/** Kept layouts inside one transaction. */
export function createLayoutStore(tx: Tx): LayoutStore {
  return {
    async claim(name) {
      await tx.$executeRaw`insert into layout (key) values (${name}) on conflict (key) do nothing`;
      await tx.$executeRaw`select l.id from layout l where l.key = ${name} for no key update`;
      const row = await tx.layout.findUniqueOrThrow({ where: { key: name }, include: CURRENT });
      return { id: row.id, current: fromRow(row) };
    },
    async write(layoutId, changeId, { header, layout }) {
      await end(tx, layoutId, changeId);
      const document = layout as unknown as Prisma.InputJsonObject;
      await tx.layoutVersion.create({ data: { layoutId, changeId, header: [...(header ?? [])], document } });
    },
    end: (id, changeId) => end(tx, id, changeId),
  };
}

/** Kept layouts outside any transaction. */
export function createLayoutReads(prisma: PrismaClient): LayoutReads {
  const read = async (query: Prisma.Sql) => {
    const found = await prisma.$queryRaw<StandingRow[]>(query);
    const rows = await prisma.layout.findMany({
      where: { id: { in: found.map(({ id }) => id) } },
      include: { versions: { where: ofChanges(found) } },
    });
    return inOrder(rows, found, fromRow);
  };
  return {
    async find(name, atSeq) {
      const [layout] = await read(Prisma.sql`
        select l.id, v.change_id
          from layout l
          join layout_version v on v.layout_id = l.id
         where l.key = ${name} and ${standing(atSeq)}`);
      return layout ?? null;
    },

    list: ({ after, limit }, atSeq) =>
      read(Prisma.sql`
        select l.id, v.change_id
          from layout l
          join layout_version v on v.layout_id = l.id
         where ${standing(atSeq)} and (${after}::text is null or l.key collate "C" > ${after})
         order by l.key collate "C"
         limit ${limit + 1}`),
  };
}
