import type { FactorSeed, FactorSetSeed } from '../../src/domain/reference/factor-set-seed.ts';
import { type MadeCell, workbookFile } from './workbook-files.ts';

/** The two layouts of the official flat file: with row identifiers from 2023 on, without them before. */
export type FileLayout = 'with-ids' | 'without-ids';

const FUELS: Readonly<Record<string, [string, string]>> = {
  'gas.natural': ['Gaseous fuels', 'Natural gas'],
  'gas.natural_mineral': ['Gaseous fuels', 'Natural gas (100% mineral blend)'],
  'fuel.lpg': ['Gaseous fuels', 'LPG'],
  'fuel.propane': ['Gaseous fuels', 'Propane'],
  'fuel.burning_oil': ['Liquid fuels', 'Burning oil'],
  'fuel.gas_oil': ['Liquid fuels', 'Gas oil'],
  'fuel.fuel_oil': ['Liquid fuels', 'Fuel oil'],
  'fuel.diesel_blend': ['Liquid fuels', 'Diesel (average biofuel blend)'],
  'fuel.diesel_mineral': ['Liquid fuels', 'Diesel (100% mineral diesel)'],
};
const BIOENERGY: Readonly<Record<string, [string, string]>> = {
  'biomass.wood_logs': ['Biomass', 'Wood logs'],
  'biomass.wood_chips': ['Biomass', 'Wood chips'],
  'biomass.wood_pellets': ['Biomass', 'Wood pellets'],
  'biomass.grass_straw': ['Biomass', 'Grass/straw'],
  'biogas.biogas': ['Biogas', 'Biogas'],
  'biogas.landfill_gas': ['Biogas', 'Landfill gas'],
  'fuel.hvo': ['Biofuel', 'Biodiesel HVO'],
};
type Single = [level1: string, level2: string, level3: string, columnText: string];
const SINGLE: Readonly<Record<string, Single>> = {
  'electricity.grid.generation': ['UK electricity', 'Electricity generated', 'Electricity: UK', ''],
  'electricity.grid.td_losses': ['Transmission and distribution', 'T&D- UK electricity', 'Electricity: UK', ''],
  'electricity.grid.biogenic_outside_scopes': ['Outside of scopes', 'Electricity generated', 'Electricity: UK', ''],
  'heat.onsite': ['Heat and steam', 'Heat and steam', 'Onsite heat and steam', ''],
  'heat.district': ['Heat and steam', 'Heat and steam', 'District heat and steam', ''],
  'heat.onsite.wtt': ['WTT- heat and steam', 'WTT- heat and steam', 'Onsite heat and steam', ''],
  'heat.district.wtt': ['WTT- heat and steam', 'WTT- heat and steam', 'District heat and steam', ''],
  'heat.district.distribution_loss': [
    'Transmission and distribution',
    'Distribution - district heat & steam',
    '5% loss',
    '',
  ],
  'heat.district.wtt_distribution_loss': [
    'WTT- heat and steam',
    'WTT- district heat & steam distribution',
    '5% loss',
    '',
  ],
  'water.supply': ['Water supply', 'Water supply', 'Water supply', ''],
  'water.treatment': ['Water treatment', 'Water treatment', 'Water treatment', ''],
  'refrigerant.r32': ['Refrigerant & other', 'Kyoto protocol products', 'HFC-32', 'KYOTO'],
  'refrigerant.r134a': ['Refrigerant & other', 'Kyoto protocol products', 'HFC-134a', 'KYOTO'],
  'refrigerant.r404a': ['Refrigerant & other', 'Blends', 'R404A', 'KYOTO'],
  'refrigerant.r407c': ['Refrigerant & other', 'Blends', 'R407C', 'KYOTO'],
  'refrigerant.r410a': ['Refrigerant & other', 'Blends', 'R410A', 'KYOTO'],
  'vehicle.car.average.diesel.km': ['Passenger vehicles', 'Cars (by size)', 'Average car', 'Diesel'],
  'vehicle.car.average.petrol.km': ['Passenger vehicles', 'Cars (by size)', 'Average car', 'Petrol'],
  'vehicle.car.average.hybrid.km': ['Passenger vehicles', 'Cars (by size)', 'Average car', 'Hybrid'],
  'vehicle.car.average.unknown.km': ['Passenger vehicles', 'Cars (by size)', 'Average car', 'Unknown'],
  'vehicle.car.average.bev.km': ['UK electricity for EVs', 'Cars (by size)', 'Average car', 'Battery Electric Vehicle'],
  'vehicle.car.average.bev.td_losses.km': [
    'UK electricity T&D for EVs',
    'Cars (by size)',
    'Average car',
    'Battery Electric Vehicle',
  ],
};

