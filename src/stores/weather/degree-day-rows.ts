import { Decimal } from '../../domain/decimal.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { DegreeDayKind, DegreeDayResolution, DegreeDayValue } from '../../domain/weather/degree-days.ts';

/** The columns of a degree day `d`. */
export const DEGREE_DAY_COLUMNS =
  'd.region, d.kind, d.base_temperature_c, d.resolution, d.day, d.degree_days, d.source';

/** A row of those columns. */
export type DegreeDayRow = {
  region: string;
  kind: DegreeDayKind;
  base_temperature_c: string;
  resolution: DegreeDayResolution;
  day: LocalDay;
  degree_days: string;
  source: string;
};

/** A value from its row. */
export function degreeDayFromRow(row: DegreeDayRow): DegreeDayValue {
  const { region, kind, resolution, day, source } = row;
  return {
    region,
    kind,
    baseTemperatureC: new Decimal(row.base_temperature_c),
    resolution,
    day,
    degreeDays: new Decimal(row.degree_days),
    source,
  };
}
