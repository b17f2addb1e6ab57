import { isLater, laterChanges } from '../past/days-as-of.ts';

const UTC = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Statements with the instants of their changes. */
export const SELECT_STATEMENT = `
select s.id::text as id, s.version, s.status, s.supersedes_id::text as supersedes_id, s.draft, s.content, s.digest,
  ${UTC('p.recorded_at')} as published_at, ${UTC('e.recorded_at')} as ended_at, s.end_reason
from statement s
left join change p on p.id = s.published_by
left join change e on e.id = s.ended_by`;

const STOOD = `not ${isLater('v.change_id')} and (v.superseded_by is null or ${isLater('v.superseded_by')})`;

/** Whose statement it is, as the settings stood at a clock reading. */
export const FACTS_ORGANISATION = `with ${laterChanges('$1::bigint')}
select v.organisation from settings_version v where ${STOOD}`;

/** Names, disclosure and floor areas of sites, as they stood at a clock reading. */
export const FACTS_SITES = `with ${laterChanges('$1::bigint')}
select s.key, v.name, v.disclosure, coalesce(a.areas, '[]'::json) as areas
from site_version v
join site s on s.id = v.site_id
left join lateral (
  select json_agg(json_build_object('from', k.from_day, 'areaM2', k.area_m2::text) order by k.ordinal) as areas
  from site_floor_area k
  where k.site_id = v.site_id and k.change_id = v.change_id
) a on true
where ${STOOD}`;
