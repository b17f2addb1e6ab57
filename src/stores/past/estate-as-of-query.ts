import { metersWhere, SETTINGS_COLUMNS, sitesWhere, supplyWhere } from '../queries/estate-query.ts';
import { isLater, laterChanges } from './days-as-of.ts';

export const WITH_LATER = `with ${laterChanges('$1::bigint')}`;

/** A version stood at S where its change is not later and that of its successor, where it has one, is. Needs `later`. */
export const stood = (version: string): string =>
  `not ${isLater(`${version}.change_id`)} and (${version}.superseded_by is null or ${isLater(`${version}.superseded_by`)})`;

/** Sites with their control periods as they stood at a clock reading. */
export const SITES_AS_OF = `${WITH_LATER}${sitesWhere(stood('v'))}`;

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
 * Meters with their placements, tenants and the extent of their data as they stood at a clock reading. `$2` is a day by which
 * no data can have been recorded yet: it keeps the search for the last day from passing over all that came since.
 */
export const METERS_AS_OF = `${WITH_LATER}${metersWhere(
  `lateral (select ${edgeDay('asc')} as first_day, ${edgeDay('desc')} as last_day) e`,
  stood('v'),
)}`;

/** What was recorded of the energy that is bought, at a clock reading. */
export const SUPPLY_AS_OF = `${WITH_LATER}${supplyWhere(stood('v'))}`;

/** The settings as they stood at a clock reading. */
export const SETTINGS_AS_OF = `${WITH_LATER}
select $1::text as seq, $1::text as config_seq, ${SETTINGS_COLUMNS}
from settings_version v
where ${stood('v')}`;
