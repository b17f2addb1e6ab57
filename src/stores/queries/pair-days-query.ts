import type { MeterPair } from '../../domain/usage.ts';
import type { Query } from './usage-query.ts';

/** Pairs of meters with the days on which they are read against each other. */
export const PAIRS = `
pair as (
  select p.number::integer - 1 as pair, p.main_id, p.sub_id, p.start_day, p.end_day
  from unnest($1::integer[], $2::integer[], $3::date[], $4::date[]) with ordinality as p(main_id, sub_id, start_day, end_day, number)
)`;

const PAIR_DAYS = `
with ${PAIRS}
select p.pair, m.day, m.quantity as main, s.quantity as sub
from pair p
join meter_day m on m.meter_id = p.main_id and m.day >= p.start_day and m.day < p.end_day
left join meter_day s on s.meter_id = p.sub_id and s.day = m.day
where m.quantity is not null
order by p.pair, m.day`;

/** What `PAIRS` takes as `$1` to `$4`. */
export function pairParameters(pairs: readonly MeterPair[]): unknown[] {
  return [
    pairs.map((pair) => pair.mainId),
    pairs.map((pair) => pair.subId),
    pairs.map((pair) => pair.start),
    pairs.map((pair) => pair.end),
  ];
}

/** Builds the query for the days on which the first meter of a pair has a quantity, with the second one's. */
export function pairDaysQuery(pairs: readonly MeterPair[]): Query {
  return { text: PAIR_DAYS, values: pairParameters(pairs) };
}
