import type pg from 'pg';
import { minutesOfDay } from '../../domain/calendar.ts';
import { Decimal } from '../../domain/decimal.ts';
import { addDays, type DaySpan, type LocalDay } from '../../domain/local-day.ts';
import { type MeasuredSpan, spanName, type WeatherEvidence } from '../../domain/weather/fit-points.ts';

/** Value of `meter_day.origin` of a day that is measured by its own intervals. */
export const INTERVAL_ORIGIN = 1;
const WHOLE_DAY_MINUTES = 1440;

/** The days of a span on which the clocks change, which are shorter or longer than others. */
export function changedDays({ start, end }: DaySpan): { day: LocalDay; minutes: number }[] {
  const changed: { day: LocalDay; minutes: number }[] = [];
  for (let day = start; day < end; day = addDays(day, 1)) {
    const minutes = minutesOfDay(day);
    if (minutes !== WHOLE_DAY_MINUTES) changed.push({ day, minutes });
  }
  return changed;
}

/** What makes a row `d` of days whole and actual; `dates` and `minutes` are the parameters of the days of other lengths. */
export function isActualSql(d: string, dates: string, minutes: string): string {
  return `${d}.quantity is not null and ${d}.estimated_minutes = 0
    and ${d}.actual_minutes >= coalesce((${minutes}::integer[])[array_position(${dates}::date[], ${d}.day)], ${WHOLE_DAY_MINUTES})`;
}

/** By the index of each span: joined to the list of spans, PostgreSQL sorted every day of the meters (docs/performance.md). */
const TOTALS = `
select s.number::integer - 1 as number, t.quantity
from unnest($1::integer[], $2::date[], $3::date[]) with ordinality as s(meter_id, start_day, end_day, number)
cross join lateral (
  select sum(d.quantity) as quantity, count(*) as days
  from meter_day d
  where d.meter_id = s.meter_id and d.day >= s.start_day and d.day < s.end_day and ${isActualSql('d', '$4', '$5')}
) t
where t.days = s.end_day - s.start_day`;

const WITH_INTERVALS = `
select m.meter_id
from unnest($1::integer[]) as m(meter_id)
where exists (
  select from meter_day d
  where d.meter_id = m.meter_id and d.day >= $2::date and d.day < $3::date and d.origin = ${INTERVAL_ORIGIN}
)`;

/**
 * What meters used in the spans of their bills and register readings, of those that have no day measured by itself, with the
 * meters that have some. A portfolio has many days, and of these meters only the totals are evidence.
 */
export async function measuredSpans(
  pool: pg.Pool,
  spans: ReadonlyMap<number, readonly MeasuredSpan[]>,
  meterIds: readonly number[],
  period: DaySpan,
): Promise<{ evidence: Map<number, WeatherEvidence>; withIntervals: number[] }> {
  if (meterIds.length === 0) return { evidence: new Map(), withIntervals: [] };
  const asked = await pool.query<{ meter_id: number }>(WITH_INTERVALS, [meterIds, period.start, period.end]);
  const withIntervals = asked.rows.map((row) => row.meter_id);
  const mixed = new Set(withIntervals);
  const own = meterIds.filter((id) => !mixed.has(id));
  const listed = own.flatMap((id) =>
    (spans.get(id) ?? [])
      .filter(({ start, end }) => period.start <= start && end <= period.end)
      .map(({ start, end }) => ({ id, start, end })),
  );
  const changed = changedDays(period);
  const { rows } = await pool.query<{ number: number; quantity: string }>(TOTALS, [
    listed.map(({ id }) => id),
    listed.map(({ start }) => start),
    listed.map(({ end }) => end),
    changed.map(({ day }) => day),
    changed.map(({ minutes }) => minutes),
  ]);
  const totals = new Map<number, Map<string, Decimal>>(own.map((id) => [id, new Map()]));
  for (const { number, quantity } of rows) {
    const span = listed[number];
    if (span !== undefined) totals.get(span.id)?.set(spanName(span), new Decimal(quantity));
  }
  const evidence = [...totals].map(([id, found]): [number, WeatherEvidence] => {
    return [id, { days: new Map(), spans: spans.get(id) ?? [], totals: found }];
  });
  return { evidence: new Map(evidence), withIntervals };
}
