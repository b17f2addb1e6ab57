import type pg from 'pg';
import { type Activity, type Direction, figureUnit, type MeterKind, type Unit } from '../domain/activities.ts';
import { CHECK_SETTINGS } from '../domain/checks/check-settings.ts';
import type { Consolidation } from '../domain/consolidation.ts';
import type { BoundaryReason } from '../domain/control.ts';
import { Decimal } from '../domain/decimal.ts';
import type { Estate, EstateMeter, EstateSite, ServiceEdge } from '../domain/estate.ts';
import { ESTIMATION_SETTINGS } from '../domain/estimation/estimation-settings.ts';
import type { CalorificBasis } from '../domain/factor-lines.ts';
import type { LocalDay } from '../domain/local-day.ts';
import type { Technology } from '../domain/meter.ts';
import { type SomeValues, withDefaults } from '../domain/setting-table.ts';
import type { CertificateStatus } from '../domain/supply/certificates.ts';
import type { Supply } from '../domain/supply/supply.ts';
import type { Tenancy } from '../domain/tenancy.ts';
import { WEATHER_SETTINGS } from '../domain/weather/weather-settings.ts';
import {
  CLOCK,
  CURRENT_METERS,
  CURRENT_SETTINGS,
  CURRENT_SITES,
  CURRENT_SUPPLY,
  EXTENTS,
} from './queries/estate-query.ts';
import { withSnapshot } from './snapshot.ts';
import { type SupplyRow, supplyOf } from './supply-rows.ts';

/** A row of the queries that an estate is read with. */
export type SiteRow = {
  key: string;
  name: string;
  category: string | null;
  portfolios: EstateSite['portfolios'];
  ward: string | null;
  weather_region: string | null;
  opened_on: LocalDay | null;
  opened_reason: BoundaryReason | null;
  closed_on: LocalDay | null;
  closed_reason: BoundaryReason | null;
  controls: EstateSite['controls'];
  floor_areas: EstateSite['floorAreas'];
};

export type MeterRow = {
  id: number;
  key: string;
  activity: Activity;
  unit: Unit;
  kind: MeterKind;
  direction: Direction;
  technology: Technology | null;
  parent_key: string | null;
  calorific_basis: CalorificBasis | null;
  measures: 'fuel' | 'heat-output' | null;
  efficiency: string | null;
  heat_network: string | null;
  contracts: { from: LocalDay | null; contract: string | null }[];
  certificates: { from: LocalDay | null; status: CertificateStatus }[];
  return_to_sewer: string | null;
  agreed_capacity_kva: string | null;
  heating_share: string | null;
  usual_delay_days: number | null;
  from_day: LocalDay | null;
  from_reason: BoundaryReason | null;
  to_day: LocalDay | null;
  to_reason: BoundaryReason | null;
  first_day: LocalDay | null;
  last_day: LocalDay | null;
  placements: { from: LocalDay | null; site: string }[];
  tenancies: Tenancy[];
};

export type SettingsRow = {
  seq: string;
  config_seq: string;
  reporting_year_start: string;
  consolidation: Consolidation;
  reported_lines: string[];
  return_to_sewer: string;
  missing_share_max: string;
  estimated_share_max: string;
  significance_threshold: string;
  restatement_threshold: string;
  checks: SomeValues;
  estimation: SomeValues;
  weather_region: string | null;
  weather: SomeValues;
};

const edge = (on: LocalDay | null, reason: BoundaryReason | null): ServiceEdge | null =>
  on === null || reason === null ? null : { on, reason };

const decimalOrNull = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));

function siteFromRow(row: SiteRow): EstateSite {
  const { key, name, category, portfolios, ward, controls } = row;
  const opened = edge(row.opened_on, row.opened_reason);
  const closed = edge(row.closed_on, row.closed_reason);
  const { weather_region: weatherRegion, floor_areas: floorAreas } = row;
  return { key, name, category, portfolios, ward, floorAreas, weatherRegion, controls, opened, closed };
}

