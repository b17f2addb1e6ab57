import type { KeptLayout } from '../../domain/upload/kept-layout.ts';
import { type Layout, layoutOfDocument } from '../../domain/upload/layout.ts';
import type { LayoutReads, LayoutStore } from '../../services/layouts/layout-store.ts';
import type { Prisma, PrismaClient } from '../prisma-client/client.ts';

type Tx = Prisma.TransactionClient;

const CURRENT = { versions: { where: { supersededBy: null } } } as const satisfies Prisma.LayoutInclude;

type Row = Prisma.LayoutGetPayload<{ include: typeof CURRENT }>;

/** A layout from its rows; null when it has no current version. The document was checked when it was written. */
function fromRow({ key, versions: [version] }: Row): KeptLayout | null {
  if (version === undefined) return null;
  const { header, document } = version;
  return {
    name: key,
    header: header.length === 0 ? null : header,
    layout: layoutOfDocument(document as unknown as Layout),
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

/** Kept layouts as they stand now. */
export function createLayoutReads(prisma: PrismaClient): LayoutReads {
  return {
    async find(name) {
      const row = await prisma.layout.findUnique({ where: { key: name }, include: CURRENT });
      return row === null ? null : fromRow(row);
    },

    async list({ after, limit }) {
      const rows = await prisma.$queryRaw<{ id: number }[]>`
        select l.id
          from layout l
          join layout_version v on v.layout_id = l.id and v.superseded_by is null
         where ${after}::text is null or l.key collate "C" > ${after}
         order by l.key collate "C"
         limit ${limit + 1}`;
      const found = await prisma.layout.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, include: CURRENT });
      const byId = new Map(found.map((row) => [row.id, fromRow(row)]));
      return rows.flatMap(({ id }) => byId.get(id) ?? []);
    },
  };
}
