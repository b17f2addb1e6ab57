import type pg from 'pg';
import { localDayOf } from '../../domain/calendar.ts';
import type { Estate } from '../../domain/estate.ts';
import { addDays } from '../../domain/local-day.ts';
import { DEFAULT_SETTINGS } from '../../domain/reference/default-settings.ts';
import type { ClockReading } from '../../services/past/past-store.ts';
import { estateOf, type MeterRow, type SettingsRow, type SiteRow } from '../estate-reader.ts';
import { type SupplyRow, supplyOf } from '../supply-rows.ts';
import { METERS_AS_OF, SETTINGS_AS_OF, SITES_AS_OF, SUPPLY_AS_OF } from './estate-as-of-query.ts';
import { rememberLast } from './remember-last.ts';

/** Estates are large, and a comparison looks at two moments again and again. */
const REMEMBERED = 3;

/** No data is taken for days to come; the rest allows for machines whose clocks differ. */
const DAYS_AHEAD_MAX = 31;

/** What held before any settings were written. */
function defaultsRow(seq: string): SettingsRow {
  const { reportingYearStart, consolidation, reportedLines, ...shares } = DEFAULT_SETTINGS;
  return {
    seq,
    config_seq: seq,
    reporting_year_start: reportingYearStart,
    consolidation,
    reported_lines: [...reportedLines],
    return_to_sewer: shares.returnToSewer.toString(),
    missing_share_max: shares.missingShareMax.toString(),
    estimated_share_max: shares.estimatedShareMax.toString(),
    significance_threshold: shares.significanceThreshold.toString(),
    restatement_threshold: shares.restatementThreshold.toString(),
    checks: shares.checks,
    estimation: shares.estimation,
    weather_region: shares.weatherRegion,
    weather: shares.weather,
  };
}

/** Loads the estate as it stood at a clock reading. Each query gives the same whenever it runs, so they need no snapshot. */
async function loadEstate(pool: pg.Pool, { seq, recordedAt }: ClockReading): Promise<Estate> {
  const noDataFrom = addDays(localDayOf(new Date(recordedAt)), DAYS_AHEAD_MAX + 1);
  const [settings, sites, meters, supply] = await Promise.all([
    pool.query<SettingsRow>(SETTINGS_AS_OF, [seq]),
    pool.query<SiteRow>(SITES_AS_OF, [seq]),
    pool.query<MeterRow>(METERS_AS_OF, [seq, noDataFrom]),
    pool.query<SupplyRow>(SUPPLY_AS_OF, [seq]),
  ]);
  return estateOf(settings.rows[0] ?? defaultsRow(seq), sites.rows, meters.rows, supplyOf(supply.rows));
}

/** Reads estates of the past, and remembers the last few: they do not change. */
export function makeEstateAsOf(pool: pg.Pool): (reading: ClockReading) => Promise<Estate> {
  const load = rememberLast(REMEMBERED, (text) => {
    const [seq = '', recordedAt = ''] = text.split(' ');
    return loadEstate(pool, { seq, recordedAt });
  });
  return ({ seq, recordedAt }) => load(`${seq} ${recordedAt}`);
}
