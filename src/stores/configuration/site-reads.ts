import type { SiteReads } from '../../services/site-store.ts';
import type { PrismaClient } from '../prisma-client/client.ts';
import { Prisma } from '../prisma-client/client.ts';
import { listSiteIds } from '../queries/list-site-ids.ts';
import { refusing } from '../refusing.ts';
import { CURRENT_SITE, fromSiteRow } from './site-rows.ts';
import { inOrder, ofChanges, type StandingRow, standing } from './standing.ts';

/** Sites as they stand now, or stood at a clock reading. */
export function createSiteReads(prisma: PrismaClient): SiteReads {
  const read = async (query: Prisma.Sql) => {
    const found = await prisma.$queryRaw<StandingRow[]>(query);
    const { include } = CURRENT_SITE.versions;
    const rows = await prisma.site.findMany({
      where: { id: { in: found.map(({ id }) => id) } },
      include: { versions: { where: ofChanges(found), include } },
    });
    return inOrder(rows, found, fromSiteRow);
  };
  return refusing({
    async find(key, seq) {
      const [site] = await read(Prisma.sql`
        select s.id, v.change_id
          from site s
          join site_version v on v.site_id = s.id
         where s.key = ${key} and ${standing(seq)}`);
      return site ?? null;
    },

    list: (filter, page, known) => read(listSiteIds(filter, page, known)),
  });
}
