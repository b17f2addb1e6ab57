import type { SiteReads } from '../../services/site-store.ts';
import type { PrismaClient } from '../prisma-client/client.ts';
import { listSiteIds } from '../queries/list-site-ids.ts';
import { refusing } from '../refusing.ts';
import { CURRENT_SITE, fromSiteRow } from './site-rows.ts';

/** Sites as they stand now. */
export function createSiteReads(prisma: PrismaClient): SiteReads {
  return refusing({
    async find(key) {
      const row = await prisma.site.findUnique({ where: { key }, include: CURRENT_SITE });
      return row === null ? null : fromSiteRow(row);
    },

    async list(filter, page) {
      const ids = (await prisma.$queryRaw<{ id: number }[]>(listSiteIds(filter, page))).map(({ id }) => id);
      const rows = await prisma.site.findMany({ where: { id: { in: ids } }, include: CURRENT_SITE });
      const byId = new Map(rows.map((row) => [row.id, fromSiteRow(row)]));
      // A site that was deleted between the two statements is left out.
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
  });
}
