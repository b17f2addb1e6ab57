import { type BillPlan, billsOf, EVERY_MONTH, QUARTERS } from './bills.ts';
import type { DemoMeter } from './demo-meter.ts';
import type { Heating, MeterBody } from './demo-site.ts';
import { heatDemand, waterDemand } from './heat-and-water.ts';
import { frameOf, intervalData, meterSeed, type PlacedSite, type Role } from './meter-frame.ts';
import { daily, hourly, type Series } from './series.ts';
import { SITE_KINDS } from './site-kinds.ts';

type Supply = Pick<MeterBody, 'activity' | 'unit'> & { role: Role };

const GAS: Supply = { role: 'gas', activity: 'natural-gas', unit: 'kWh' };
const DISTRICT_HEAT: Supply = { role: 'heat', activity: 'district-heat', unit: 'kWh' };
const WATER: Supply = { role: 'water', activity: 'water', unit: 'm3' };
const PELLETS: Supply = { role: 'pellets', activity: 'wood-pellets', unit: 'tonne' };
const GAS_OIL: Supply = { role: 'gas-oil', activity: 'gas-oil', unit: 'litre' };

/** Fuel for one kWh of heat demand: about 4,800 kWh in a tonne of pellets, 10 in a litre of gas oil, boilers allowed for. */
const TONNES_PER_KWH = 1 / 4_400;
const LITRES_PER_KWH = 1 / 9.6;
/** Months on whose first day a delivery comes. */
const PELLET_DELIVERIES = [1, 2, 3, 4, 10, 11, 12];
const GAS_OIL_DELIVERIES = [2, 4, 10, 12];

type Billing = Pick<BillPlan, 'months' | 'delayDays' | 'decimals' | 'estimates'> & { usualDelayDays: number };

const MONTHLY_BILL: Billing = { months: EVERY_MONTH, delayDays: 10, decimals: 0, estimates: true, usualDelayDays: 45 };
const QUARTERLY_BILL: Billing = { months: QUARTERS, delayDays: 21, decimals: 0, estimates: false, usualDelayDays: 120 };
const DELIVERIES: Billing = { months: [], delayDays: 5, decimals: 2, estimates: false, usualDelayDays: 200 };

function intervalMeter(
  placed: PlacedSite,
  supply: Supply,
  minutes: 60 | 1440,
  series: Series,
  decimals: number,
): DemoMeter {
  const { role, ...activity } = supply;
  const frame = frameOf(placed, role);
  return {
    ...frame,
    body: { ...frame.body, ...activity, kind: 'interval', usualDelayDays: 3 },
    data: intervalData(placed.site, role, minutes, minutes === 60 ? hourly(series) : daily(series), decimals),
  };
}

function billedMeter(placed: PlacedSite, supply: Supply, series: Series, billing: Billing): DemoMeter {
  const { role, ...activity } = supply;
  const { usualDelayDays, ...plan } = billing;
  const frame = frameOf(placed, role);
  const span = { start: frame.dataFrom, end: frame.dataTo };
  const seed = meterSeed(placed.site, role, 'bills');
  const invoice = `${placed.site.key}-${role.toUpperCase()}`;
  return {
    ...frame,
    body: { ...frame.body, ...activity, kind: 'billed', usualDelayDays },
    data: { kind: 'billed', bills: (until) => billsOf({ ...plan, series, span, seed, invoice }, until) },
  };
}

const scaled =
  (series: Series, factor: number): Series =>
  (day) =>
    series(day).map((value) => value * factor);

const HEATING_METERS: Record<Heating, (placed: PlacedSite, heat: Series) => DemoMeter[]> = {
  'gas-hourly': (placed, heat) => [intervalMeter(placed, GAS, 60, heat, 1)],
  'gas-daily': (placed, heat) => [intervalMeter(placed, GAS, 1440, heat, 1)],
  'gas-billed': (placed, heat) => [billedMeter(placed, GAS, heat, MONTHLY_BILL)],
  'district-heat': (placed, heat) => [intervalMeter(placed, DISTRICT_HEAT, 60, heat, 1)],
  'wood-pellets': (placed, heat) => [
    billedMeter(placed, PELLETS, scaled(heat, TONNES_PER_KWH), { ...DELIVERIES, months: PELLET_DELIVERIES }),
  ],
  'gas-oil': (placed, heat) => [
    billedMeter(placed, GAS_OIL, scaled(heat, LITRES_PER_KWH), {
      ...DELIVERIES,
      decimals: 0,
      months: GAS_OIL_DELIVERIES,
    }),
  ],
  'heat-pump': () => [],
  none: () => [],
};

/** The meters of a site for heat, fuel and water. */
export function heatAndWaterMeters(placed: PlacedSite): DemoMeter[] {
  const { site } = placed;
  const kind = SITE_KINDS[site.kind];
  const area = site.floorAreaM2 ?? 0;
  const heat = heatDemand(kind, area * kind.heatKwhPerM2, meterSeed(site, 'heat', 'demand'), site.heatTrend);
  const meters = HEATING_METERS[site.heating](placed, heat);
  if (site.water === 'none') return meters;
  const water = waterDemand(kind, area * kind.waterM3PerM2, meterSeed(site, 'water', 'demand'), site.leaks);
  const waterMeter =
    site.water === 'daily'
      ? intervalMeter(placed, WATER, 1440, water, 2)
      : billedMeter(placed, WATER, water, QUARTERLY_BILL);
  return [...meters, waterMeter];
}
