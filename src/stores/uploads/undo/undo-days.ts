import type { PoolClient } from 'pg';
import { type DayVersion, type UndoLog, undoDay } from '../../../domain/day-history.ts';
import type { LocalDay } from '../../../domain/local-day.ts';
import { type MeterDay, meterDayOf } from '../../../domain/settle-meter.ts';
import { STAGE_COLUMNS, stageDays } from '../../readings/stage.ts';

/** A kept profile in full: the values that differ are laid over those of the version after it. */
const FULL_PROFILE = `
case when r.positions is null then r.intervals else array(
  select case when p.at is null then d.intervals[g] else r.intervals[p.at] end
  from generate_subscripts(d.intervals, 1) g cross join lateral (select array_position(r.positions, g::smallint) as at) p
  order by g) end`;

/**
 * The plain case, in the database: the change wrote what stands now, and before it there was nothing, or intervals that no
 * undone upload had a part in.
 */
const STAGE_PLAIN_DAYS = `
insert into meter_day_stage (${STAGE_COLUMNS})
select d.meter_id, d.day, r.resolution_minutes, r.quality, ${FULL_PROFILE}, (r.quantity * 1000000)::bigint,
  (r.estimated_quantity * 1000000)::bigint, coalesce(r.actual_minutes, 0), coalesce(r.estimated_minutes, 0),
  coalesce(r.origin, 1), null
from meter_day d
left join meter_day_revision r on r.meter_id = d.meter_id and r.day = d.day and r.superseded_by = $1
where d.change_id = $1 and d.meter_id = any($2::integer[]) and (r.meter_id is null or r.origin = 1)
  and not exists (
    select 1 from meter_day_revision o
    where o.meter_id = d.meter_id and o.day = d.day and o.change_id = any($3::bigint[]))`;

/** Every other day that the change wrote. */
const OTHER_DAYS = `
select w.meter_id, w.day
from (
  select d.meter_id, d.day from meter_day d where d.change_id = $1 and d.meter_id = any($2::integer[])
  union
  select r.meter_id, r.day from meter_day_revision r
  where r.change_id = $1 and r.superseded_by > $1 and r.meter_id = any($2::integer[])
) w
where not exists (select 1 from meter_day_stage i where i.meter_id = w.meter_id and i.day = w.day)
order by 1, 2`;

const VERSIONS = `
select d.meter_id, d.day, d.change_id, d.resolution_minutes, d.quality, null::smallint[] as positions, d.intervals,
  null::bigint as superseded_by
from meter_day d join unnest($1::integer[], $2::date[]) w(meter_id, day) on d.meter_id = w.meter_id and d.day = w.day
union all
select r.meter_id, r.day, r.change_id, r.resolution_minutes, r.quality, r.positions, r.intervals, r.superseded_by
from meter_day_revision r join unnest($1::integer[], $2::date[]) w(meter_id, day) on r.meter_id = w.meter_id and r.day = w.day
order by meter_id, day, superseded_by desc nulls first`;

const DAYS_PER_BATCH = 1_000;

type DayKey = { meter_id: number; day: LocalDay };
type VersionRow = DayKey & {
  change_id: string;
  resolution_minutes: number | null;
  quality: string | null;
  positions: number[] | null;
  intervals: (number | null)[] | null;
};

/** A day that stays, because `changeId` has changed it since. */
export type KeptDay = { meterId: number; day: LocalDay; changeId: string };

/** Lays the values that differ over the profile of the version after. */
function fullIntervals({ positions, intervals }: VersionRow, next: DayVersion | undefined): VersionRow['intervals'] {
  if (positions === null || intervals === null) return intervals;
  const full = [...(next?.profile?.values ?? [])];
  positions.forEach((position, index) => {
    full[position - 1] = intervals[index] ?? null;
  });
  return full;
}

/** The versions of the days of `rows`, which come newest first, as they were in full; oldest first. */
function historiesOf(rows: readonly VersionRow[]): (DayKey & { versions: DayVersion[] })[] {
  const histories: (DayKey & { versions: DayVersion[] })[] = [];
  for (const row of rows) {
    const { meter_id, day, change_id: changeId, resolution_minutes: resolutionMinutes, quality } = row;
    let own = histories.at(-1);
    if (own === undefined || own.meter_id !== meter_id || own.day !== day) {
      own = { meter_id, day, versions: [] };
      histories.push(own);
    }
    const values = fullIntervals(row, own.versions[0]);
    const profile = values === null || resolutionMinutes === null ? null : { resolutionMinutes, values, quality };
    own.versions.unshift({ changeId, profile });
  }
  return histories;
}

/**
 * Stages, for the days that a change wrote, what was delivered for them before it; the days of locked meters. Quantities
 * that follow from spans are left to settling. Returns the days that another change has written since, which stay.
 */
export async function stageDaysBefore(
  client: PoolClient,
  changeId: string,
  meterIds: readonly number[],
  log: UndoLog,
): Promise<KeptDay[]> {
  await client.query(STAGE_PLAIN_DAYS, [changeId, meterIds, [...log.undone, ...log.undos]]);
  const { rows: others } = await client.query<DayKey>(OTHER_DAYS, [changeId, meterIds]);
  const kept: KeptDay[] = [];
  for (let from = 0; from < others.length; from += DAYS_PER_BATCH) {
    const batch = others.slice(from, from + DAYS_PER_BATCH);
    const { rows } = await client.query<VersionRow>(VERSIONS, [
      batch.map(({ meter_id }) => meter_id),
      batch.map(({ day }) => day),
    ]);
    const restored: MeterDay[] = [];
    for (const { meter_id: meterId, day, versions } of historiesOf(rows)) {
      const undo = undoDay(versions, changeId, log);
      if (undo.kind === 'restored') restored.push(meterDayOf(meterId, day, undo.profile));
      if (undo.kind === 'kept') kept.push({ meterId, day, changeId: undo.by });
    }
    await stageDays(client, restored);
  }
  return kept;
}
