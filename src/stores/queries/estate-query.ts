/**
 * Sites with their control periods, portfolios and floor areas, of the versions `v` that a condition picks: those that stand now, or those that stood.
 * Written once, so that a column that figures come to need is known of the past as well.
 */
export const sitesWhere = (condition: string): string => `
select s.key, v.name, v.category, v.ward, v.weather_region, v.opened_on, v.opened_reason, v.closed_on, v.closed_reason,
  coalesce(c.controls, '[]'::json) as controls, coalesce(f.portfolios, '[]'::json) as portfolios,
  coalesce(a.floor_areas, '[]'::json) as floor_areas
from site_version v
join site s on s.id = v.site_id
left join lateral (
  select json_agg(json_build_object('from', k.from_day, 'control', k.control, 'scope3Category', k.scope3_category, 'reason', k.reason, 'leaseType', k.lease_type) order by k.ordinal) as controls
  from site_control k
  where k.site_id = v.site_id and k.change_id = v.change_id
) c on true
left join lateral (
  select json_agg(json_build_object('from', k.from_day, 'portfolio', k.portfolio) order by k.ordinal) as portfolios
  from site_portfolio k
  where k.site_id = v.site_id and k.change_id = v.change_id
) f on true
left join lateral (
  select json_agg(json_build_object('from', k.from_day, 'areaM2', k.area_m2) order by k.ordinal) as floor_areas
  from site_floor_area k
  where k.site_id = v.site_id and k.change_id = v.change_id
) a on true
where ${condition}`;

/** Meters with their placements and tenants in the same way; `extent` gives `first_day` and `last_day` of a row `e`. */
export const metersWhere = (extent: string, condition: string): string => `
select m.id, m.key, v.activity, v.unit, v.kind, v.direction, v.technology, p.key as parent_key, v.calorific_basis, v.measures, v.efficiency,
  v.heat_network, v.contracts, v.certificates, v.return_to_sewer, v.agreed_capacity_kva, v.heating_share, v.usual_delay_days, v.from_day, v.from_reason, v.to_day, v.to_reason, e.first_day, e.last_day,
  coalesce(c.placements, '[]'::json) as placements, coalesce(t.tenancies, '[]'::json) as tenancies
from meter_version v
join meter m on m.id = v.meter_id
left join meter p on p.id = v.parent_meter_id
left join ${extent} on true
left join lateral (
  select json_agg(json_build_object('from', k.from_day, 'site', s.key) order by k.ordinal) as placements
  from meter_placement k
  join site s on s.id = k.site_id
  where k.meter_id = v.meter_id and k.change_id = v.change_id
) c on true
left join lateral (
  select json_agg(json_build_object('name', k.name, 'from', k.from_day, 'to', k.to_day, 'scope3Category', k.scope3_category, 'kind', k.kind, 'leaseType', k.lease_type, 'floorAreaM2', k.floor_area_m2, 'share', k.share) order by k.ordinal) as tenancies
  from meter_tenant k
  where k.meter_id = v.meter_id and k.change_id = v.change_id
) t on true
where ${condition}
order by m.id`;

/** Heat networks, instruments and residual mixes of the versions that a condition picks. */
export const supplyWhere = (condition: string): string => `
select r.kind, r.key, v.document
from supply_record_version v
join supply_record r on r.id = v.record_id
where r.kind in ('heat-network', 'instrument', 'residual-mix') and ${condition}
order by r.kind, r.key collate "C"`;

/** The columns of the settings that figures and checks go by, of a version `v`. */
export const SETTINGS_COLUMNS = `v.reporting_year_start, v.consolidation, v.reported_lines, v.return_to_sewer, v.missing_share_max, v.estimated_share_max,
  v.significance_threshold, v.restatement_threshold, v.checks, v.estimation, v.weather_region, v.weather`;

const CURRENT = 'v.superseded_by is null';

/** Current sites with their control periods, as plain rows. */
export const CURRENT_SITES = sitesWhere(CURRENT);

/** Current meters with their placements, tenants and the extent of their data. */
export const CURRENT_METERS = metersWhere(
  'lateral (select x.first_day, x.last_day from meter_extent x where x.meter_id = v.meter_id) e',
  CURRENT,
);

/** What is recorded now of the energy that is bought. */
export const CURRENT_SUPPLY = supplyWhere(CURRENT);

/** Current settings and the clock, in one row. */
export const CURRENT_SETTINGS = `
select c.seq::text as seq, c.config_seq::text as config_seq, ${SETTINGS_COLUMNS}
from clock c
join settings_version v on v.superseded_by is null`;

/** The knowledge clock. */
export const CLOCK = 'select c.seq::text as seq, c.config_seq::text as config_seq from clock c';

/** First and last day with data, by meter. */
export const EXTENTS = 'select e.meter_id, e.first_day, e.last_day from meter_extent e';
