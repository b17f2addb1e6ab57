/** The utilities and fuels that can be metered ("activity data" of the GHG Protocol). */
export const ACTIVITIES = [
  'electricity',
  'natural-gas',
  'lpg',
  'burning-oil',
  'gas-oil',
  'fuel-oil',
  'diesel',
  'hvo',
  'wood-pellets',
  'wood-chips',
  'wood-logs',
  'biogas',
  'district-heat',
  'water',
  'wastewater',
] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** Units a meter may be in. `m3` is cubic metres of water or gas; `ft3` and `hcf` (hundreds of cubic feet) are of gas. */
export const UNITS = ['kWh', 'litre', 'kg', 'tonne', 'm3', 'ft3', 'hcf'] as const;
export type Unit = (typeof UNITS)[number];

/** Units each activity is metered in here. Volumes of natural gas are turned into kWh when they are stored (rule E6). */
export const ACTIVITY_UNITS: Readonly<Record<Activity, readonly Unit[]>> = {
  electricity: ['kWh'],
  'natural-gas': ['kWh', 'm3', 'ft3', 'hcf'],
  lpg: ['kWh', 'litre', 'kg', 'tonne'],
  'burning-oil': ['kWh', 'litre', 'kg', 'tonne'],
  'gas-oil': ['kWh', 'litre', 'kg', 'tonne'],
  'fuel-oil': ['kWh', 'litre', 'kg', 'tonne'],
  diesel: ['kWh', 'litre', 'kg', 'tonne'],
  hvo: ['kWh', 'litre', 'kg', 'tonne'],
  'wood-pellets': ['kWh', 'kg', 'tonne'],
  'wood-chips': ['kWh', 'kg', 'tonne'],
  'wood-logs': ['kWh', 'kg', 'tonne'],
  biogas: ['kWh', 'kg', 'tonne'],
  'district-heat': ['kWh'],
  water: ['m3'],
  wastewater: ['m3'],
};

/** The unit in which figures count what a meter in `unit` measures: gas is counted in gross kWh, whatever is read (rule E6). */
export function figureUnit(activity: Activity, unit: Unit): Unit {
  return activity === 'natural-gas' ? 'kWh' : unit;
}

/** Activities whose kWh factors stand on net calorific value, so that a kWh meter must say which it means (rule B2). */
export const NET_BASIS_ACTIVITIES: readonly Activity[] = ['wood-pellets', 'wood-chips', 'wood-logs', 'biogas', 'hvo'];

/** Fuels that come by lorry and are burnt until the next delivery (rule B2): those that can be weighed. */
export const DELIVERED_ACTIVITIES: readonly Activity[] = ACTIVITIES.filter((activity) =>
  ACTIVITY_UNITS[activity].includes('kg'),
);

/** Names of the factor lines, over all activities; never folded into each other. */
export const LINES = [
  'generation',
  'own-generation',
  'combustion',
  'heat',
  'td-losses',
  'distribution-loss',
  'wtt',
  'wtt-generation',
  'wtt-td',
  'wtt-loss',
  'supply',
  'treatment',
  'outside-of-scopes',
] as const;
export type Line = (typeof LINES)[number];

/** Emissions on the way from the well to the tank or the socket. */
const WELL_TO_TANK: readonly Line[] = ['wtt', 'wtt-generation', 'wtt-td', 'wtt-loss'];

/** Whether well-to-tank lines are partly in and partly left out, which no report may be (rule A9). */
export function isMixedWellToTank({
  included,
  excluded,
}: {
  included: readonly Line[];
  excluded: readonly Line[];
}): boolean {
  const isIn = (lines: readonly Line[]) => WELL_TO_TANK.some((line) => lines.includes(line));
  return isIn(included) && isIn(excluded);
}

export type Scope = 1 | 2 | 3 | 'outside';
export const SCOPES = [1, 2, 3, 'outside'] as const;

/** What a meter's flow is, seen from the site. Only `import` meters carry factor lines of their own. */
export const DIRECTIONS = ['import', 'export', 'generation'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const METER_KINDS = ['interval', 'register', 'billed'] as const;
export type MeterKind = (typeof METER_KINDS)[number];
