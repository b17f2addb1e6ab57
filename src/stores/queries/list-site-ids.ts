import type { LocalDay } from '../../domain/local-day.ts';
import type { PageRequest } from '../../services/page.ts';
import type { SiteFilter } from '../../services/site-store.ts';
import { standing } from '../configuration/standing.ts';
import { Prisma } from '../prisma-client/client.ts';

/** The portfolio of the version `v` that holds on a day. */
const portfolioOn = (day: LocalDay): Prisma.Sql => Prisma.sql`(
  select p.portfolio
    from site_portfolio p
   where p.site_id = v.site_id and p.change_id = v.change_id and (p.from_day is null or p.from_day <= ${day}::date)
   order by p.ordinal desc
   limit 1)`;

/**
 * Ids and versions of the sites that stand, or stood at a clock reading, and pass a filter, by key in byte order whatever the collation of the database: up to one
 * more than the page holds. The portfolio is the one that holds on `day`. Text is searched for literally, so that `%` and `_` mean themselves.
 */
export function listSiteIds(
  filter: SiteFilter,
  { after, limit }: PageRequest,
  { seq, day }: { seq: string | null; day: LocalDay },
): Prisma.Sql {
  const { category, portfolio, ward, q } = filter;
  const conditions = [
    category === null ? null : Prisma.sql`v.category = ${category}`,
    portfolio === null ? null : Prisma.sql`${portfolioOn(day)} = ${portfolio}`,
    ward === null ? null : Prisma.sql`v.ward = ${ward}`,
    q === null
      ? null
      : Prisma.sql`strpos(lower(concat_ws(e'\n', s.key, v.name, v.postcode, replace(v.postcode, ' ', ''))), lower(${q})) > 0`,
    after === null ? null : Prisma.sql`s.key collate "C" > ${after}`,
  ].filter((condition) => condition !== null);
  return Prisma.sql`
    select s.id, v.change_id
      from site s
      join site_version v on v.site_id = s.id
     where ${Prisma.join([standing(seq), ...conditions], ' and ')}
     order by s.key collate "C"
     limit ${limit + 1}`;
}
