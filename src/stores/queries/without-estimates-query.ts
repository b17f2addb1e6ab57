import type { UsageQueries } from '../usage-reader.ts';
import { dailyMeansQuery } from './daily-means-query.ts';
import { PAIRS, pairParameters } from './pair-days-query.ts';
import { SEGMENTS, segmentParameters } from './usage-query.ts';

/** Days as they are without the estimates of this service: what evidence leaves open is missing again (rule E11). */
const HELD = `${SEGMENTS}, held as materialized (
  select s.number, s.stream, d.day as slot,
    case when d.actual_minutes + d.estimated_minutes > coalesce(g.minutes, 0) then d.quantity - coalesce(g.quantity, 0) end as quantity,
    d.estimated_quantity - coalesce(g.quantity, 0) as estimated_quantity,
    d.actual_minutes, d.estimated_minutes - coalesce(g.minutes, 0) as estimated_minutes
  from seg s
  join meter_day d on d.meter_id = s.meter_id and d.day >= s.start_day and d.day < s.end_day
  left join gap_estimate g on g.meter_id = d.meter_id and g.day = d.day and g.superseded_by is null
)`;

const SLOT_SUMS = `${HELD}
select h.stream, h.slot, sum(h.quantity)::text as quantity, sum(h.estimated_quantity)::text as estimated,
  sum(h.actual_minutes)::integer as actual_minutes, sum(h.estimated_minutes)::integer as estimated_minutes
from held h
group by h.stream, h.slot`;

const SHORT_SEGMENTS = `${HELD}, known as (
  select h.number, sum(h.actual_minutes + h.estimated_minutes) as minutes from held h group by h.number
)
select s.number, h.slot, h.quantity::float8 as quantity, h.actual_minutes + h.estimated_minutes as minutes
from seg s
left join known k on k.number = s.number
left join held h on h.number = s.number
where coalesce(k.minutes, 0) < s.expected_minutes`;

const PAIR_DAYS = `
with ${PAIRS}
select p.pair, m.day, m.quantity - coalesce(g.quantity, 0) as main,
  case when s.actual_minutes + s.estimated_minutes > coalesce(h.minutes, 0) then s.quantity - coalesce(h.quantity, 0) end as sub
from pair p
join meter_day m on m.meter_id = p.main_id and m.day >= p.start_day and m.day < p.end_day
left join gap_estimate g on g.meter_id = m.meter_id and g.day = m.day and g.superseded_by is null
left join meter_day s on s.meter_id = p.sub_id and s.day = m.day
left join gap_estimate h on h.meter_id = s.meter_id and h.day = s.day and h.superseded_by is null
where m.quantity is not null and m.actual_minutes + m.estimated_minutes > coalesce(g.minutes, 0)
order by p.pair, m.day`;

/**
 * The queries of figures that leave the estimates of this service out. They read days one by one: which days of a month
 * are estimated its sum does not tell.
 */
export const WITHOUT_ESTIMATES: UsageQueries = {
  slotSums: (request) => ({
    text: SLOT_SUMS,
    values: segmentParameters(
      request,
      request.segments,
      request.segments.map(() => 0),
    ),
  }),
  shortSegments: (request, numbers, expectedMinutes) => ({
    text: SHORT_SEGMENTS,
    values: segmentParameters(
      request,
      numbers.flatMap((number) => request.segments[number] ?? []),
      expectedMinutes,
    ),
  }),
  dailyMeans: dailyMeansQuery,
  pairDays: (pairs) => ({ text: PAIR_DAYS, values: pairParameters(pairs) }),
};
