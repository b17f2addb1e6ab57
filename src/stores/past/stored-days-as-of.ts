import type pg from 'pg';
import type { DaySpan } from '../../domain/local-day.ts';
import { type DayState, oldestState } from '../../domain/rebuild-day.ts';
import type { StoredDay } from '../../domain/stored-readings.ts';
import { type StoredDayRow, storedDayFromRow } from '../stored-days-reader.ts';
import { isLater, laterChanges } from './days-as-of.ts';

/**
 * The state of each day at a clock reading, and before it the later states that it must be read against, newest first: the
 * stored day, then what was replaced, or ended, since. Where the oldest of them came later still, there was no day.
 */
const STATES = `
with ${laterChanges('$4::bigint')}
select d.day, d.origin, d.quantity, d.estimated_quantity, d.actual_minutes, d.estimated_minutes, d.resolution_minutes,
  d.quality, null::smallint[] as positions, d.intervals, not ${isLater('d.change_id')} as stood, null::bigint as superseded_by
from meter m
join meter_day d on d.meter_id = m.id
where m.key = $1 and d.day >= $2::date and d.day < $3::date
union all
select r.day, r.origin, r.quantity, r.estimated_quantity, r.actual_minutes, r.estimated_minutes, r.resolution_minutes,
  r.quality, r.positions, r.intervals, not ${isLater('r.change_id')}, r.superseded_by
from meter m
join meter_day_revision r on r.meter_id = m.id
where m.key = $1 and r.day >= $2::date and r.day < $3::date and ${isLater('r.superseded_by')}
order by day, superseded_by desc nulls first`;

type StateRow = StoredDayRow & { positions: number[] | null; stood: boolean };

function stateFromRow(row: StateRow): DayState {
  return { ...storedDayFromRow(row), positions: row.positions };
}

/** The days that stood, from rows by day, newest state first. */
function daysThatStood(rows: readonly StateRow[]): StoredDay[] {
  const days: StoredDay[] = [];
  let states: DayState[] = [];
  rows.forEach((row, index) => {
    states.push(stateFromRow(row));
    if (rows[index + 1]?.day === row.day) return;
    const oldest = row.stood ? oldestState(states) : null;
    if (oldest !== null) days.push(oldest);
    states = [];
  });
  return days;
}

/** Reads a meter's days as they stood at a clock reading, in order. */
export function storedDaysAsOf(pool: pg.Pool, seq: string): (meter: string, span: DaySpan) => Promise<StoredDay[]> {
  return async (meter, span) => {
    const { rows } = await pool.query<StateRow>(STATES, [meter, span.start, span.end, seq]);
    return daysThatStood(rows);
  };
}
