import type { ControlTotal } from '../../services/uploads/dry-run.ts';

/**
 * What the staged days of a file come to by meter and month. A day that stands in the file twice counts once, where it
 * says most. The first parameter is how many rows are given.
 */
export const CONTROL_TOTALS_SQL = `
with once as (
  select distinct on (i.meter_id, i.day) i.meter_id, i.day, i.quantity_micro, cardinality(i.intervals) as intervals,
    (i.actual_minutes + i.estimated_minutes) / i.resolution_minutes as present,
    i.estimated_minutes / i.resolution_minutes as estimated
  from meter_day_stage i
  where i.intervals is not null
  order by i.meter_id, i.day, i.actual_minutes + i.estimated_minutes desc, i.line desc)
select m.key as meter, v.unit, to_char(o.day, 'YYYY-MM') as month, min(o.day) as first_day, max(o.day) as last_day,
  count(*)::int as days, (sum(o.quantity_micro) * 0.000001)::double precision as quantity, sum(o.present)::int as present,
  sum(o.intervals - o.present)::int as missing, sum(o.estimated)::int as estimated
from once o
join meter m on m.id = o.meter_id
join meter_version v on v.meter_id = m.id and v.superseded_by is null
group by m.key, v.unit, to_char(o.day, 'YYYY-MM')
order by m.key collate "C", month
limit $1`;

export type ControlTotalRow = {
  meter: string;
  unit: string;
  month: string;
  first_day: string;
  last_day: string;
  days: number;
  quantity: number;
  present: number;
  missing: number;
  estimated: number;
};

/** A row of that query. */
export function toControlTotal(row: ControlTotalRow): ControlTotal {
  const { meter, unit, month, days, quantity, present, missing, estimated } = row;
  return {
    meter,
    unit,
    month,
    firstDay: row.first_day,
    lastDay: row.last_day,
    days,
    quantity,
    values: present,
    missing,
    estimated,
  };
}
