import type { Activity, Direction, MeterKind, Unit } from '../../src/domain/activities.ts';
import type { BoundaryReason, Control } from '../../src/domain/control.ts';
import type { LocalDay } from '../../src/domain/local-day.ts';
import type { Leak } from './heat-and-water.ts';
import type { SiteKindName } from './site-kinds.ts';
import type { Trend } from './trend.ts';

type Edge = { on: LocalDay; reason: BoundaryReason };

/** What heats a site, and how its use is known. */
export type Heating =
  | 'gas-hourly'
  | 'gas-daily'
  | 'gas-billed'
  | 'district-heat'
  | 'wood-pellets'
  | 'gas-oil'
  | 'heat-pump'
  | 'none';

/** One site of the demonstration estate: what the service is told of it, and what its meters are made from. */
export type DemoSite = {
  key: string;
  name: string;
  kind: SiteKindName;
  portfolio: string;
  ward?: string;
  postcode?: string;
  floorAreaM2?: number;
  opened?: Edge;
  closed?: Edge;
  control?: { from?: LocalDay; control: Control; reason?: BoundaryReason }[];
  disclosure?: 'totals-only';
  heating: Heating;
  water: 'daily' | 'billed' | 'none';
  solar?: { peakKw: number; from?: LocalDay };
  /** Lamps or signals of an unmetered supply. */
  lamps?: { kilowatts: number; nightShare: number };
  electricityTrend?: Trend;
  heatTrend?: Trend;
  leaks?: readonly Leak[];
  /** A part of the building metered again behind its main meter. */
  subMeter?: { name: string; kilowatts: number };
  /** A supply of its own, at this site until `until` and at site `to` afterwards. */
  movedSupply?: { name: string; kwhPerYear: number; until: LocalDay; to: string };
  /** The service is not told when the main meter began, and there is no data before this day. */
  firstDataOn?: LocalDay;
};

/** The body of `PUT /v1/sites/{key}`. */
export type SiteBody = {
  name: string;
  category: string;
  portfolio: string;
  visitedByPublic: boolean;
  ward?: string;
  postcode?: string;
  floorAreaM2?: number;
  opened?: Edge;
  closed?: Edge;
  control?: { from?: LocalDay; control: Control; reason?: BoundaryReason }[];
  disclosure?: 'totals-only';
};

/** The body of `PUT /v1/meters/{key}`. */
export type MeterBody = {
  name: string;
  placements: { from?: LocalDay; site: string }[];
  activity: Activity;
  unit: Unit;
  kind: MeterKind;
  direction?: Direction;
  technology?: 'solar';
  parent?: string;
  from?: Edge;
  to?: Edge;
  usualDelayDays: number;
};
