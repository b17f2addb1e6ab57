import type { MeterFilter } from '../../services/meter-store.ts';
import type { PageRequest } from '../../services/page.ts';
import { standing } from '../configuration/standing.ts';
import { Prisma } from '../prisma-client/client.ts';

/**
 * Ids and versions of the meters that stand, or stood at a clock reading, and pass a filter, by key in byte order whatever the collation of the database: up to one
 * more than the page holds.
 */
export function listMeterIds(filter: MeterFilter, { after, limit }: PageRequest, seq: string | null): Prisma.Sql {
  const { site, activity, kind, direction } = filter;
  const conditions = [
    activity === null ? null : Prisma.sql`v.activity = ${activity}`,
    kind === null ? null : Prisma.sql`v.kind = ${kind}`,
    direction === null ? null : Prisma.sql`v.direction = ${direction}`,
    site === null
      ? null
      : Prisma.sql`exists (
             select from meter_placement p
               join site s on s.id = p.site_id
              where p.meter_id = v.meter_id and p.change_id = v.change_id and s.key = ${site})`,
    after === null ? null : Prisma.sql`m.key collate "C" > ${after}`,
  ].filter((condition) => condition !== null);
  return Prisma.sql`
    select m.id, v.change_id
      from meter m
      join meter_version v on v.meter_id = m.id
     where ${Prisma.join([standing(seq), ...conditions], ' and ')}
     order by m.key collate "C"
     limit ${limit + 1}`;
}
