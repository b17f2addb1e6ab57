import { isLater, laterChanges } from './past/days-as-of.ts';

/** Changes that are listed for one line; all are counted. */
export const CHANGES_LISTED_MAX = 20;

const stood = (row: string): string =>
  `not ${isLater(`${row}.change_id`)} and (${row}.superseded_by is null or ${isLater(`${row}.superseded_by`)})`;

const PIECES = `with ${laterChanges('$1::bigint')}, piece as (
  select * from unnest($2::integer[], $3::integer[], $4::date[], $5::date[]) as p(line, meter_id, start_day, end_day)
)`;

const COLUMNS = (row: string): string =>
  `p.line, ${row}.meter_id, ${row}.day, ${row}.origin, ${row}.quantity, ${row}.estimated_quantity, ${row}.actual_minutes,
    ${row}.estimated_minutes, ${row}.change_id`;

/** The days of pieces as they stood at a clock reading, `$1`. */
const FACTS = `${PIECES}, fact as (
  select ${COLUMNS('d')}
  from piece p
  join meter_day d on d.meter_id = p.meter_id and d.day >= p.start_day and d.day < p.end_day
  where not ${isLater('d.change_id')}
  union all
  select ${COLUMNS('r')}
  from piece p
  join meter_day_revision r on r.meter_id = p.meter_id and r.day >= p.start_day and r.day < p.end_day
  where ${isLater('r.superseded_by')} and not ${isLater('r.change_id')}
)`;

/** What each kind of evidence gives to a line. */
export const PARTS = `${FACTS}
select f.line, f.origin, count(*)::integer as days, sum(f.quantity)::text as quantity,
  coalesce(sum(f.estimated_quantity), 0)::text as estimated, sum(f.actual_minutes)::integer as actual_minutes,
  sum(f.estimated_minutes)::integer as estimated_minutes
from fact f
where f.quantity is not null
group by f.line, f.origin
order by f.line, f.origin`;

/** A digest over the days of each line, and the changes that wrote them, the newest first. */
export const DIGESTS = `${FACTS}, written as (
  select f.line, f.change_id from fact f group by f.line, f.change_id
), listed as (
  select w.line, count(*)::integer as change_count,
    (array_agg(c.seq::text order by c.seq desc))[1:${CHANGES_LISTED_MAX}] as seqs,
    (array_agg(to_char(c.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') order by c.seq desc))[1:${CHANGES_LISTED_MAX}] as instants,
    (array_agg(c.kind order by c.seq desc))[1:${CHANGES_LISTED_MAX}] as kinds,
    (array_agg(c.upload_id::text order by c.seq desc))[1:${CHANGES_LISTED_MAX}] as uploads
  from written w
  join change c on c.id = w.change_id
  group by w.line
)
select f.line, l.change_count, l.seqs, l.instants, l.kinds, l.uploads,
  encode(sha256(convert_to(string_agg(concat_ws(' ', f.meter_id, f.day, f.origin, coalesce(f.quantity::text, '-'),
    coalesce(f.estimated_quantity::text, '-'), f.actual_minutes, f.estimated_minutes), E'\\n' order by f.meter_id, f.day), 'UTF8')), 'hex') as digest
from fact f
join listed l on l.line = f.line
group by f.line, l.change_count, l.seqs, l.instants, l.kinds, l.uploads`;

/** Volumes of gas behind the days of a line, those with the same factors added up. */
export const LINE_CONVERSIONS = `${PIECES}
select p.line, min(g.start_day) as start_day, max(g.end_day) as end_day, g.evidence, sum(g.volume)::text as volume, g.volume_unit,
  g.unit_factor, g.correction_factor, g.correction_source, g.calorific_value, g.calorific_source,
  sum(g.computed_kwh)::text as computed_kwh
from piece p
join gas_conversion g on g.meter_id = p.meter_id and g.start_day < p.end_day and g.end_day > p.start_day
where ${stood('g')}
group by p.line, g.evidence, g.volume_unit, g.unit_factor, g.correction_factor, g.correction_source, g.calorific_value, g.calorific_source
order by p.line, min(g.start_day), g.evidence, g.calorific_value`;

/** Estimates of this service behind the days of a line, by the methods of a day. */
export const LINE_ESTIMATES = `${PIECES}
select e.line, e.methods, count(*)::integer as days, sum(e.quantity)::text as quantity
from (
  select p.line, g.quantity,
    (select string_agg(distinct m.part ->> 'method', ' ' order by m.part ->> 'method') from jsonb_array_elements(g.parts) as m(part)) as methods
  from piece p
  join gap_estimate g on g.meter_id = p.meter_id and g.day >= p.start_day and g.day < p.end_day
  where ${stood('g')}
) e
group by e.line, e.methods
order by e.line, e.methods`;
