import type { Activity, Unit } from '../../src/domain/activities.ts';
import type { Control } from '../../src/domain/control.ts';
import { Decimal } from '../../src/domain/decimal.ts';
import type { Estate, EstateMeter, EstateSite, FigureSettings } from '../../src/domain/estate.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/reference/default-settings.ts';
import { NO_SUPPLY, type Supply } from '../../src/domain/supply/supply.ts';
import type { Tenancy } from '../../src/domain/tenancy.ts';

/** What a test says of a meter; the rest is an electricity import meter with interval data, of unknown dates, at site S. */
export type MeterFields = Partial<Omit<EstateMeter, 'placements'>> & { key: string; site?: string };

/** What a test says of a site; `control` alone means that one since ever. */
export type SiteFields = Partial<Omit<EstateSite, 'controls'>> & {
  key: string;
  control?: Control;
  controls?: readonly ControlFields[];
};

/** A control period, without a lease unless the test says so. */
export type ControlFields = Omit<EstateSite['controls'][number], 'leaseType'> & Partial<EstateSite['controls'][number]>;

const METER: Omit<EstateMeter, 'id' | 'key' | 'placements'> = {
  activity: 'electricity',
  unit: 'kWh',
  readingUnit: 'kWh',
  kind: 'interval',
  direction: 'import',
  isMadeFromFuel: false,
  parentKey: null,
  calorificBasis: null,
  measures: null,
  efficiency: null,
  heatNetwork: null,
  contracts: [],
  certificates: [],
  returnToSewer: null,
  agreedCapacityKva: null,
  heatingShare: null,
  usualDelayDays: null,
  tenancies: [],
  from: null,
  to: null,
  fromReason: null,
  toReason: null,
  firstDay: null,
  lastDay: null,
};

const UNITS: Partial<Record<Activity, Unit>> = { water: 'm3', diesel: 'litre', 'wood-pellets': 'tonne' };

function meterOf({ site = 'S', ...fields }: MeterFields, index: number): EstateMeter {
  const unit = UNITS[fields.activity ?? 'electricity'] ?? 'kWh';
  return { ...METER, id: index + 1, unit, readingUnit: unit, placements: [{ from: null, site }], ...fields };
}

function siteOf({ control = 'operated', controls, ...fields }: SiteFields): EstateSite {
  const held: readonly ControlFields[] = controls ?? [{ from: null, control, scope3Category: null, reason: null }];
  const dated = { portfolios: [], floorAreas: [], opened: null, closed: null };
  const plain = { category: null, ward: null, weatherRegion: null, ...dated };
  const leases = held.map((period) => ({ leaseType: null, ...period }));
  return { name: `Site ${fields.key}`, ...plain, ...fields, controls: leases };
}

/** An estate as a plain value. Sites that meters name and the test does not describe are operated ones. */
export function estateOf(
  meters: readonly MeterFields[],
  sites: readonly SiteFields[] = [],
  settings: Partial<FigureSettings> = {},
  supply: Partial<Supply> = {},
): Estate {
  const named = new Set(meters.map(({ site = 'S' }) => site));
  const described = sites.map(siteOf);
  const all = [...described, ...[...named].map((key) => siteOf({ key }))];
  return {
    seq: '1',
    sites: new Map(all.reverse().map((site) => [site.key, site])),
    meters: meters.map(meterOf),
    settings: { ...DEFAULT_SETTINGS, ...settings },
    supply: { ...NO_SUPPLY, ...supply },
  };
}

/** A tenant since ever, in the usual category. */
export function placedTenant(name: string, fields: Partial<Tenancy> = {}): Tenancy {
  const plain = { from: null, to: null, scope3Category: 13, leaseType: null, floorAreaM2: null, share: null };
  return { name, kind: 'tenancy', ...plain, ...fields };
}

/** A decimal from what a test writes. */
export const dec = (value: string | number): Decimal => new Decimal(value);
