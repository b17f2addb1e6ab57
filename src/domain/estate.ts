import type { Activity, Direction, MeterKind, Unit } from './activities.ts';
import type { CheckSettings } from './checks/check-settings.ts';
import type { Consolidation, LeaseType } from './consolidation.ts';
import type { BoundaryReason, Control } from './control.ts';
import type { Decimal } from './decimal.ts';
import type { EstimationSettings } from './estimation/estimation-settings.ts';
import type { CalorificBasis } from './factor-lines.ts';
import type { LocalDay } from './local-day.ts';
import type { CertificateStatus } from './supply/certificates.ts';
import type { Supply } from './supply/supply.ts';
import type { Tenancy } from './tenancy.ts';
import type { WeatherSettings } from './weather/weather-settings.ts';

/** Something that holds from a day on (`null`: since ever) until the next entry. */
export type Dated<T> = { from: LocalDay | null } & T;

/** A first or last day in service, with its reason (rule D5). */
export type ServiceEdge = { on: LocalDay; reason: BoundaryReason };

/** A council property as it counts in figures. */
export type EstateSite = {
  key: string;
  name: string;
  category: string | null;
  /** The portfolio it is published in, from a day on; days before the first entry are in none (rule D4). */
  portfolios: readonly Dated<{ portfolio: string }>[];
  ward: string | null;
  /** Gross internal floor area from a day on; days before the first entry have none. */
  floorAreas: readonly Dated<{ areaM2: number }>[];
  /** Region whose degree days hold for it; null: that of the settings. */
  weatherRegion: string | null;
  controls: readonly Dated<{
    control: Control;
    scope3Category: number | null;
    reason: BoundaryReason | null;
    leaseType: LeaseType | null;
  }>[];
  opened: ServiceEdge | null;
  closed: ServiceEdge | null;
};

/** A metering point as it counts in figures. */
export type EstateMeter = {
  id: number;
  key: string;
  activity: Activity;
  /** What figures count it in. */
  unit: Unit;
  /** What its intervals and registers are in; another one only for volumes of gas (rule E6). */
  readingUnit: Unit;
  kind: MeterKind;
  direction: Direction;
  /** Generation of combined heat and power, whose fuel carries the emissions (rule B4). */
  isMadeFromFuel: boolean;
  parentKey: string | null;
  calorificBasis: CalorificBasis | null;
  measures: 'fuel' | 'heat-output' | null;
  efficiency: Decimal | null;
  /** One of the fixed words, or the key of a heat network (rule B5). */
  heatNetwork: string | null;
  /** The supply contract, from a day on (rule C1). */
  contracts: readonly Dated<{ contract: string | null }>[];
  /** What becomes of the certificates of what it generates, from a day on (rule C4). */
  certificates: readonly Dated<{ status: CertificateStatus }>[];
  returnToSewer: Decimal | null;
  agreedCapacityKva: Decimal | null;
  /** Declared share of its use that heats; null where nothing is declared (rule E4). */
  heatingShare: Decimal | null;
  usualDelayDays: number | null;
  placements: readonly Dated<{ site: string }>[];
  /** Tenants that it is a sub-meter for, or that share it (rule D3). */
  tenancies: readonly Tenancy[];
  from: LocalDay | null;
  to: LocalDay | null;
  /** Why it came and went (rule D5). */
  fromReason: BoundaryReason | null;
  toReason: BoundaryReason | null;
  /** First and last day with a quantity, or null when there is none. */
  firstDay: LocalDay | null;
  lastDay: LocalDay | null;
};

/** The settings that change a figure. */
export type FigureSettings = {
  reportingYearStart: string;
  /** How the boundary is drawn, by date (rule D2). */
  consolidation: Consolidation;
  reportedLines: readonly string[];
  returnToSewer: Decimal;
  missingShareMax: Decimal;
  estimatedShareMax: Decimal;
  /** Share of a baseline that structural changes must reach before it is recalculated (rule D5). */
  significanceThreshold: Decimal;
  /** Change of a published figure, as a share of it, from which its statement is restated (rule I2). */
  restatementThreshold: Decimal;
  /** Thresholds of the checks (rule E12). */
  checks: CheckSettings;
  /** Limits of the estimation of gaps (rule E11). */
  estimation: EstimationSettings;
  /** Region whose degree days hold for sites that name none. */
  weatherRegion: string | null;
  /** How weather is told from use. */
  weather: WeatherSettings;
};

/** The council's properties, meters and settings as recorded at one clock reading. */
export type Estate = {
  seq: string;
  sites: ReadonlyMap<string, EstateSite>;
  meters: readonly EstateMeter[];
  settings: FigureSettings;
  /** What is known of the energy that is bought. */
  supply: Supply;
};