const UOM: Readonly<Record<string, string>> = { tonne: 'tonnes', litre: 'litres', m3: 'cubic metres' };
const SCOPES: Readonly<Record<string, string>> = { outside: 'Outside of Scopes' };

function wttElectricity(key: string, layout: FileLayout): Single | null {
  const level1 = layout === 'with-ids' ? 'WTT- UK electricity' : 'WTT- UK & overseas elec';
  if (key === 'electricity.grid.wtt_generation')
    return [level1, 'WTT- UK electricity (generation)', 'Electricity: UK', ''];
  if (key === 'electricity.grid.wtt_td') return [level1, 'WTT- UK electricity (T&D)', 'Electricity: UK', ''];
  return null;
}

/** The texts under which a factor stands in the official file; null for one that it has not, such as a derived one. */
function textsOf({ key, confidence }: FactorSeed, layout: FileLayout): Single | null {
  if (confidence === 'derived') return null;
  const single = SINGLE[key] ?? wttElectricity(key, layout);
  if (single !== null) {
    const [level1, level2, level3, column] = single;
    const kyoto = layout === 'with-ids' ? 'Emissions including only Kyoto products' : '';
    return [level1, level2, level3, column === 'KYOTO' ? kyoto : column];
  }
  const [, prefix = '', part = ''] = /^(\w+\.\w+)(\.wtt|\.outside_scopes)?\.\w+$/.exec(key) ?? [];
  const [fuel, bio] = [FUELS[prefix], BIOENERGY[prefix]];
  const [level2, level3] = fuel ?? bio ?? ['', ''];
  if (level3 === '') return null;
  if (part === '.outside_scopes')
    return ['Outside of scopes', fuel === undefined ? level2 : 'Forecourt fuels containing biofuel', level3, ''];
  if (part === '.wtt') {
    const name = fuel === undefined ? `WTT- ${level2.toLowerCase()}` : level2;
    return [fuel === undefined ? 'WTT- bioenergy' : 'WTT- fuels', name, level3, ''];
  }
  return [fuel === undefined ? 'Bioenergy' : 'Fuels', level2, level3, ''];
}

/** Unit and column text: files without identifiers say the calorific value of a fuel in the column text. */
function unitsOf({ unit, scope }: FactorSeed, column: string, layout: FileLayout): [string, string] {
  const cv = /^kWh \((Net|Gross) CV\)$/.exec(unit)?.[1];
  if (cv === undefined) return [UOM[unit] ?? unit, column];
  if (scope === 'outside') return ['kWh', column];
  return layout === 'with-ids' ? [unit, column] : ['kWh', `Energy - ${cv} CV`];
}

type Row = { texts: Single; scope: string; uom: string; ghg: string; value: number | null };

function rowsOf(factor: FactorSeed, layout: FileLayout): Row[] {
  const texts = textsOf(factor, layout);
  if (texts === null) return [];
  const [uom, column] = unitsOf(factor, texts[3], layout);
  const named: Single = [texts[0], texts[1], texts[2], column];
  const scope = SCOPES[factor.scope] ?? `Scope ${factor.scope}`;
  const ghg = (gas: string) => (layout === 'with-ids' ? `kg CO2e of ${gas} per unit` : `kg ${gas}`);
  const row = (counted: string, value: FactorSeed['kgCo2e']): Row => ({
    texts: named,
    scope,
    uom,
    ghg: counted,
    value: value?.toNumber() ?? null,
  });
  if (factor.scope === 'outside') return [row(ghg('CO2'), factor.kgCo2e)];
  const parts = [
    row(ghg('CO2'), factor.kgCo2),
    row(ghg('CH4'), factor.kgCh4Co2e),
    row(ghg('N2O'), factor.kgN2oCo2e),
  ].filter(({ value }) => value !== null);
  return [row('kg CO2e', factor.kgCo2e), ...parts];
}

