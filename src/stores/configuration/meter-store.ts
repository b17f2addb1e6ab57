import type { Meter } from '../../domain/meter.ts';
import type { ContractedMeter } from '../../domain/supply/product-overlap.ts';
import type { MeterStore } from '../../services/meter-store.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { Prisma } from '../prisma-client/client.ts';
import { CURRENT_METER, fromMeterRow, toMeterVersionRow } from './meter-rows.ts';

type Tx = Prisma.TransactionClient;

/** Locks the identities of meters, ascending, in one statement. Their current state must be read in another one. */
async function lockIds(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.$queryRaw<{ id: number; key: string }[]>`
    select m.id, m.key from meter m where m.key in (${Prisma.join([...keys])}) order by m.id for no key update`;
  return new Map(rows.map(({ id, key }) => [key, id]));
}

async function current(tx: Tx, id: number) {
  const row = await tx.meter.findUniqueOrThrow({ where: { id }, include: CURRENT_METER });
  return { id, current: fromMeterRow(row) };
}

async function isCurrent(tx: Tx, id: number): Promise<boolean> {
  return (await tx.meterVersion.count({ where: { meterId: id, supersededBy: null } })) > 0;
}

async function claim(tx: Tx, key: string, parentKey: string | null) {
  if (parentKey !== null) await tx.$executeRaw`select pg_advisory_xact_lock(${ADVISORY_LOCKS.meterHierarchy})`;
  await tx.$executeRaw`insert into meter (key) values (${key}) on conflict (key) do nothing`;
  const ids = await lockIds(tx, parentKey === null ? [key] : [key, parentKey]);
  const id = ids.get(key);
  if (id === undefined) throw new Error(`Meter identity '${key}' was written but not found.`);
  const parentId = parentKey === null ? undefined : ids.get(parentKey);
  const parentExists = parentId !== undefined && (await isCurrent(tx, parentId));
  return { meter: await current(tx, id), parentId: parentExists ? parentId : null };
}

async function ancestors(tx: Tx, id: number, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    with recursive above (id, depth) as (
      select v.parent_meter_id, 1
        from meter_version v
       where v.meter_id = ${id} and v.superseded_by is null and v.parent_meter_id is not null
       union all
      select v.parent_meter_id, a.depth + 1
        from above a
        join meter_version v on v.meter_id = a.id
       where v.superseded_by is null and v.parent_meter_id is not null and a.depth < ${limit}
    )
    select m.key from above a join meter m on m.id = a.id order by a.depth`;
  return rows.map(({ key }) => key);
}

async function children(tx: Tx, id: number, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    select m.key
      from meter_version v
      join meter m on m.id = v.meter_id
     where v.parent_meter_id = ${id} and v.superseded_by is null
     order by m.key collate "C"
     limit ${limit}`;
  return rows.map(({ key }) => key);
}

async function hasReadings(tx: Tx, id: number): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`
    select exists (select from meter_day d where d.meter_id = ${id})
        or exists (select from billed_period b where b.meter_id = ${id})
        or exists (select from register_reading r where r.meter_id = ${id}) as found`;
  return row?.found === true;
}

async function end(tx: Tx, meterId: number, changeId: bigint): Promise<void> {
  await tx.meterVersion.updateMany({ where: { meterId, supersededBy: null }, data: { supersededBy: changeId } });
}

async function contracted(tx: Tx): Promise<ContractedMeter[]> {
  const rows = await tx.meterVersion.findMany({
    where: { supersededBy: null, activity: 'electricity', contracts: { not: [] } },
    select: { contracts: true, meter: { select: { key: true } } },
    orderBy: { meter: { key: 'asc' } },
  });
  return rows.map(({ contracts, meter: { key } }) => {
    return { key, contracts: contracts as unknown as ContractedMeter['contracts'] };
  });
}

/** By the rows of the tenants: an estate has few meters that are shared. */
async function sharedAt(tx: Tx, siteId: number): Promise<Meter[]> {
  const isShared = { OR: [{ floorAreaM2: { not: null } }, { share: { not: null } }] };
  const version = { supersededBy: null, tenants: { some: isShared }, placements: { some: { siteId } } };
  const rows = await tx.meter.findMany({
    where: { versions: { some: version } },
    include: CURRENT_METER,
    orderBy: { key: 'asc' },
  });
  return rows.flatMap((row) => fromMeterRow(row) ?? []);
}

/** Meters inside one transaction. */
export function createMeterStore(tx: Tx): MeterStore {
  return {
    claim: (key, parentKey) => claim(tx, key, parentKey),
    async lock(key) {
      const id = (await lockIds(tx, [key])).get(key);
      return id === undefined ? null : current(tx, id);
    },
    ancestors: (id, limit) => ancestors(tx, id, limit),
    children: (id, limit) => children(tx, id, limit),
    hasReadings: (id) => hasReadings(tx, id),
    contracted: () => contracted(tx),
    sharedAt: (siteId) => sharedAt(tx, siteId),
    async write(id, changeId, row) {
      await end(tx, id, changeId);
      await tx.meterVersion.create({ data: toMeterVersionRow(id, changeId, row) });
    },
    end: (id, changeId) => end(tx, id, changeId),
  };
}
