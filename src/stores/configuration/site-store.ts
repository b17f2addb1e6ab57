import type { Site } from '../../domain/site.ts';
import type { SiteStore } from '../../services/site-store.ts';
import { Prisma } from '../prisma-client/client.ts';
import { CURRENT_SITE, fromSiteRow, toSiteVersionRow } from './site-rows.ts';

type Tx = Prisma.TransactionClient;

async function lock(tx: Tx, key: string) {
  const [row] = await tx.$queryRaw<{ id: number }[]>`select s.id from site s where s.key = ${key} for no key update`;
  if (row === undefined) return null;
  // A statement of its own: it must see what the former holder of the lock committed.
  const site = await tx.site.findUniqueOrThrow({ where: { id: row.id }, include: CURRENT_SITE });
  return { id: row.id, current: fromSiteRow(site) };
}

async function end(tx: Tx, siteId: number, changeId: bigint): Promise<void> {
  await tx.siteVersion.updateMany({ where: { siteId, supersededBy: null }, data: { supersededBy: changeId } });
}

async function meterKeys(tx: Tx, siteId: number, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    select m.key
      from meter m
     where exists (
             select from meter_version v
               join meter_placement p on p.meter_id = v.meter_id and p.change_id = v.change_id
              where v.meter_id = m.id and v.superseded_by is null and p.site_id = ${siteId})
     order by m.key collate "C"
     limit ${limit}`;
  return rows.map(({ key }) => key);
}

async function certificateNumbers(tx: Tx, siteId: number, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ rrn: string }[]>`
    select k.rrn
      from energy_certificate k
     where k.site_id = ${siteId} and k.superseded_by is null
     order by k.rrn collate "C"
     limit ${limit}`;
  return rows.map(({ rrn }) => rrn);
}

async function hold(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map();
  // `for share` meets the lock of a deletion, so that a site cannot go between this and the commit.
  await tx.$queryRaw`select s.id from site s where s.key in (${Prisma.join([...keys])}) order by s.id for share`;
  const rows = await tx.site.findMany({
    where: { key: { in: [...keys] }, versions: { some: { supersededBy: null } } },
    select: { id: true, key: true },
  });
  return new Map(rows.map(({ id, key }) => [key, id]));
}

async function known(tx: Tx, ids: readonly number[]): Promise<Site[]> {
  const rows = await tx.site.findMany({ where: { id: { in: [...ids] } }, include: CURRENT_SITE });
  return rows.flatMap((row) => fromSiteRow(row) ?? []);
}

/** Sites inside one transaction. */
export function createSiteStore(tx: Tx): SiteStore {
  return {
    async claim(key) {
      await tx.$executeRaw`insert into site (key) values (${key}) on conflict (key) do nothing`;
      const locked = await lock(tx, key);
      if (locked === null) throw new Error(`Site identity '${key}' was written but not found.`);
      return locked;
    },
    lock: (key) => lock(tx, key),
    async write(id, changeId, site) {
      await end(tx, id, changeId);
      await tx.siteVersion.create({ data: toSiteVersionRow(id, changeId, site) });
    },
    end: (id, changeId) => end(tx, id, changeId),
    meterKeys: (id, limit) => meterKeys(tx, id, limit),
    certificateNumbers: (id, limit) => certificateNumbers(tx, id, limit),
    hold: (keys) => hold(tx, keys),
    known: (ids) => known(tx, ids),
  };
}
