import { addMonths, type LocalDay, monthStart } from '../../domain/local-day.ts';
import type { UsageRequest, UsageSegment } from '../../domain/usage.ts';

/** A query ready to run; with a name it is prepared, and its text always the same. */
export type Query = { name?: string; text: string; values: unknown[] };

/**
 * Segments of meters with the months that lie whole within them. Months are read from their sums, the days before and
 * after one by one.
 */
export const SEGMENTS = `
with seg as (
  select s.number::integer - 1 as number, s.meter_id, s.stream, s.start_day, s.end_day, s.month_start, s.month_end, s.expected_minutes
  from unnest($1::integer[], $2::integer[], $3::date[], $4::date[], $5::date[], $6::date[], $7::integer[])
    with ordinality as s(meter_id, stream, start_day, end_day, month_start, month_end, expected_minutes, number)
), asked as (
  select $8::date as start_day, $9::date as end_day
)`;

const MONTHS = `
  from seg s
  join meter_month d on d.meter_id = s.meter_id and d.month >= s.month_start and d.month < s.month_end
  where d.month >= $8::date and d.month < $9::date`;

/** The fence has the days of each segment read by the index: joined, PostgreSQL reads every day of every meter. */
const DAYS = `
  from seg s
  cross join lateral (values (s.start_day, s.month_start), (s.month_end, s.end_day)) as p(start_day, end_day)
  cross join lateral (
    select w.day, w.quantity, w.estimated_quantity, w.actual_minutes, w.estimated_minutes
    from meter_day w
    where w.meter_id = s.meter_id and w.day >= p.start_day and w.day < p.end_day
    offset 0
  ) d
  where p.start_day < p.end_day`;

const SUMS = `sum(d.quantity)::text as quantity, sum(d.estimated_quantity)::text as estimated,
  sum(d.actual_minutes)::integer as actual_minutes, sum(d.estimated_minutes)::integer as estimated_minutes`;

const FACTS = 'd.quantity::float8 as quantity, d.actual_minutes + d.estimated_minutes as minutes';

const EMPTY = `
  select null::integer, null::date, null, null, null::integer, null::integer where $8::date > $9::date`;

/** Where the whole months of a run of days begin and end; none where a month cannot be taken whole. */
function monthsWithin(start: LocalDay, end: LocalDay, usable = true): { start: LocalDay; end: LocalDay } {
  if (!usable) return { start: end, end };
  const first = monthStart(start) === start ? start : addMonths(start, 1);
  const last = monthStart(end);
  return first < last ? { start: first, end: last } : { start: end, end };
}

/** A month sum cannot be split: where a cell begins inside a month, all days are read one by one. */
function hasMonthCells({ cells }: UsageRequest): boolean {
  return cells.every((cell, index) => index === 0 || monthStart(cell.start) === cell.start);
}

type Parameters = { values: unknown[]; readsMonths: boolean; readsDays: boolean };

/** What `SEGMENTS` takes as `$1` to `$9`. */
export function segmentParameters(
  request: UsageRequest,
  segments: readonly UsageSegment[],
  expectedMinutes: readonly number[],
): unknown[] {
  return parametersOf(request, segments, expectedMinutes).values;
}

function parametersOf(
  request: UsageRequest,
  segments: readonly UsageSegment[],
  expectedMinutes: readonly number[],
): Parameters {
  const { cells } = request;
  const start = cells[0]?.start ?? '';
  const end = cells.at(-1)?.end ?? '';
  const usable = hasMonthCells(request);
  const months = segments.map((segment) => monthsWithin(segment.start, segment.end, usable));
  return {
    readsMonths: months.some((month) => month.start < month.end),
    readsDays: months.some(
      (month, index) => month.start !== segments[index]?.start || month.end !== segments[index]?.end,
    ),
    values: [
      segments.map((segment) => segment.meterId),
      segments.map((segment) => segment.stream),
      segments.map((segment) => segment.start),
      segments.map((segment) => segment.end),
      months.map((month) => month.start),
      months.map((month) => month.end),
      expectedMinutes,
      start,
      end,
    ],
  };
}

function branches({ readsMonths, readsDays }: Parameters, months: string, days: string): string {
  return [readsMonths ? months : null, readsDays ? days : null]
    .filter((branch) => branch !== null)
    .join('\n  union all');
}

