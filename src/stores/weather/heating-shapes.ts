import type { PoolClient } from 'pg';
import { inForce } from '../../domain/dated.ts';
import { Decimal } from '../../domain/decimal.ts';
import { groupBy } from '../../domain/group-by.ts';
import { addMonths, type DaySpan, earlier, type LocalDay, later, monthStart } from '../../domain/local-day.ts';
import { seriesKey } from '../../domain/weather/degree-days.ts';
import type { HeatingShape } from '../../domain/weather/heating-weights.ts';
import { type WeatherCalendar, weatherCalendar } from '../../domain/weather/weather-calendar.ts';
import { WEATHER_SETTINGS } from '../../domain/weather/weather-settings.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { DEGREE_DAY_COLUMNS, type DegreeDayRow, degreeDayFromRow } from './degree-day-rows.ts';

const BASE = `coalesce((g.weather #>> '{degreeDays,baseTemperatureC}')::numeric, ${WEATHER_SETTINGS.degreeDays.baseTemperatureC.value})`;

/** Meters that declare how much of their use heats, with the region of each of their placements. */
const DECLARED = `
select v.meter_id, v.heating_share, p.from_day, coalesce(s.weather_region, g.weather_region) as region, ${BASE}::text as base
from meter_version v
join meter_placement p on p.meter_id = v.meter_id and p.change_id = v.change_id
join settings_version g on g.superseded_by is null
left join site_version s on s.site_id = p.site_id and s.superseded_by is null
where v.meter_id = any($1::integer[]) and v.superseded_by is null and v.heating_share > 0
order by v.meter_id, p.ordinal`;

const DEGREE_DAYS = `
select ${DEGREE_DAY_COLUMNS}
from degree_day d
where d.region = any($1::text[]) and d.kind = 'heating' and d.base_temperature_c = $2::numeric
  and d.day >= $3::date and d.day < $4::date and d.superseded_by is null`;

type DeclaredRow = {
  meter_id: number;
  heating_share: string;
  from_day: LocalDay | null;
  region: string | null;
  base: string;
};

const HOLD = `select pg_advisory_xact_lock_shared(${ADVISORY_LOCKS.degreeDays})`;

/**
 * How the totals of locked meters are spread over degree days, by meter; those that declare nothing are not in it. Holds the
 * degree days still until the transaction ends, so that no total is spread over what is being replaced.
 */
export async function heatingShapes(
  client: PoolClient,
  spans: ReadonlyMap<number, readonly DaySpan[]>,
): Promise<Map<number, HeatingShape>> {
  if (spans.size === 0) return new Map();
  const found = await client.query<DeclaredRow>({
    name: 'heating-meters',
    text: DECLARED,
    values: [[...spans.keys()]],
  });
  const declared = found.rows;
  const [first] = declared;
  if (first === undefined) return new Map();
  await client.query(HOLD);
  const own = declared.flatMap((row) => spans.get(row.meter_id) ?? []);
  const start = own.reduce((day, span) => earlier(day, span.start), own[0]?.start ?? '');
  const end = own.reduce((day, span) => later(day, span.end), own[0]?.end ?? '');
  const regions = [...new Set(declared.flatMap(({ region }) => region ?? []))];
  const { rows } = await client.query<DegreeDayRow>({
    name: 'heating-degree-days',
    text: DEGREE_DAYS,
    values: [regions, first.base, monthStart(start), addMonths(monthStart(end), 1)],
  });
  const calendars = new Map<string, WeatherCalendar>();
  for (const values of groupBy(rows.map(degreeDayFromRow), seriesKey).values())
    calendars.set(values[0]?.region ?? '', weatherCalendar(values));
  const shapes = new Map<number, HeatingShape>();
  for (const [meterId, placements] of groupBy(declared, (row) => row.meter_id)) {
    const dated = placements.map(({ from_day: from, region }) => ({ from, region }));
    shapes.set(meterId, {
      share: new Decimal(placements[0]?.heating_share ?? 0),
      degreeDaysOf: (day) => calendars.get(inForce(dated, day)?.region ?? '')?.ofDay(day) ?? null,
    });
  }
  return shapes;
}
