import type { PoolClient } from 'pg';
import type { MeterDay } from '../../domain/settle-meter.ts';

/**
 * The session table that meter-days pass through on their way into the store. Files are copied into it outside any
 * transaction; small batches are inserted. `settle` marks a day that cannot be written as it is.
 */
const CREATE_STAGE = `
create temporary table if not exists meter_day_stage (
  meter_id integer not null,
  day date not null,
  resolution_minutes smallint,
  quality text,
  intervals double precision[],
  quantity_micro bigint,
  estimated_micro bigint,
  actual_minutes smallint not null,
  estimated_minutes smallint not null,
  origin smallint not null,
  line integer
) on commit preserve rows`;

/** Columns of the stage in the order in which a COPY delivers them. */
export const STAGE_COLUMNS =
  'meter_id, day, resolution_minutes, quality, intervals, quantity_micro, estimated_micro, actual_minutes, estimated_minutes, origin, line';

/** Makes an empty stage on this connection. */
export async function openStage(client: PoolClient): Promise<void> {
  await client.query(`set client_min_messages = warning; ${CREATE_STAGE}; truncate meter_day_stage`);
}

const INSERT_ROWS = `
insert into meter_day_stage (${STAGE_COLUMNS})
select r.meter_id, r.day, r.resolution_minutes, r.quality, r.intervals::double precision[], r.quantity_micro, r.estimated_micro,
  r.actual_minutes, r.estimated_minutes, r.origin, r.line
from unnest($1::integer[], $2::date[], $3::smallint[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::smallint[],
  $9::smallint[], $10::smallint[], $11::integer[])
  as r(meter_id, day, resolution_minutes, quality, intervals, quantity_micro, estimated_micro, actual_minutes,
  estimated_minutes, origin, line)`;

const arrayLiteral = (values: readonly (number | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** A meter-day on its way into the store; `line` is where it stood in a file, null otherwise. */
export type StagedDay = MeterDay & { line?: number | null };

/** Inserts meter-days into the stage. */
export async function stageDays(client: PoolClient, days: readonly StagedDay[]): Promise<void> {
  if (days.length === 0) return;
  await client.query({
    name: 'stage-days',
    text: INSERT_ROWS,
    values: [
      days.map((row) => row.meterId),
      days.map((row) => row.day),
      days.map((row) => row.profile?.resolutionMinutes ?? null),
      days.map((row) => row.profile?.quality ?? null),
      days.map((row) => (row.profile === null ? null : arrayLiteral(row.profile.values))),
      days.map((row) => row.quantityMicro?.toString() ?? null),
      days.map((row) => row.estimatedMicro?.toString() ?? null),
      days.map((row) => row.actualMinutes),
      days.map((row) => row.estimatedMinutes),
      days.map((row) => row.origin),
      days.map((row) => row.line ?? null),
    ],
  });
}
