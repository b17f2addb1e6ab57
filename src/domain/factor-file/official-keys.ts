import { type OfficialRow, plainText } from './official-row.ts';

const UNITS: Readonly<Record<string, string>> = {
  tonne: 'tonne',
  tonnes: 'tonne',
  litre: 'litre',
  litres: 'litre',
  'cubic metres': 'm3',
  'cubic metre': 'm3',
  m3: 'm3',
  kg: 'kg',
  gj: 'gj',
  km: 'km',
  kwh: 'kwh',
  'kwh (net cv)': 'net_cv',
  'kwh (gross cv)': 'gross_cv',
};

const FUELS: Readonly<Record<string, string>> = {
  'natural gas': 'gas.natural',
  'natural gas (100% mineral blend)': 'gas.natural_mineral',
  lpg: 'fuel.lpg',
  propane: 'fuel.propane',
  'burning oil': 'fuel.burning_oil',
  'gas oil': 'fuel.gas_oil',
  'fuel oil': 'fuel.fuel_oil',
  'diesel (average biofuel blend)': 'fuel.diesel_blend',
  'diesel (100% mineral diesel)': 'fuel.diesel_mineral',
};
const BIOENERGY: Readonly<Record<string, string>> = {
  'wood logs': 'biomass.wood_logs',
  'wood chips': 'biomass.wood_chips',
  'wood pellets': 'biomass.wood_pellets',
  'grass/straw': 'biomass.grass_straw',
  biogas: 'biogas.biogas',
  'landfill gas': 'biogas.landfill_gas',
};
const REFRIGERANTS: Readonly<Record<string, string>> = {
  'hfc 32': 'refrigerant.r32',
  'hfc 134a': 'refrigerant.r134a',
  r404a: 'refrigerant.r404a',
  r407c: 'refrigerant.r407c',
  r410a: 'refrigerant.r410a',
};
const CARS: Readonly<Record<string, string>> = {
  diesel: 'diesel',
  petrol: 'petrol',
  hybrid: 'hybrid',
  unknown: 'unknown',
};

/** A fuel is counted in these; natural gas of fossil origin alone is never bought by weight. */
const FUEL_UNITS = ['tonne', 'litre', 'm3', 'net_cv', 'gross_cv'];
const HVO_UNITS = ['litre', 'kg', 'gj'];

type Texts = { level1: string; level2: string; level3: string; column: string; unit: string | null };

/** The unit of a row. Files before 2023 may say in the column text alone on which calorific value a kWh stands. */
function unitOf(uom: string, columnText: string): string | null {
  const unit = UNITS[uom] ?? null;
  if (unit !== 'kwh') return unit;
  if (/\bgross cv\b/.test(columnText)) return 'gross_cv';
  return /\bnet cv\b/.test(columnText) ? 'net_cv' : 'kwh';
}

function fuelKey({ level3, unit }: Texts, part: string): string | null {
  const prefix = FUELS[level3];
  if (prefix === undefined || unit === null || !FUEL_UNITS.includes(unit)) return null;
  if (prefix === 'gas.natural_mineral' && unit === 'tonne') return null;
  return `${prefix}${part}.${unit}`;
}

/** Bioenergy stands on net calorific value, also where the file says kWh alone (rule B2). */
function bioenergyKey({ level3, unit }: Texts, part: string): string | null {
  if (unit === null) return null;
  if (level3 === 'biodiesel hvo') return HVO_UNITS.includes(unit) ? `fuel.hvo${part}.${unit}` : null;
  const prefix = BIOENERGY[level3];
  if (prefix === undefined) return null;
  const suffix = unit === 'net_cv' ? 'kwh' : unit;
  return suffix === 'kwh' || suffix === 'tonne' ? `${prefix}${part}.${suffix}` : null;
}

