import type { PoolClient } from 'pg';
import { SPREAD_ORIGINS } from '../../domain/settle-meter.ts';
import type { TouchedMeter } from './touched-meters.ts';

/**
 * The write that loses nothing, in its five steps and in this order (docs/decisions/0004-the-write.md). It runs READ
 * COMMITTED: step 1 locks in a statement of its own, so that every later statement sees what earlier writers committed.
 * Nothing is locked after the clock.
 */

/** Step 1: the meters of the write, ascending, in one statement; never a second one later in the transaction. */
const LOCK_METERS = 'select m.id from meter m where m.id = any($1::integer[]) order by m.id for no key update';

const CHANGED = `
  (d.quantity, d.estimated_quantity, d.actual_minutes, d.estimated_minutes, d.origin, d.resolution_minutes, d.quality, d.intervals)
  is distinct from
  (i.quantity_micro * 0.000001, i.estimated_micro * 0.000001, i.actual_minutes, i.estimated_minutes, i.origin,
   i.resolution_minutes, i.quality, i.intervals)`;

/**
 * Step 2: the days that will be replaced. Sparse, unless more than half of the profile changes: 48 single posts into one
 * day would otherwise keep 47 whole profiles. A day of which nothing was known, because its upload was undone, counts as new.
 */
const KEEP_REVISIONS = `
with kept as (
insert into meter_day_revision (meter_id, day, superseded_by, change_id, origin, actual_minutes, estimated_minutes,
  resolution_minutes, quantity, estimated_quantity, quality, positions, intervals)
select d.meter_id, d.day, $1::bigint, d.change_id, d.origin, d.actual_minutes, d.estimated_minutes,
  d.resolution_minutes, d.quantity, d.estimated_quantity, d.quality,
  case when p.sparse then p.positions end,
  case when p.sparse then p.previous else d.intervals end
from meter_day_stage i
join meter_day d on d.meter_id = i.meter_id and d.day = i.day
cross join lateral (
  select coalesce(array_agg(g::smallint order by g), '{}') as positions,
    coalesce(array_agg(d.intervals[g] order by g), '{}') as previous,
    d.resolution_minutes is not distinct from i.resolution_minutes and d.intervals is not null
      and count(*) * 2 <= cardinality(d.intervals) as sparse
  from generate_subscripts(d.intervals, 1) g
  where d.intervals[g] is distinct from i.intervals[g]
) p
where ${CHANGED}
returning quantity is not null or intervals is not null as was_known)
select count(*) filter (where k.was_known)::int as changed from kept k`;

/** Step 3: new or changed days only. An upsert that updates nothing still locks and dirties every unchanged row. */
const UPSERT_DAYS = `
with written as (
insert into meter_day as t (meter_id, day, change_id, origin, actual_minutes, estimated_minutes, resolution_minutes,
  quantity, estimated_quantity, quality, intervals)
select i.meter_id, i.day, $1::bigint, i.origin, i.actual_minutes, i.estimated_minutes, i.resolution_minutes,
  i.quantity_micro * 0.000001, i.estimated_micro * 0.000001, i.quality, i.intervals
from meter_day_stage i
left join meter_day d on d.meter_id = i.meter_id and d.day = i.day
where d.meter_id is null or ${CHANGED}
order by 1, 2
on conflict (meter_id, day) do update set change_id = excluded.change_id, origin = excluded.origin,
  actual_minutes = excluded.actual_minutes, estimated_minutes = excluded.estimated_minutes,
  resolution_minutes = excluded.resolution_minutes, quantity = excluded.quantity,
  estimated_quantity = excluded.estimated_quantity, quality = excluded.quality, intervals = excluded.intervals
returning t.meter_id, t.day)
select m.key as meter, min(w.day) as first, max(w.day) as last, count(*)::int as days
from written w join meter m on m.id = w.meter_id
group by m.key`;

