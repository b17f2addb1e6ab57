import type { Pool, PoolClient } from 'pg';
import { groupBy } from '../../domain/group-by.ts';
import { fromMicro, toMicro } from '../../domain/micro.ts';
import { type ArrivingRead, placeReads, type RefusedRead } from '../../domain/registers/place-reads.ts';
import { isOpening, type ReadType } from '../../domain/registers/read-types.ts';
import type { PlacedRead, RegisterMeter, StoredRead } from '../../domain/registers/register-read.ts';

/** Columns of a register read `r`. */
export const READ_COLUMNS = 'r.id, r.meter_id, r.serial, r.register, r.read_at, r.day, r.value, r.read_type';

const CURRENT_READS = `
select ${READ_COLUMNS}
from register_reading r
where r.meter_id = any($1::integer[]) and r.superseded_by is null
order by r.meter_id, r.day, r.id`;

const REGISTER_METERS = `
select v.meter_id, v.serials, v.dials, v.multiplier::text as multiplier
from meter_version v where v.meter_id = any($1::integer[]) and v.superseded_by is null`;

const SUPERSEDE_READS = 'update register_reading r set superseded_by = $2 where r.id = any($1::bigint[])';

const INSERT_READS = `
insert into register_reading (meter_id, serial, register, read_at, day, value, read_type, opening, change_id)
select r.meter_id, r.serial, r.register, r.read_at, r.day, r.value, r.read_type, r.opening, $9::bigint
from unnest($1::integer[], $2::text[], $3::text[], $4::timestamptz[], $5::date[], $6::numeric[], $7::text[], $8::boolean[])
  as r(meter_id, serial, register, read_at, day, value, read_type, opening)`;

/** A row of those columns. */
export type ReadRow = {
  id: string;
  meter_id: number;
  serial: string;
  register: string;
  read_at: Date;
  day: string;
  value: string;
  read_type: ReadType;
};

/** A read as the store holds it. */
export function readFromRow(row: ReadRow): StoredRead {
  return {
    id: row.id,
    meterId: row.meter_id,
    serial: row.serial,
    register: row.register,
    readAtMs: row.read_at.getTime(),
    day: row.day,
    valueMicro: toMicro(row.value),
    type: row.read_type,
  };
}

const byMeter = <Read extends { meterId: number }>(reads: readonly Read[]) => groupBy(reads, (read) => read.meterId);

/** The register reads that stand now, by meter. A write reads them after the meters are locked. */
export async function currentReads(
  client: Pool | PoolClient,
  meterIds: readonly number[],
): Promise<Map<number, StoredRead[]>> {
  const { rows } = await client.query<ReadRow>({ name: 'current-reads', text: CURRENT_READS, values: [meterIds] });
  return byMeter(rows.map(readFromRow));
}

/** What of meters decides how their dials are read. */
export async function registerMeters(
  client: Pick<Pool, 'query'>,
  meterIds: readonly number[],
): Promise<Map<number, RegisterMeter>> {
  if (meterIds.length === 0) return new Map();
  const { rows } = await client.query<RegisterMeter & { meter_id: number }>({
    name: 'register-meters',
    text: REGISTER_METERS,
    values: [meterIds],
  });
  return new Map(rows.map(({ meter_id: id, serials, dials, multiplier }) => [id, { serials, dials, multiplier }]));
}

async function insertReads(client: PoolClient, reads: readonly PlacedRead[], changeId: string): Promise<void> {
  if (reads.length === 0) return;
  await client.query(INSERT_READS, [
    reads.map((read) => read.meterId),
    reads.map((read) => read.serial),
    reads.map((read) => read.register),
    reads.map((read) => new Date(read.readAtMs)),
    reads.map((read) => read.day),
    reads.map((read) => fromMicro(read.valueMicro)),
    reads.map((read) => read.type),
    reads.map((read) => isOpening(read.type)),
    changeId,
  ]);
}

/** What storing register reads did; `standing` are the reads of the meters that it touched. */
export type ReadsStored = {
  written: number;
  kept: number;
  refused: RefusedRead[];
  standing: Map<number, readonly PlacedRead[]>;
};

/** Stores arriving reads beside, or instead of, those that stand. Those that contradict them are returned, not stored. */
export async function storeReads(
  client: PoolClient,
  arriving: readonly ArrivingRead[],
  stored: ReadonlyMap<number, readonly StoredRead[]>,
  meters: ReadonlyMap<number, RegisterMeter>,
  changeId: string,
): Promise<ReadsStored> {
  const result: ReadsStored = { written: 0, kept: 0, refused: [], standing: new Map() };
  const superseded: string[] = [];
  const written: PlacedRead[] = [];
  for (const [meterId, reads] of byMeter(arriving)) {
    const meter = meters.get(meterId);
    if (meter === undefined) continue;
    const before = stored.get(meterId) ?? [];
    const placed = placeReads(meter, before, reads);
    superseded.push(...placed.superseded.map(({ id }) => id));
    written.push(...placed.written);
    result.kept += placed.kept;
    result.refused.push(...placed.refused);
    result.standing.set(meterId, [...before.filter((read) => !placed.superseded.includes(read)), ...placed.written]);
  }
  if (superseded.length > 0) await client.query(SUPERSEDE_READS, [superseded, changeId]);
  await insertReads(client, written, changeId);
  result.written = written.length;
  return result;
}