function outsideKey(texts: Texts): string | null {
  const { level3, unit } = texts;
  if (level3.startsWith('electricity uk') && unit === 'kwh') return 'electricity.grid.biogenic_outside_scopes';
  if (level3 !== 'diesel (average biofuel blend)') return bioenergyKey(texts, '.outside_scopes');
  const suffix = unit === 'kwh' ? 'net_cv' : unit;
  return suffix === 'litre' || suffix === 'tonne' || suffix === 'net_cv'
    ? `fuel.diesel_blend.outside_scopes.${suffix}`
    : null;
}

function electricityKey({ level1, level2, level3, unit }: Texts): string | null {
  if (unit !== 'kwh') return null;
  if (level1 === 'uk electricity')
    return level2 === 'electricity generated' && level3.startsWith('electricity uk')
      ? 'electricity.grid.generation'
      : null;
  if (level2 === 't and d uk electricity') return 'electricity.grid.td_losses';
  if (level2 === 'wtt uk electricity (generation)') return 'electricity.grid.wtt_generation';
  return level2 === 'wtt uk electricity (t and d)' ? 'electricity.grid.wtt_td' : null;
}

function heatKey({ level1, level2, level3, unit }: Texts): string | null {
  if (unit !== 'kwh') return null;
  if (level2 === 'distribution district heat and steam') return 'heat.district.distribution_loss';
  if (level2 === 'wtt district heat and steam distribution') return 'heat.district.wtt_distribution_loss';
  const part = level1 === 'heat and steam' ? '' : level1 === 'wtt heat and steam' ? '.wtt' : null;
  if (part === null) return null;
  if (level3 === 'onsite heat and steam') return `heat.onsite${part}`;
  return level3 === 'district heat and steam' ? `heat.district${part}` : null;
}

function carKey({ level1, level2, level3, column, unit }: Texts): string | null {
  if (level2 !== 'cars (by size)' || level3 !== 'average car' || unit !== 'km') return null;
  if (level1 === 'passenger vehicles') {
    const fuel = CARS[column];
    return fuel === undefined ? null : `vehicle.car.average.${fuel}.km`;
  }
  if (column !== 'battery electric vehicle') return null;
  if (level1 === 'uk electricity for evs') return 'vehicle.car.average.bev.km';
  return level1 === 'uk electricity t and d for evs' ? 'vehicle.car.average.bev.td_losses.km' : null;
}

/** A refrigerant by its products under the Kyoto protocol; files before 2021 have one column, without a text. */
function refrigerantKey({ level3, column, unit }: Texts): string | null {
  const counted = column === '' || column === 'emissions including only kyoto products';
  return counted && unit === 'kg' ? (REFRIGERANTS[level3] ?? null) : null;
}

function waterKey({ level1, unit }: Texts): string | null {
  if (unit !== 'm3') return null;
  return level1 === 'water supply' ? 'water.supply' : 'water.treatment';
}

/**
 * The factor key of this service that a row of a flat file belongs to, by its texts, which name the same thing in every
 * edition since 2016; null for a row that no line of this service takes.
 */
export function officialKeyOf(row: OfficialRow): string | null {
  const column = plainText(row.columnText);
  const texts: Texts = {
    level1: plainText(row.level1),
    level2: plainText(row.level2),
    level3: plainText(row.level3),
    column,
    unit: unitOf(plainText(row.uom), column),
  };
  const { level1 } = texts;
  if (level1 === 'fuels') return fuelKey(texts, '');
  if (level1 === 'wtt fuels') return fuelKey(texts, '.wtt');
  if (level1 === 'bioenergy') return bioenergyKey(texts, '');
  if (level1 === 'wtt bioenergy') return bioenergyKey(texts, '.wtt');
  if (level1 === 'outside of scopes') return outsideKey(texts);
  if (level1 === 'water supply' || level1 === 'water treatment') return waterKey(texts);
  if (level1 === 'refrigerant and other') return refrigerantKey(texts);
  if (level1 === 'heat and steam' || level1 === 'wtt heat and steam') return heatKey(texts);
  if (level1 === 'transmission and distribution') return electricityKey(texts) ?? heatKey(texts);
  if (level1 === 'uk electricity' || level1.startsWith('wtt uk ')) return electricityKey(texts);
  return carKey(texts);
}
