import { startOfDayMs } from '../../domain/calendar.ts';
import { addDays, addMonths, dayNumber, type LocalDay, monthStart } from '../../domain/local-day.ts';
import type { UsageRequest } from '../../domain/usage.ts';

/**
 * Sums of meter-days by stream and cell, and what completeness needs. Month sums serve the months that lie whole within
 * a segment and a cell; other days come from meter_day. `$7` maps a day of the request (0-based) to its cell, `$9` a cell
 * to its bucket, `$10` a day to the minutes elapsed since the request's first day, so that expected minutes need no zone
 * arithmetic in SQL.
 */
const FACTS = `
with seg as (
  select s.ord::integer as ord, s.stream, s.meter_id, s.start_day, s.end_day, s.month_start, s.month_end
  from unnest($1::integer[], $2::integer[], $3::date[], $4::date[], $5::date[], $6::date[])
    with ordinality as s(meter_id, stream, start_day, end_day, month_start, month_end, ord)
), fact as (
  select s.ord, ($7::integer[])[m.month - $8::date + 1] as cell, m.quantity, m.estimated_quantity, m.actual_minutes, m.estimated_minutes
  from seg s
  join meter_month m on m.meter_id = s.meter_id and m.month >= s.month_start and m.month < s.month_end
  union all
  select s.ord, ($7::integer[])[d.day - $8::date + 1], d.quantity, d.estimated_quantity, d.actual_minutes, d.estimated_minutes
  from seg s
  cross join lateral (values (s.start_day, s.month_start), (s.month_end, s.end_day)) as p(start_day, end_day)
  join meter_day d on d.meter_id = s.meter_id and d.day >= p.start_day and d.day < p.end_day
  where p.start_day < p.end_day
), by_cell as materialized (
  select f.ord, f.cell, sum(f.quantity) as quantity, coalesce(sum(f.estimated_quantity), 0) as estimated,
    sum(f.actual_minutes) as actual_minutes, sum(f.estimated_minutes) as estimated_minutes
  from fact f
  group by f.ord, f.cell
)`;

const BY_BUCKET = `
, by_bucket as (
  select c.ord, ($9::integer[])[c.cell + 1] as bucket, sum(c.quantity) as quantity, sum(c.estimated) as estimated,
    sum(c.actual_minutes) as actual_minutes, sum(c.estimated_minutes) as estimated_minutes
  from by_cell c
  group by 1, 2
), overall as (
  select c.ord, -1 as bucket, sum(c.quantity) as quantity, sum(c.estimated) as estimated,
    sum(c.actual_minutes) as actual_minutes, sum(c.estimated_minutes) as estimated_minutes
  from by_cell c
  group by c.ord
)`;

/** Minutes expected of a segment within the days [from, to) of the request. */
const EXPECTED = (from: string, to: string): string =>
  `($10::integer[])[least(s.end_day, ${to}) - $8::date + 1] - ($10::integer[])[greatest(s.start_day, ${from}) - $8::date + 1]`;

const COMPLETENESS = (source: string, from: string, to: string): string => `
select s.stream, b.bucket,
  sum(abs(b.quantity - b.estimated))::float8, sum(abs(b.estimated))::float8,
  sum(case when b.actual_minutes + b.estimated_minutes > 0 then
    abs(b.quantity)::float8 * greatest(0, (${EXPECTED(from, to)}) - b.actual_minutes - b.estimated_minutes)
      / (b.actual_minutes + b.estimated_minutes) end),
  sum(b.actual_minutes)::float8, sum(b.estimated_minutes)::float8,
  (count(*) filter (where b.actual_minutes + b.estimated_minutes > 0))::integer
from ${source} b
join seg s on s.ord = b.ord
group by s.stream, b.bucket`;