/** Step 4: the touched months, from their days, and the extents of the meters. */
const RECOMPUTE_MONTHS = `
insert into meter_month as t (meter_id, month, change_id, actual_minutes, estimated_minutes, quantity, estimated_quantity, spread_quantity)
select d.meter_id, c.month, $1::bigint, sum(d.actual_minutes), sum(d.estimated_minutes), sum(d.quantity), sum(d.estimated_quantity),
  sum(d.quantity) filter (where d.origin in (${SPREAD_ORIGINS.join(', ')}))
from (select distinct i.meter_id, date_trunc('month', i.day::timestamp)::date as month from meter_day_stage i) c
join meter_day d on d.meter_id = c.meter_id and d.day >= c.month and d.day < (c.month + interval '1 month')::date
group by d.meter_id, c.month
order by 1, 2
on conflict (meter_id, month) do update set change_id = excluded.change_id, actual_minutes = excluded.actual_minutes,
  estimated_minutes = excluded.estimated_minutes, quantity = excluded.quantity,
  estimated_quantity = excluded.estimated_quantity, spread_quantity = excluded.spread_quantity
where (t.quantity, t.estimated_quantity, t.actual_minutes, t.estimated_minutes, t.spread_quantity) is distinct from
  (excluded.quantity, excluded.estimated_quantity, excluded.actual_minutes, excluded.estimated_minutes, excluded.spread_quantity)`;

const RECOMPUTE_EXTENTS = `
insert into meter_extent as t (meter_id, first_day, last_day)
select c.meter_id, f.day, l.day
from (select distinct i.meter_id from meter_day_stage i) c
cross join lateral (select d.day from meter_day d where d.meter_id = c.meter_id and d.quantity is not null order by d.day limit 1) f
cross join lateral (select d.day from meter_day d where d.meter_id = c.meter_id and d.quantity is not null order by d.day desc limit 1) l
order by 1
on conflict (meter_id) do update set first_day = excluded.first_day, last_day = excluded.last_day
where (t.first_day, t.last_day) is distinct from (excluded.first_day, excluded.last_day)`;

const DROP_EMPTY_EXTENTS = `
delete from meter_extent e
where e.meter_id in (select i.meter_id from meter_day_stage i where i.quantity_micro is null)
  and not exists (select 1 from meter_day d where d.meter_id = e.meter_id and d.quantity is not null)`;

/** Estimates of this service end with the first change of their day; a new one is written after this. */
const END_ESTIMATES = `
update gap_estimate g set superseded_by = $1::bigint
from meter_day_stage i
join meter_day d on d.meter_id = i.meter_id and d.day = i.day
where g.superseded_by is null and g.meter_id = i.meter_id and g.day = i.day and d.change_id = $1::bigint`;

/** Step 1 of the write. Every reader of evidence that decides what is written comes after it. */
export async function lockMeters(client: PoolClient, meterIds: readonly number[]): Promise<void> {
  await client.query({ name: 'lock-meters', text: LOCK_METERS, values: [meterIds] });
}

const COUNT_DAYS = `
select count(*) filter (where d.meter_id is null)::int as new,
  count(*) filter (where d.meter_id is not null and ${CHANGED})::int as changed, count(*)::int as staged
from meter_day_stage i
left join meter_day d on d.meter_id = i.meter_id and d.day = i.day`;

/** What \`writeStagedDays\` would do now, without doing it. */
export async function countStagedDays(
  client: PoolClient,
): Promise<Omit<DaysWritten, 'touched'> & { daysUnchanged: number }> {
  const { rows } = await client.query<{ new: number; changed: number; staged: number }>(COUNT_DAYS);
  const { new: daysNew, changed: daysChanged, staged } = rows[0] ?? { new: 0, changed: 0, staged: 0 };
  return { daysNew, daysChanged, daysUnchanged: staged - daysNew - daysChanged };
}

/** What a write did to meter-days; `touched` are its meters with the days of theirs that are new or changed. */
export type DaysWritten = { daysNew: number; daysChanged: number; touched: readonly TouchedMeter[] };

/**
 * Steps 2 to 4 over the staged days of locked meters; step 5, the clock, belongs to the caller, in the same round trip
 * as COMMIT. Writes nothing, months included, where every staged day is stored already.
 */
export async function writeStagedDays(client: PoolClient, changeId: string): Promise<DaysWritten> {
  const revisions = await client.query<{ changed: number }>(KEEP_REVISIONS, [changeId]);
  const { rows: touched } = await client.query<TouchedMeter & { days: number }>(UPSERT_DAYS, [changeId]);
  const daysChanged = revisions.rows[0]?.changed ?? 0;
  const written = touched.reduce((sum, { days }) => sum + days, 0);
  if (written === 0) return { daysNew: 0, daysChanged: 0, touched };
  await client.query(END_ESTIMATES, [changeId]);
  await client.query(RECOMPUTE_MONTHS, [changeId]);
  await client.query(RECOMPUTE_EXTENTS);
  await client.query(DROP_EMPTY_EXTENTS);
  return { daysNew: written - daysChanged, daysChanged, touched };
}