/** Rows that no line takes: a zero, a blank, and energy beside emissions, as the official file has them. */
const OTHERS: readonly Row[] = [
  {
    texts: ['Passenger vehicles', 'Cars (by size)', 'Average car', 'Battery Electric Vehicle'],
    scope: 'Scope 1',
    uom: 'km',
    ghg: 'kg CO2e',
    value: 0,
  },
  {
    texts: ['Waste disposal', 'Refuse', 'Organic: mixed food and garden waste', 'Re-use'],
    scope: 'Scope 3',
    uom: 'tonnes',
    ghg: 'kg CO2e',
    value: null,
  },
  {
    texts: ['SECR kWh pass & delivery vehs', 'Cars (by size)', 'Average car', 'Diesel'],
    scope: 'Scope 1',
    uom: 'km',
    ghg: 'kWh (Net CV)',
    value: 0.67542,
  },
];

/** The rows of a file of a set's factors, with some that no line takes. */
export function factorFileRows(set: FactorSetSeed, layout: FileLayout): Row[] {
  return [...[...set.factors.values()].flatMap((factor) => rowsOf(factor, layout)), ...OTHERS];
}

/** How many rows a file has, and how many of them are zero and blank. */
export type FileSize = { total: number; zero: number; blank: number };

/** The same rows among others that no line takes, until there are as many of each kind as a file has. */
export function filledRows(rows: readonly Row[], { total, zero, blank }: FileSize): Row[] {
  const [others] = [OTHERS[1]];
  if (others === undefined) throw new Error('no row that no line takes');
  const count = (value: number | null) => rows.filter((row) => row.value === value).length;
  const zeros = zero - count(0);
  const blanks = blank - count(null);
  const values = Array.from({ length: total - rows.length }, (_, index) => {
    if (index < zeros) return 0;
    return index < zeros + blanks ? null : Number(`0.${index}7`);
  });
  const more = values.map((value, index): Row => {
    const [level1, level2] = others.texts;
    return { ...others, texts: [level1, level2, `Made for a test ${index}`, 'Landfill'], value };
  });
  // Half before and half after, so that the rows that count stand in the midst.
  return [...more.filter((_, index) => index % 2 === 0), ...rows, ...more.filter((_, index) => index % 2 === 1)];
}

const HEADERS: Readonly<Record<FileLayout, readonly string[]>> = {
  'with-ids': ['ID', 'Scope', 'Level 1', 'Level 2', 'Level 3', 'Level 4', 'Column Text', 'UOM', 'GHG/Unit'],
  'without-ids': ['Scope', 'Level 1', 'Level 2', 'Level 3', 'Level 4', 'Column Text', 'UOM', 'GHG'],
};

/** The table of a file as cells: title, header, rows, and the mark of its end. */
export function factorFileCells(rows: readonly Row[], layout: FileLayout, year: number): MadeCell[][] {
  const cells = rows.map(({ texts: [level1, level2, level3, column], scope, uom, ghg, value }, index): MadeCell[] => {
    const common = [scope, level1, level2, level3, null, column === '' ? null : column, uom, ghg, value];
    return layout === 'with-ids' ? [`1_100_${1000 + index}_5_1`, ...common] : common;
  });
  const title = ['UK Government GHG Conversion Factors for Company Reporting'];
  const header = [...HEADERS[layout], `GHG Conversion Factor ${year}`];
  return [
    title,
    ['Factors by Category'],
    ['Freeze panes are active on this sheet.'],
    [],
    [null, 'Category'],
    header,
  ].concat(cells as never, [[null], [null, 'END']] as never);
}

const UPDATED = 45_818;

/** A workbook as the publisher makes it, with a front page that states version, year and date. */
export function factorWorkbook(
  rows: readonly Row[],
  {
    layout,
    year,
    version,
    type = 'xlsx',
  }: { layout: FileLayout; year: number; version: number; type?: 'xlsx' | 'xls' },
): Buffer {
  return workbookFile(
    [
      {
        name: 'Front page',
        rows: [
          ['UK Government GHG Conversion Factors for Company Reporting'],
          ['Front page'],
          ['Next publication date: ', `June ${year + 1}`, 'Factor set:', 'Flat file'],
          ['Version:', version, 'Year:', year],
          ['Updated:', [UPDATED, 'dd/mm/yyyy']],
        ],
      },
      { name: 'Factors by Category', rows: factorFileCells(rows, layout, year) },
    ],
    type === 'xls' ? 'biff8' : type,
  );
}

/** The table alone as CSV, as a spreadsheet saves it. */
export function factorCsv(rows: readonly Row[], layout: FileLayout, year: number): string {
  const written = (cell: MadeCell) => {
    const text = cell === null ? '' : String(cell);
    return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return factorFileCells(rows, layout, year)
    .map((cells) => cells.map(written).join(','))
    .join('\r\n');
}
