import type pg from 'pg';
import { groupBy } from '../../domain/group-by.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import { type DayState, oldestState } from '../../domain/rebuild-day.ts';
import type { StoredDay } from '../../domain/stored-readings.ts';
import { type StoredDayRow, storedDayFromRow } from '../stored-days-reader.ts';
import { isLater, laterChanges } from './days-as-of.ts';

/**
 * The state of each day at a clock reading, and before it the later states that it must be read against, newest first: the
 * stored day, then what was replaced, or ended, since. Where the oldest of them came later still, there was no day.
 */
const statesOf = (meters: string): string => `
with ${laterChanges('$4::bigint')}
select m.id as meter_id, d.day, d.origin, d.quantity, d.estimated_quantity, d.actual_minutes, d.estimated_minutes, d.resolution_minutes,
  d.quality, null::smallint[] as positions, d.intervals, not ${isLater('d.change_id')} as stood, null::bigint as superseded_by
from meter m
join meter_day d on d.meter_id = m.id
where ${meters} and d.day >= $2::date and d.day < $3::date
union all
select m.id, r.day, r.origin, r.quantity, r.estimated_quantity, r.actual_minutes, r.estimated_minutes, r.resolution_minutes,
  r.quality, r.positions, r.intervals, not ${isLater('r.change_id')}, r.superseded_by
from meter m
join meter_day_revision r on r.meter_id = m.id
where ${meters} and r.day >= $2::date and r.day < $3::date and ${isLater('r.superseded_by')}
order by meter_id, day, superseded_by desc nulls first`;

const STATES_OF_KEY = statesOf('m.key = $1');
const STATES_OF_IDS = statesOf('m.id = any($1::integer[])');

type StateRow = StoredDayRow & { meter_id: number; positions: number[] | null; stood: boolean };

function stateFromRow(row: StateRow): DayState {
  return { ...storedDayFromRow(row), positions: row.positions };
}

/** The days that stood, from rows by day, newest state first. */
function daysThatStood(rows: readonly StateRow[]): StoredDay[] {
  const days: StoredDay[] = [];
  let states: DayState[] = [];
  rows.forEach((row, index) => {
    const isLast = rows[index + 1]?.day !== row.day;
    if (isLast && states.length === 0) {
      // Most days have one state, which is whole.
      if (row.stood) days.push(storedDayFromRow(row));
      return;
    }
    states.push(stateFromRow(row));
    if (!isLast) return;
    const oldest = row.stood ? oldestState(states) : null;
    if (oldest !== null) days.push(oldest);
    states = [];
  });
  return days;
}

/** Reads a meter's days as they stood at a clock reading, in order. */
export function storedDaysAsOf(pool: pg.Pool, seq: string): (meter: string, span: DaySpan) => Promise<StoredDay[]> {
  return async (meter, span) => {
    const { rows } = await pool.query<StateRow>(STATES_OF_KEY, [meter, span.start, span.end, seq]);
    return daysThatStood(rows);
  };
}

/** Reads the days of some meters as they stood at a clock reading, by meter and in order. */
export async function storedDaysOfMeters(
  pool: pg.Pool,
  seq: string,
  meterIds: readonly number[],
  span: DaySpan,
): Promise<Map<number, StoredDay[]>> {
  const { rows } = await pool.query<StateRow>(STATES_OF_IDS, [meterIds, span.start, span.end, seq]);
  const byMeter = groupBy(rows, (row) => row.meter_id);
  return new Map([...byMeter].map(([meterId, own]) => [meterId, daysThatStood(own)]));
}