function meterFromRow(row: MeterRow): EstateMeter {
  const { id, key, activity, unit, kind, direction, measures, placements, tenancies } = row;
  return {
    id,
    key,
    activity,
    unit: figureUnit(activity, unit),
    readingUnit: unit,
    contracts: row.contracts,
    certificates: row.certificates,
    kind,
    direction,
    isMadeFromFuel: row.technology === 'chp',
    measures,
    placements,
    tenancies,
    parentKey: row.parent_key,
    calorificBasis: row.calorific_basis,
    efficiency: decimalOrNull(row.efficiency),
    heatNetwork: row.heat_network,
    returnToSewer: decimalOrNull(row.return_to_sewer),
    agreedCapacityKva: decimalOrNull(row.agreed_capacity_kva),
    heatingShare: decimalOrNull(row.heating_share),
    usualDelayDays: row.usual_delay_days,
    from: row.from_day,
    to: row.to_day,
    fromReason: row.from_reason,
    toReason: row.to_reason,
    firstDay: row.first_day,
    lastDay: row.last_day,
  };
}

type ExtentRow = { meter_id: number; first_day: LocalDay; last_day: LocalDay };

/** An estate from its rows. */
export function estateOf(
  row: SettingsRow,
  sites: readonly SiteRow[],
  meters: readonly MeterRow[],
  supply: Supply,
): Estate {
  return {
    seq: row.seq,
    sites: new Map(sites.map((site) => [site.key, siteFromRow(site)])),
    meters: meters.map(meterFromRow),
    supply,
    settings: {
      reportingYearStart: row.reporting_year_start,
      consolidation: row.consolidation,
      reportedLines: row.reported_lines,
      returnToSewer: new Decimal(row.return_to_sewer),
      missingShareMax: new Decimal(row.missing_share_max),
      estimatedShareMax: new Decimal(row.estimated_share_max),
      significanceThreshold: new Decimal(row.significance_threshold),
      restatementThreshold: new Decimal(row.restatement_threshold),
      checks: withDefaults(CHECK_SETTINGS, row.checks),
      estimation: withDefaults(ESTIMATION_SETTINGS, row.estimation),
      weatherRegion: row.weather_region,
      weather: withDefaults(WEATHER_SETTINGS, row.weather),
    },
  };
}

/** Loads the estate as it stands, in one snapshot, with the clock reading it belongs to. */
async function loadEstate(pool: pg.Pool): Promise<Known> {
  return withSnapshot(pool, async (client) => {
    const settings = await client.query<SettingsRow>(CURRENT_SETTINGS);
    const sites = await client.query<SiteRow>(CURRENT_SITES);
    const meters = await client.query<MeterRow>(CURRENT_METERS);
    const supply = await client.query<SupplyRow>(CURRENT_SUPPLY);
    const row = settings.rows[0];
    if (row === undefined) throw new Error('The database holds no settings: reference data is not loaded.');
    return { estate: estateOf(row, sites.rows, meters.rows, supplyOf(supply.rows)), configSeq: row.config_seq };
  });
}

/** The same configuration after readings were written: only the extents of the meters can have moved. */
async function withExtents(pool: pg.Pool, estate: Estate, seq: string): Promise<Estate> {
  const { rows } = await pool.query<ExtentRow>({ name: 'extents', text: EXTENTS });
  const extents = new Map(rows.map((row) => [row.meter_id, row]));
  const meters = estate.meters.map((meter) => {
    const extent = extents.get(meter.id);
    return { ...meter, firstDay: extent?.first_day ?? null, lastDay: extent?.last_day ?? null };
  });
  return { ...estate, seq, meters };
}

type Known = { estate: Estate; configSeq: string };
type ClockRow = { seq: string; config_seq: string };

/** Reads the estate, and remembers it for as long as the clock says that it has not changed. */
export function makeEstateReader(pool: pg.Pool): { currentEstate(): Promise<Estate> } {
  let known: Known | null = null;
  return {
    async currentEstate() {
      const { rows } = await pool.query<ClockRow>({ name: 'clock', text: CLOCK });
      const clock = rows[0];
      if (known === null || known.configSeq !== clock?.config_seq) known = await loadEstate(pool);
      else if (known.estate.seq !== clock.seq)
        known = { ...known, estate: await withExtents(pool, known.estate, clock.seq) };
      return known.estate;
    },
  };
}
