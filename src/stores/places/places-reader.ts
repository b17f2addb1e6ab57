import type pg from 'pg';
import { groupBy } from '../../domain/group-by.ts';
import type { PlacesReader, SitePlace } from '../../services/places/area-tables-port.ts';
import { NOW_SEQ } from '../past/days-as-of.ts';
import { stood, WITH_LATER } from '../past/estate-as-of-query.ts';
import { areaTableFromRow } from './area-table-store.ts';

const TABLES = `${WITH_LATER}
select t.key, t.kind, t.geography, t.source, t.published_on, t.digest, t.row_count
from area_table t
where ${stood('t')} and t.kind = 'deprivation'
order by t.published_on desc nulls last, t.key collate "C" desc`;

/**
 * The area that a site names counts where the table holds it; else that of its postcode, by the newest table of postcodes
 * of the same census. Areas that no change of census touched have the same code in both.
 */
const PLACES = `${WITH_LATER}
select s.key as site, v.postcode, coalesce(a.lsoa, p.lsoa) as lsoa,
  case when a.lsoa is not null then 'site' else p.key end as via, d.rank, d.decile
from site_version v
join site s on s.id = v.site_id
join area_table e on e.key = $2 and e.kind = 'deprivation' and ${stood('e')}
left join area_deprivation a on a.table_id = e.id and a.lsoa = v.lsoa
left join lateral (
  select t.key, c.lsoa
  from area_table t
  join area_postcode c on c.table_id = t.id and c.postcode = v.postcode
  where t.kind = 'postcodes' and t.geography = e.geography and ${stood('t')}
  order by t.published_on desc nulls last, t.key collate "C" desc
  limit 1
) p on a.lsoa is null
left join area_deprivation d on d.table_id = e.id and d.lsoa = coalesce(a.lsoa, p.lsoa)
where ${stood('v')}
order by s.key collate "C"`;

const FLOOR_AREAS = `${WITH_LATER}
select s.key as site, f.from_day as from, f.area_m2
from site_version v
join site s on s.id = v.site_id
join site_floor_area f on f.site_id = v.site_id and f.change_id = v.change_id
where ${stood('v')}
order by s.id, f.ordinal`;

type FloorRow = { site: string; from: string | null; area_m2: string };

/** Where sites stand, from the database. */
export function makePlacesReader(pool: pg.Pool): PlacesReader {
  return {
    async deprivationTables(at) {
      const { rows } = await pool.query({ name: 'deprivation-tables', text: TABLES, values: [at?.seq ?? NOW_SEQ] });
      return rows.map(areaTableFromRow);
    },

    async places(table, at) {
      const { rows } = await pool.query<SitePlace>(PLACES, [at?.seq ?? NOW_SEQ, table]);
      return rows;
    },

    async floorAreas(at) {
      const { rows } = await pool.query<FloorRow>({
        name: 'floor-areas',
        text: FLOOR_AREAS,
        values: [at?.seq ?? NOW_SEQ],
      });
      const bySite = groupBy(rows, ({ site }) => site);
      return new Map(
        [...bySite].map(([site, own]) => [site, own.map(({ from, area_m2 }) => ({ from, areaM2: Number(area_m2) }))]),
      );
    },
  };
}
