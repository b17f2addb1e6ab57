import type pg from 'pg';
import { Decimal } from '../domain/decimal.ts';
import type { DaySpan, LocalDay } from '../domain/local-day.ts';
import { ORIGIN_NAMES, type StoredDay } from '../domain/stored-readings.ts';

const STORED_DAYS = `
select d.day, d.origin, d.quantity, d.estimated_quantity, d.actual_minutes, d.estimated_minutes, d.resolution_minutes,
  d.quality, d.intervals
from meter m
join meter_day d on d.meter_id = m.id
where m.key = $1 and d.day >= $2::date and d.day < $3::date
order by d.day`;

/** A meter-day as it is read. */
export type StoredDayRow = {
  day: LocalDay;
  origin: number;
  quantity: string | null;
  estimated_quantity: string | null;
  actual_minutes: number;
  estimated_minutes: number;
  resolution_minutes: number | null;
  quality: string | null;
  intervals: (number | null)[] | null;
};

const decimalOrNull = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));

/** A stored day from its row. */
export function storedDayFromRow(row: StoredDayRow): StoredDay {
  const { day, origin, intervals, quality, resolution_minutes: resolutionMinutes } = row;
  return {
    day,
    origin: ORIGIN_NAMES[origin - 1] ?? 'interval',
    quantity: decimalOrNull(row.quantity),
    estimatedQuantity: decimalOrNull(row.estimated_quantity),
    actualMinutes: row.actual_minutes,
    estimatedMinutes: row.estimated_minutes,
    profile:
      intervals === null || resolutionMinutes === null ? null : { resolutionMinutes, values: intervals, quality },
  };
}

/** Reads the stored days of a meter, in order. */
export function makeStoredDaysReader(pool: pg.Pool): (meter: string, span: DaySpan) => Promise<StoredDay[]> {
  return async (meter, span) => {
    const { rows } = await pool.query<StoredDayRow>({
      name: 'stored-readings',
      text: STORED_DAYS,
      values: [meter, span.start, span.end],
    });
    return rows.map(storedDayFromRow);
  };
}
