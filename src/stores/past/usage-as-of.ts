import type { LocalDay } from '../../domain/local-day.ts';
import type { MeterPair, UsageRequest } from '../../domain/usage.ts';
import { PAIRS, pairParameters } from '../queries/pair-days-query.ts';
import { type Query, SEGMENTS, segmentParameters } from '../queries/usage-query.ts';
import type { UsageQueries } from '../usage-reader.ts';
import { FACTS_OF_PIECES, FACTS_WITH_LATE, isLater, laterChanges } from './days-as-of.ts';

/** Which state of the days counts: the changes that came after it, by the number of the first of their parameters, and `fact`. */
type Facts = { later: (first: number) => string; fact: string };

const AS_OF: Facts = { later: (first) => laterChanges(`$${first}::bigint`), fact: FACTS_OF_PIECES };

const WITH_LATE: Facts = {
  later: (first) =>
    `${AS_OF.later(first)}, later_still as materialized (select c.id from change c where c.seq > $${first + 1}::bigint)`,
  fact: FACTS_WITH_LATE,
};

/**
 * A month sum that no change after S has touched is what it was at S. The other months, and those whose sum is gone,
 * are added up from their days.
 */
const heldIn = ({ later, fact }: Facts): string => `${SEGMENTS}, ${later(10)}, month as materialized (
  select s.number, s.meter_id, g.month::date as month, m.meter_id is not null and not ${isLater('m.change_id')} as stands,
    m.quantity, m.estimated_quantity, m.actual_minutes, m.estimated_minutes
  from seg s
  cross join lateral generate_series(greatest(s.month_start, $8::date)::timestamp, least(s.month_end, $9::date)::timestamp - interval '1 day', interval '1 month') as g(month)
  left join meter_month m on m.meter_id = s.meter_id and m.month = g.month::date
), piece as (
  select s.number, null::date as slot, s.meter_id, p.start_day, p.end_day
  from seg s
  cross join lateral (values (s.start_day, s.month_start), (s.month_end, s.end_day)) as p(start_day, end_day)
  where p.start_day < p.end_day
  union all
  select m.number, m.month, m.meter_id, m.month, (m.month + interval '1 month')::date
  from month m
  where not m.stands
), ${fact}, held as (
  select f.number, f.slot, f.quantity, f.estimated_quantity, f.actual_minutes, f.estimated_minutes from fact f
  union all
  select m.number, m.month, m.quantity, m.estimated_quantity, m.actual_minutes, m.estimated_minutes
  from month m
  where m.stands
)`;

const slotSumsOf = (facts: Facts): string => `${heldIn(facts)}
select s.stream, h.slot, sum(h.quantity)::text as quantity, sum(h.estimated_quantity)::text as estimated,
  sum(h.actual_minutes)::integer as actual_minutes, sum(h.estimated_minutes)::integer as estimated_minutes
from held h
join seg s on s.number = h.number
group by s.stream, h.slot`;

const shortSegmentsOf = (facts: Facts): string => `${heldIn(facts)}, slot as materialized (
  select h.number, h.slot, sum(h.quantity)::float8 as quantity, sum(h.actual_minutes + h.estimated_minutes) as minutes
  from held h
  group by h.number, h.slot
), known as (
  select t.number, sum(t.minutes) as minutes from slot t group by t.number
)
select s.number, t.slot, t.quantity, t.minutes::integer as minutes
from seg s
left join known k on k.number = s.number
left join slot t on t.number = s.number
where coalesce(k.minutes, 0) < s.expected_minutes`;

const pairDaysOf = ({ later, fact }: Facts): string => `
with ${PAIRS}, ${later(5)}, piece as (
  select x.number, null::date as slot, x.meter_id, p.start_day, p.end_day
  from pair p
  cross join lateral (values (2 * p.pair, p.main_id), (2 * p.pair + 1, p.sub_id)) as x(number, meter_id)
), ${fact}
select p.pair, m.slot as day, m.quantity as main, s.quantity as sub
from pair p
join fact m on m.number = 2 * p.pair
left join fact s on s.number = 2 * p.pair + 1 and s.slot = m.slot
where m.quantity is not null
order by p.pair, m.slot`;

const dailyMeansOf = ({ later, fact }: Facts): string => `
with ${later(4)}, piece as (
  select w.meter_id as number, null::date as slot, w.meter_id, $2::date as start_day, $3::date as end_day
  from unnest($1::integer[]) w(meter_id)
), ${fact}
select f.number as meter_id, avg(abs(f.quantity))::float8 as mean_per_day, count(*)::integer as days_known
from fact f
where f.quantity is not null
group by f.number`;

/** The sums of meter-days as they stood at a clock reading. */
export function usageQueriesAsOf(seq: string): UsageQueries {
  return usageQueries(AS_OF, [seq]);
}

/**
 * The sums of meter-days as they stood at a clock reading, and of days of which nothing was known then but what this service
 * had estimated, as they stood at a later one.
 */
export function usageQueriesWithLate(seq: string, laterSeq: string): UsageQueries {
  return usageQueries(WITH_LATE, [seq, laterSeq]);
}

function usageQueries(facts: Facts, seqs: readonly string[]): UsageQueries {
  return {
    slotSums(request: UsageRequest): Query {
      const { segments } = request;
      const none = segments.map(() => 0);
      return { text: slotSumsOf(facts), values: [...segmentParameters(request, segments, none), ...seqs] };
    },
    shortSegments(request: UsageRequest, numbers: readonly number[], expectedMinutes: readonly number[]): Query {
      const segments = numbers.flatMap((number) => request.segments[number] ?? []);
      return {
        text: shortSegmentsOf(facts),
        values: [...segmentParameters(request, segments, expectedMinutes), ...seqs],
      };
    },
    pairDays(pairs: readonly MeterPair[]): Query {
      return { text: pairDaysOf(facts), values: [...pairParameters(pairs), ...seqs] };
    },
    dailyMeans(meterIds: readonly number[], start: LocalDay, end: LocalDay): Query {
      return { text: dailyMeansOf(facts), values: [meterIds, start, end, ...seqs] };
    },
  };
}