const USAGE = `${FACTS}${BY_BUCKET}
select 'cell' as kind, s.stream, c.cell as slot, sum(c.quantity)::text as quantity, null::float8 as actual_weight,
  null::float8 as estimated_weight, null::float8 as missing_weight, null::float8 as actual_minutes, null::float8 as estimated_minutes,
  null::integer as meters_seen
from by_cell c
join seg s on s.ord = c.ord
group by s.stream, c.cell
having sum(c.quantity) is not null
union all
select 'bucket', k.stream, k.bucket, null, k.a, k.e, k.m, k.am, k.em, k.n
from (${COMPLETENESS('by_bucket', '($11::date[])[b.bucket + 1]', '($12::date[])[b.bucket + 1]')}) as k(stream, bucket, a, e, m, am, em, n)
union all
select 'bucket', k.stream, k.bucket, null, k.a, k.e, k.m, k.am, k.em, k.n
from (${COMPLETENESS('overall', '$8::date', '$13::date')}) as k(stream, bucket, a, e, m, am, em, n)`;

const SEEN = `${FACTS}
select c.ord - 1 as segment, ($9::integer[])[c.cell + 1] as bucket
from by_cell c
where c.actual_minutes + c.estimated_minutes > 0
group by 1, 2`;

/** A query ready to run. */
export type Query = { name: string; text: string; values: unknown[] };

const MINUTE_MS = 60_000;

function monthsWithin(start: LocalDay, end: LocalDay, usable: boolean): { start: LocalDay; end: LocalDay } {
  if (!usable) return { start: end, end };
  const first = monthStart(start) === start ? start : addMonths(start, 1);
  const last = monthStart(end);
  return first < last ? { start: first, end: last } : { start: end, end };
}

function dayTables(
  request: UsageRequest,
  start: LocalDay,
  end: LocalDay,
): { cellOfDay: (number | null)[]; minutes: number[] } {
  const days = dayNumber(end) - dayNumber(start);
  const cellOfDay: (number | null)[] = new Array(days).fill(null);
  request.cells.forEach((cell, index) => {
    const from = dayNumber(cell.start) - dayNumber(start);
    cellOfDay.fill(index, from, from + (dayNumber(cell.end) - dayNumber(cell.start)));
  });
  const origin = startOfDayMs(start);
  const minutes: number[] = [];
  for (let day = 0; day <= days; day += 1) minutes.push((startOfDayMs(addDays(start, day)) - origin) / MINUTE_MS);
  return { cellOfDay, minutes };
}

function edgesOfBuckets(request: UsageRequest): { starts: (LocalDay | null)[]; ends: (LocalDay | null)[] } {
  const starts: (LocalDay | null)[] = [];
  const ends: (LocalDay | null)[] = [];
  for (const cell of request.cells) {
    starts[cell.bucket] ??= cell.start;
    ends[cell.bucket] = cell.end;
  }
  return { starts: Array.from(starts, (day) => day ?? null), ends: Array.from(ends, (day) => day ?? null) };
}

function valuesOf(request: UsageRequest): { common: unknown[]; usage: unknown[] } {
  const { segments, cells } = request;
  const start = cells[0]?.start ?? '';
  const end = cells.at(-1)?.end ?? '';
  // A month sum cannot be split: where a cell begins inside a month, all days are read one by one.
  const usable = cells.every((cell) => cell.start === start || monthStart(cell.start) === cell.start);
  const months = segments.map((segment) => monthsWithin(segment.start, segment.end, usable));
  const { cellOfDay, minutes } = dayTables(request, start, end);
  const { starts, ends } = edgesOfBuckets(request);
  const common = [
    segments.map((segment) => segment.meterId),
    segments.map((segment) => segment.stream),
    segments.map((segment) => segment.start),
    segments.map((segment) => segment.end),
    months.map((month) => month.start),
    months.map((month) => month.end),
    cellOfDay,
    start,
    cells.map((cell) => cell.bucket),
  ];
  return { common, usage: [...common, minutes, starts, ends, end] };
}

/** Builds the sums query. The request must have at least one cell. */
export function usageQuery(request: UsageRequest): Query {
  return { name: 'usage', text: USAGE, values: valuesOf(request).usage };
}

/** Builds the query for the segments that have some data. */
export function seenQuery(request: UsageRequest): Query {
  return { name: 'usage-seen', text: SEEN, values: valuesOf(request).common };
}
