import type { PageRequest } from '../../services/page.ts';
import type { SiteFilter } from '../../services/site-store.ts';
import { Prisma } from '../prisma-client/client.ts';

/**
 * Ids of the current sites that pass a filter, by key in byte order whatever the collation of the database: up to one
 * more than the page holds. Text is searched for literally, so that `%` and `_` mean themselves.
 */
export function listSiteIds(filter: SiteFilter, { after, limit }: PageRequest): Prisma.Sql {
  const { category, portfolio, ward, q } = filter;
  const conditions = [
    category === null ? null : Prisma.sql`v.category = ${category}`,
    portfolio === null ? null : Prisma.sql`v.portfolio = ${portfolio}`,
    ward === null ? null : Prisma.sql`v.ward = ${ward}`,
    q === null
      ? null
      : Prisma.sql`strpos(lower(concat_ws(e'\n', s.key, v.name, v.postcode, replace(v.postcode, ' ', ''))), lower(${q})) > 0`,
    after === null ? null : Prisma.sql`s.key collate "C" > ${after}`,
  ].filter((condition) => condition !== null);
  return Prisma.sql`
    select s.id
      from site s
      join site_version v on v.site_id = s.id
     where ${Prisma.join([Prisma.sql`v.superseded_by is null`, ...conditions], ' and ')}
     order by s.key collate "C"
     limit ${limit + 1}`;
}
