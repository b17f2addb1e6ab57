import type pg from 'pg';
import { Decimal } from '../../domain/decimal.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { DaySpan, LocalDay } from '../../domain/local-day.ts';
import type { MeasuredMonth } from '../../domain/weather/fit-points.ts';
import { changedDays, INTERVAL_ORIGIN, isActualSql } from './measured-spans.ts';

/** Days that are measured whole by their own intervals, by month; which they are is said of months that lack some. */
const MONTHS = (days: string): string => `
select m.meter_id, m.month, m.days, m.quantity,
  case when m.days < least((m.month + interval '1 month')::date, $3::date) - greatest(m.month, $2::date) then m.listed end as listed
from (
  select f.meter_id, date_trunc('month', f.day::timestamp)::date as month, count(*)::int as days, sum(f.quantity) as quantity,
    array_agg(f.day::text order by f.day) as listed
  from (${days}) f
  where f.origin = ${INTERVAL_ORIGIN} and ${isActualSql('f', '$4', '$5')}
  group by 1, 2
) m`;

type Row = { meter_id: number; month: LocalDay; days: number; quantity: string; listed: LocalDay[] | null };

/**
 * What meters measured by month over a span. `days` is the statement of their days, of the parameters 1 (meters), 2 and 3
 * (the span) and, where `atSeq` is given, 6 (a clock reading).
 */
export async function measuredMonths(
  pool: pg.Pool,
  days: string,
  meterIds: readonly number[],
  span: DaySpan,
  atSeq: string | null,
): Promise<Map<number, Map<LocalDay, MeasuredMonth>>> {
  const changed = changedDays(span);
  const dates = changed.map(({ day }) => day);
  const values = [meterIds, span.start, span.end, dates, changed.map(({ minutes }) => minutes)];
  const { rows } = await pool.query<Row>(MONTHS(days), atSeq === null ? values : [...values, atSeq]);
  const byMeter = groupBy(rows, (row) => row.meter_id);
  return new Map(
    [...byMeter].map(([meterId, own]) => [
      meterId,
      new Map(
        own.map(({ month, quantity, ...row }): [LocalDay, MeasuredMonth] => [
          month,
          { days: row.days, quantity: new Decimal(quantity), listed: row.listed },
        ]),
      ),
    ]),
  );
}
