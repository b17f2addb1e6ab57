import type { DemoMeter } from './demo-meter.ts';
import type { DemoSite } from './demo-site.ts';
import { buildingLoad, netExport, netImport, solarGeneration, streetLightingLoad } from './electricity.ts';
import { heatDemand } from './heat-and-water.ts';
import { frameOf, intervalData, meterKey, meterSeed, type PlacedSite } from './meter-frame.ts';
import type { Series } from './series.ts';
import { SITE_KINDS } from './site-kinds.ts';

const ELECTRICITY = { activity: 'electricity', unit: 'kWh', kind: 'interval', usualDelayDays: 3 } as const;
const HOURS_A_YEAR = 8_760;
/** Heat a pump makes of one unit of electricity. */
const HEAT_PUMP_YIELD = 2.9;

/** Half-hourly electricity a site uses, wherever it comes from. */
function siteLoad(site: DemoSite): Series {
  const kind = SITE_KINDS[site.kind];
  const seed = meterSeed(site, 'electricity', 'load');
  const { lamps, electricityTrend: trend, floorAreaM2 = 0 } = site;
  if (lamps !== undefined && site.kind === 'street-lighting')
    return streetLightingLoad(lamps.kilowatts, lamps.nightShare, trend);
  if (lamps !== undefined) return buildingLoad(kind, lamps.kilowatts * HOURS_A_YEAR, seed, trend);
  const building = buildingLoad(kind, floorAreaM2 * kind.electricityKwhPerM2, seed, trend);
  if (site.heating !== 'heat-pump') return building;
  const heat = heatDemand(kind, (floorAreaM2 * kind.heatKwhPerM2) / HEAT_PUMP_YIELD, meterSeed(site, 'heat', 'demand'));
  return (day) => {
    const pumped = heat(day);
    return building(day).map((value, index) => value + (pumped[index] ?? 0));
  };
}

function solarMeters(placed: PlacedSite, load: Series, generation: Series): DemoMeter[] {
  const { site } = placed;
  const direction = (role: 'generation' | 'export', series: Series): DemoMeter => {
    const frame = frameOf(placed, role, site.solar?.from);
    const body = { ...frame.body, ...ELECTRICITY, direction: role };
    return {
      ...frame,
      body: role === 'generation' ? { ...body, technology: 'solar' } : body,
      data: intervalData(site, role, 30, series, 2),
    };
  };
  return [direction('generation', generation), direction('export', netExport(load, generation))];
}

function mainMeter(placed: PlacedSite, series: Series): DemoMeter {
  const { site } = placed;
  const { from, ...body } = frameOf(placed, 'electricity').body;
  const frame = frameOf(placed, 'electricity');
  return {
    ...frame,
    dataFrom: site.firstDataOn ?? frame.dataFrom,
    body: { ...body, ...(site.firstDataOn === undefined && from !== undefined ? { from } : {}), ...ELECTRICITY },
    data: intervalData(site, 'electricity', 30, series, (site.floorAreaM2 ?? 0) < 2000 && !site.lamps ? 2 : 1),
  };
}

function subMeter(placed: PlacedSite, { name, kilowatts }: NonNullable<DemoSite['subMeter']>): DemoMeter {
  const frame = frameOf(placed, 'sub-meter');
  const seed = meterSeed(placed.site, 'sub-meter', 'load');
  const load = buildingLoad(SITE_KINDS['traffic-signals'], kilowatts * HOURS_A_YEAR, seed);
  return {
    ...frame,
    body: {
      ...frame.body,
      name: `${placed.site.name}: ${name}`,
      ...ELECTRICITY,
      parent: meterKey(placed, 'electricity'),
    },
    data: intervalData(placed.site, 'sub-meter', 30, load, 2),
  };
}

function movedMeter(placed: PlacedSite, moved: NonNullable<DemoSite['movedSupply']>): DemoMeter {
  const { site } = placed;
  const frame = frameOf(placed, 'moved');
  const load = buildingLoad(SITE_KINDS['leisure-centre'], moved.kwhPerYear, meterSeed(site, 'moved', 'load'));
  return {
    ...frame,
    body: {
      ...frame.body,
      name: moved.name,
      placements: [{ site: site.key }, { from: moved.until, site: moved.to }],
      ...ELECTRICITY,
    },
    data: intervalData(site, 'moved', 30, load, 2),
  };
}

/** The electricity meters of a site. */
export function electricityMeters(placed: PlacedSite): DemoMeter[] {
  const { site } = placed;
  const load = siteLoad(site);
  const { solar, subMeter: behind, movedSupply } = site;
  const panels = solar === undefined ? null : solarGeneration(solar.peakKw, meterSeed(site, 'generation', 'sky'));
  const generation: Series | null =
    panels && ((day) => (day < (solar?.from ?? '') ? panels(day).fill(0) : panels(day)));
  return [
    mainMeter(placed, generation === null ? load : netImport(load, generation)),
    ...(generation === null ? [] : solarMeters(placed, load, generation)),
    ...(behind === undefined ? [] : [subMeter(placed, behind)]),
    ...(movedSupply === undefined ? [] : [movedMeter(placed, movedSupply)]),
  ];
}
