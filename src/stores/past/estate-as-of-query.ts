import { isLater, laterChanges } from './days-as-of.ts';

const WITH_LATER = `with ${laterChanges('$1::bigint')}`;

/** A version stood at S where its change is not later and that of its successor, where it has one, is. Needs `later`. */
const stood = (version: string): string =>
  `not ${isLater(`${version}.change_id`)} and (${version}.superseded_by is null or ${isLater(`${version}.superseded_by`)})`;

/** Sites with their control periods as they stood at a clock reading. */
export const SITES_AS_OF = `${WITH_LATER}
select s.key, v.name, v.category, v.portfolio, v.ward, v.opened_on, v.opened_reason, v.closed_on, v.closed_reason,
  coalesce(c.controls, '[]'::json) as controls
from site_version v
join site s on s.id = v.site_id
left join lateral (
  select json_agg(json_build_object('from', k.from_day, 'control', k.control, 'scope3Category', k.scope3_category, 'reason', k.reason) order by k.ordinal) as controls
  from site_control k
  where k.site_id = v.site_id and k.change_id = v.change_id
) c on true
where ${stood('v')}`;

/** The first or last day before \`$2\` with a quantity, as it stood: the stored days, and the states that were replaced since. */
const edgeDay = (order: 'asc' | 'desc'): string => `(
  select k.day from (
    (select d.day from meter_day d
      where d.meter_id = v.meter_id and d.day < $2::date and d.quantity is not null and not ${isLater('d.change_id')}
      order by d.day ${order} limit 1)
    union all
    (select r.day from meter_day_revision r
      where r.meter_id = v.meter_id and r.day < $2::date and r.quantity is not null
        and ${isLater('r.superseded_by')} and not ${isLater('r.change_id')}
      order by r.day ${order} limit 1)
  ) k order by k.day ${order} limit 1)`;

/**
 * Meters with their placements and the extent of their data as they stood at a clock reading. `$2` is a day by which no
 * data can have been recorded yet: it keeps the search for the last day from passing over all that came since.
 */
export const METERS_AS_OF = `${WITH_LATER}
select m.id, m.key, v.activity, v.unit, v.kind, v.direction, p.key as parent_key, v.calorific_basis, v.measures, v.efficiency,
  v.heat_network, v.return_to_sewer, v.agreed_capacity_kva, v.usual_delay_days, v.from_day, v.to_day, ${edgeDay('asc')} as first_day,
  ${edgeDay('desc')} as last_day, coalesce(c.placements, '[]'::json) as placements
from meter_version v
join meter m on m.id = v.meter_id
left join meter p on p.id = v.parent_meter_id
left join lateral (
  select json_agg(json_build_object('from', k.from_day, 'site', s.key) order by k.ordinal) as placements
  from meter_placement k
  join site s on s.id = k.site_id
  where k.meter_id = v.meter_id and k.change_id = v.change_id
) c on true
where ${stood('v')}
order by m.id`;

/** The settings as they stood at a clock reading. */
export const SETTINGS_AS_OF = `${WITH_LATER}
select $1::text as seq, $1::text as config_seq, v.reporting_year_start, v.reported_lines, v.return_to_sewer, v.missing_share_max,
  v.estimated_share_max, v.significance_threshold, v.checks, v.estimation
from settings_version v
where ${stood('v')}`;
