import type pg from 'pg';
import { Decimal } from '../domain/decimal.ts';
import type { DayEstimate, EstimatedPart } from '../domain/estimation/own-estimate.ts';
import type { DaySpan, LocalDay } from '../domain/local-day.ts';
import { ORIGIN_NAMES, type StoredDay } from '../domain/stored-readings.ts';

const STORED_DAYS = `
select d.day, d.origin, d.quantity, d.estimated_quantity, d.actual_minutes, d.estimated_minutes, d.resolution_minutes,
  d.quality, d.intervals, g.resolution_minutes as estimate_resolution, g.intervals as estimate_intervals, g.parts as estimate_parts
from meter m
join meter_day d on d.meter_id = m.id
left join gap_estimate g on g.meter_id = d.meter_id and g.day = d.day and g.superseded_by is null
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
  /** What this service estimates of the day; absent where it is not read. */
  estimate_resolution?: number | null;
  estimate_intervals?: (number | null)[] | null;
  estimate_parts?: EstimatedPart[] | null;
};

const decimalOrNull = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));

function estimateFromRow(row: StoredDayRow): DayEstimate | null {
  const { day, estimate_resolution: resolution, estimate_intervals: values, estimate_parts: parts } = row;
  if (resolution == null || values == null || parts == null) return null;
  return { day, resolutionMinutes: resolution, values, parts };
}

/** A stored day from its row. */
export function storedDayFromRow(row: StoredDayRow): StoredDay {
  const { day, origin, intervals, quality, resolution_minutes: resolutionMinutes } = row;
  return {
    day,
    origin: ORIGIN_NAMES[origin - 1] ?? 'interval',
    quantity: decimalOrNull(row.quantity),
    estimatedQuantity: decimalOrNull(row.estimated_quantity),
    estimate: estimateFromRow(row),
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
