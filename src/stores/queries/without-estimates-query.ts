import { FACTS_OF_PIECES, isLater, laterChanges } from '../past/days-as-of.ts';
import { usageQueriesAsOf } from '../past/usage-as-of.ts';
import type { UsageQueries } from '../usage-reader.ts';
import { dailyMeansQuery } from './daily-means-query.ts';
import { PAIRS, pairParameters } from './pair-days-query.ts';
import { SEGMENTS, segmentParameters } from './usage-query.ts';

/**
 * A day without what this service estimates of it: what evidence leaves open is missing again (rule E11). `d` is the day,
 * `g` its estimate.
 */
const QUANTITY = (d: string, g: string): string =>
  `case when ${d}.actual_minutes + ${d}.estimated_minutes > coalesce(${g}.minutes, 0) then ${d}.quantity - coalesce(${g}.quantity, 0) end`;

const REST = `d.estimated_quantity - coalesce(g.quantity, 0) as estimated_quantity,
    d.actual_minutes, d.estimated_minutes - coalesce(g.minutes, 0) as estimated_minutes`;

const HELD_NOW = `${SEGMENTS}, held as materialized (
  select s.number, s.stream, d.day as slot, ${QUANTITY('d', 'g')} as quantity, ${REST}
  from seg s
  join meter_day d on d.meter_id = s.meter_id and d.day >= s.start_day and d.day < s.end_day
  left join gap_estimate g on g.meter_id = d.meter_id and g.day = d.day and g.superseded_by is null
)`;

/** Whether an estimate stood at the reading of the clock that `later` begins after. */
const STOOD = (g: string): string =>
  `not ${isLater(`${g}.change_id`)} and (${g}.superseded_by is null or ${isLater(`${g}.superseded_by`)})`;

const HELD_THEN = `${SEGMENTS}, ${laterChanges('$10::bigint')}, piece as (
  select s.number, null::date as slot, s.meter_id, s.start_day, s.end_day from seg s
), ${FACTS_OF_PIECES}, held as materialized (
  select s.number, s.stream, d.slot, ${QUANTITY('d', 'g')} as quantity, ${REST}
  from fact d
  join seg s on s.number = d.number
  left join gap_estimate g on g.meter_id = s.meter_id and g.day = d.slot and ${STOOD('g')}
)`;

const slotSums = (held: string): string => `${held}
select h.stream, h.slot, sum(h.quantity)::text as quantity, sum(h.estimated_quantity)::text as estimated,
  sum(h.actual_minutes)::integer as actual_minutes, sum(h.estimated_minutes)::integer as estimated_minutes
from held h
group by h.stream, h.slot`;

const shortSegments = (held: string): string => `${held}, known as (
  select h.number, sum(h.actual_minutes + h.estimated_minutes) as minutes from held h group by h.number
)
select s.number, h.slot, h.quantity::float8 as quantity, h.actual_minutes + h.estimated_minutes as minutes
from seg s
left join known k on k.number = s.number
left join held h on h.number = s.number
where coalesce(k.minutes, 0) < s.expected_minutes`;

const PAIR_COLUMNS = `m.quantity - coalesce(g.quantity, 0) as main, ${QUANTITY('s', 'h')} as sub`;

const PAIR_DAYS_NOW = `
with ${PAIRS}
select p.pair, m.day, ${PAIR_COLUMNS}
from pair p
join meter_day m on m.meter_id = p.main_id and m.day >= p.start_day and m.day < p.end_day
left join gap_estimate g on g.meter_id = m.meter_id and g.day = m.day and g.superseded_by is null
left join meter_day s on s.meter_id = p.sub_id and s.day = m.day
left join gap_estimate h on h.meter_id = s.meter_id and h.day = s.day and h.superseded_by is null
where m.quantity is not null and m.actual_minutes + m.estimated_minutes > coalesce(g.minutes, 0)
order by p.pair, m.day`;

const PAIR_DAYS_THEN = `
with ${PAIRS}, ${laterChanges('$5::bigint')}, piece as (
  select x.number, null::date as slot, x.meter_id, p.start_day, p.end_day
  from pair p
  cross join lateral (values (2 * p.pair, p.main_id), (2 * p.pair + 1, p.sub_id)) as x(number, meter_id)
), ${FACTS_OF_PIECES}
select p.pair, m.slot as day, ${PAIR_COLUMNS}
from pair p
join fact m on m.number = 2 * p.pair
left join gap_estimate g on g.meter_id = p.main_id and g.day = m.slot and ${STOOD('g')}
left join fact s on s.number = 2 * p.pair + 1 and s.slot = m.slot
left join gap_estimate h on h.meter_id = p.sub_id and h.day = m.slot and ${STOOD('h')}
where m.quantity is not null and m.actual_minutes + m.estimated_minutes > coalesce(g.minutes, 0)
order by p.pair, m.slot`;

/**
 * The queries of figures that leave the estimates of this service out, now or as of a clock reading. They read days one by
 * one: which days of a month are estimated its sum does not tell.
 */
export function withoutEstimates(seq: string | null): UsageQueries {
  const at = seq === null ? [] : [seq];
  const held = seq === null ? HELD_NOW : HELD_THEN;
  return {
    slotSums: (request) => {
      const none = request.segments.map(() => 0);
      return { text: slotSums(held), values: [...segmentParameters(request, request.segments, none), ...at] };
    },
    shortSegments: (request, numbers, expectedMinutes) => {
      const segments = numbers.flatMap((number) => request.segments[number] ?? []);
      return { text: shortSegments(held), values: [...segmentParameters(request, segments, expectedMinutes), ...at] };
    },
    pairDays: (pairs) => ({
      text: seq === null ? PAIR_DAYS_NOW : PAIR_DAYS_THEN,
      values: [...pairParameters(pairs), ...at],
    }),
    dailyMeans: seq === null ? dailyMeansQuery : usageQueriesAsOf(seq).dailyMeans,
  };
}
