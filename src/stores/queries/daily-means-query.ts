import type { LocalDay } from '../../domain/local-day.ts';
import type { Query } from './usage-query.ts';

const DAILY_MEANS = `
select d.meter_id, avg(abs(d.quantity))::float8 as mean_per_day, count(*)::integer as days_known
from unnest($1::integer[]) w(meter_id)
join meter_day d on d.meter_id = w.meter_id and d.day >= $2::date and d.day < $3::date
where d.quantity is not null
group by d.meter_id`;

/** Builds the query for meters' mean use a day over the days known in [start, end). */
export function dailyMeansQuery(meterIds: readonly number[], start: LocalDay, end: LocalDay): Query {
  return { text: DAILY_MEANS, values: [meterIds, start, end] };
}
