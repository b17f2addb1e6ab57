import type { Pool, PoolClient } from 'pg';
import {
  type DayEstimate,
  type EstimatedPart,
  type EstimateSums,
  estimateSums,
} from '../../domain/estimation/own-estimate.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { DaySpan, LocalDay } from '../../domain/local-day.ts';
import { fromMicro, toMicro } from '../../domain/micro.ts';
import { knownWhen } from '../past/known-when.ts';

const CURRENT_SUMS = `
select g.meter_id, g.day, g.quantity::text as quantity, g.minutes
from gap_estimate g
join unnest($1::integer[], $2::date[]) w(meter_id, day) on g.meter_id = w.meter_id and g.day = w.day
where g.superseded_by is null`;

type SumRow = { meter_id: number; day: LocalDay; quantity: string; minutes: number };

/** What the standing estimates of some days add to them, by meter and day. */
export async function currentEstimateSums(
  client: PoolClient,
  meterIds: readonly number[],
  days: readonly LocalDay[],
): Promise<Map<number, Map<LocalDay, EstimateSums>>> {
  const { rows } = await client.query<SumRow>(CURRENT_SUMS, [meterIds, days]);
  const sums = new Map<number, Map<LocalDay, EstimateSums>>();
  for (const { meter_id, day, quantity, minutes } of rows) {
    const own = sums.get(meter_id) ?? new Map();
    sums.set(meter_id, own.set(day, { quantityMicro: toMicro(quantity), minutes }));
  }
  return sums;
}

const estimatesWhere = (stands: string): string => `
select g.meter_id, g.day, g.resolution_minutes, g.intervals, g.parts
from gap_estimate g
where g.meter_id = any($1::integer[]) and g.day >= $2::date and g.day < $3::date and ${stands}
order by g.meter_id, g.day`;

const CURRENT_ESTIMATES = estimatesWhere('g.superseded_by is null');
const ESTIMATES_AS_OF = estimatesWhere(knownWhen('g', '$4::bigint'));

type EstimateRow = {
  meter_id: number;
  day: LocalDay;
  resolution_minutes: number;
  intervals: (number | null)[];
  parts: EstimatedPart[];
};

/** The estimates of some meters that stand, or stood at a clock reading, by meter, in the order of days. */
export async function knownEstimates(
  db: Pool | PoolClient,
  meterIds: readonly number[],
  { start, end }: DaySpan,
  atSeq: string | null = null,
): Promise<Map<number, DayEstimate[]>> {
  const { rows } = await (atSeq === null
    ? db.query<EstimateRow>(CURRENT_ESTIMATES, [meterIds, start, end])
    : db.query<EstimateRow>(ESTIMATES_AS_OF, [meterIds, start, end, atSeq]));
  const estimateOf = ({ day, resolution_minutes, intervals, parts }: EstimateRow): DayEstimate => ({
    day,
    resolutionMinutes: resolution_minutes,
    values: intervals,
    parts,
  });
  const byMeter = groupBy(rows, (row) => row.meter_id);
  return new Map([...byMeter].map(([meterId, own]) => [meterId, own.map(estimateOf)]));
}

const INSERT_ESTIMATES = `
insert into gap_estimate (meter_id, day, change_id, resolution_minutes, intervals, quantity, minutes, parts)
select g.meter_id, g.day, $8::bigint, g.resolution_minutes, g.intervals::double precision[], g.quantity, g.minutes, g.parts
from unnest($1::integer[], $2::date[], $3::smallint[], $4::text[], $5::numeric[], $6::smallint[], $7::jsonb[])
  as g(meter_id, day, resolution_minutes, intervals, quantity, minutes, parts)`;

const END_ESTIMATES = `
update gap_estimate g set superseded_by = $3::bigint
from unnest($1::integer[], $2::date[]) w(meter_id, day)
where g.meter_id = w.meter_id and g.day = w.day and g.superseded_by is null`;

/** Ends the standing estimates of some days. */
export async function endEstimates(
  client: PoolClient,
  days: readonly { meterId: number; day: LocalDay }[],
  changeId: string,
): Promise<void> {
  await client.query(END_ESTIMATES, [days.map(({ meterId }) => meterId), days.map(({ day }) => day), changeId]);
}

/** An estimate with whose it is. */
export type MeterEstimate = { meterId: number; estimate: DayEstimate };

/** Writes estimates; those that stood for the same days have ended before. */
export async function insertEstimates(
  client: PoolClient,
  estimates: readonly MeterEstimate[],
  changeId: string,
): Promise<void> {
  if (estimates.length === 0) return;
  const sums = estimates.map(({ estimate }) => estimateSums(estimate));
  await client.query(INSERT_ESTIMATES, [
    estimates.map(({ meterId }) => meterId),
    estimates.map(({ estimate }) => estimate.day),
    estimates.map(({ estimate }) => estimate.resolutionMinutes),
    estimates.map(({ estimate }) => `{${estimate.values.map((value) => value ?? 'NULL').join(',')}}`),
    sums.map(({ quantityMicro }) => fromMicro(quantityMicro)),
    sums.map(({ minutes }) => minutes),
    estimates.map(({ estimate }) => JSON.stringify(estimate.parts)),
    changeId,
  ]);
}