/**
 * Meters whose months all count in one stream, read without a join: `$10` holds the stream of each meter by its id. The
 * fence keeps the look-up at once a row, and no element is null, because in an array with nulls PostgreSQL finds the nth
 * element by walking to it. Twice as fast as the join for an estate (docs/performance.md).
 */
const WHOLE_MONTHS = `
  select w.stream, w.month as slot, sum(w.quantity)::text as quantity, sum(w.estimated_quantity)::text as estimated,
    sum(w.actual_minutes)::integer as actual_minutes, sum(w.estimated_minutes)::integer as estimated_minutes
  from (
    select ($10::integer[])[d.meter_id] as stream, d.month, d.quantity, d.estimated_quantity, d.actual_minutes, d.estimated_minutes
    from meter_month d
    where d.month >= $8::date and d.month < $9::date
    offset 0
  ) w
  where w.stream >= 0
  group by w.stream, w.month`;

/** From this many meters on, and where they are this share of all ids, reading every meter's months is the cheaper way. */
const WHOLE_METERS_MIN = 100;
const WHOLE_SHARE_MIN = 0.2;

const NO_STREAM = -1;

/** The stream of each meter, by its id, of the meters with one segment alone that has every month of the request whole. */
function wholeMeters(request: UsageRequest): { streams: number[]; meters: ReadonlySet<number> } | null {
  const start = request.cells[0]?.start ?? '';
  const end = request.cells.at(-1)?.end ?? '';
  if (!hasMonthCells(request) || monthStart(start) !== start || monthStart(end) !== end) return null;
  const counts = new Map<number, number>();
  for (const { meterId } of request.segments) counts.set(meterId, (counts.get(meterId) ?? 0) + 1);
  const streams: number[] = [];
  const meters = new Set<number>();
  for (const segment of request.segments) {
    if (counts.get(segment.meterId) !== 1 || segment.start !== start || segment.end !== end) continue;
    streams[segment.meterId - 1] = segment.stream;
    meters.add(segment.meterId);
  }
  if (meters.size < WHOLE_METERS_MIN || meters.size < streams.length * WHOLE_SHARE_MIN) return null;
  return { streams: Array.from(streams, (stream) => stream ?? NO_STREAM), meters };
}

/** Sums by stream and slot, a slot being a whole month or a single day. */
export function slotSumsQuery(request: UsageRequest): Query {
  const whole = wholeMeters(request);
  const others = request.segments.filter((segment) => whole?.meters.has(segment.meterId) !== true);
  const parameters = parametersOf(
    request,
    others,
    others.map(() => 0),
  );
  const months = `
  select s.stream, d.month as slot, ${SUMS}${MONTHS}
  group by s.stream, d.month`;
  const days = `
  select s.stream, d.day as slot, ${SUMS}${DAYS}
  group by s.stream, d.day`;
  const joined = branches(parameters, months, days);
  if (whole === null) return { text: `${SEGMENTS}${joined || EMPTY}`, values: parameters.values };
  const text = joined === '' ? `${SEGMENTS}${WHOLE_MONTHS}` : `${SEGMENTS}${WHOLE_MONTHS}\n  union all${joined}`;
  return { text, values: [...parameters.values, whole.streams] };
}

/**
 * The slots of those segments that hold less than they should over the whole request, each segment at least once. Where
 * `numbers` and `expectedMinutes` give segments by their place in the request and what they should hold.
 */
export function shortSegmentsQuery(
  request: UsageRequest,
  numbers: readonly number[],
  expectedMinutes: readonly number[],
): Query {
  const segments = numbers.flatMap((number) => request.segments[number] ?? []);
  const parameters = parametersOf(request, segments, expectedMinutes);
  const months = `
  select s.number, d.month as slot, ${FACTS}${MONTHS}`;
  const days = `
  select s.number, d.day as slot, ${FACTS}${DAYS}`;
  const text = `${SEGMENTS}, fact as materialized (${branches(parameters, months, days)}
), known as (
  select f.number, sum(f.minutes) as minutes from fact f group by f.number
)
select s.number, f.slot, f.quantity, f.minutes
from seg s
left join known k on k.number = s.number
left join fact f on f.number = s.number
where coalesce(k.minutes, 0) < s.expected_minutes`;
  return { text, values: parameters.values };
}
