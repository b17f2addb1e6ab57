import type { Activity, Line, Scope, Unit } from './activities.ts';

/** How the kWh of a fuel are counted: gross or net calorific value. */
export type CalorificBasis = 'gross' | 'net';
/** Whether a heat meter is fed by the public network, by a plant on the site, or by the council's own energy centre. */
export type HeatNetwork = 'district' | 'none' | 'council';

/** What of a meter decides which factor lines its quantity takes. */
export type LineBasis = {
  activity: Activity;
  unit: Unit;
  calorificBasis: CalorificBasis | null;
  heatNetwork: HeatNetwork | null;
};

/** One factor line of an activity: where it belongs, which published factor it takes, and in which unit that factor stands. */
export type FactorLine = {
  line: Line;
  scope: Scope;
  factorKey: string;
  /** The quantity the factor is multiplied with, as a function of the metered one. */
  quantity: 'metered' | 'tonnes' | 'net-kwh' | 'treated-water';
};

const FUEL_KEYS: Partial<Record<Activity, string>> = {
  'natural-gas': 'gas.natural',
  lpg: 'fuel.lpg',
  'burning-oil': 'fuel.burning_oil',
  'gas-oil': 'fuel.gas_oil',
  'fuel-oil': 'fuel.fuel_oil',
  diesel: 'fuel.diesel_blend',
  hvo: 'fuel.hvo',
};
const BIOENERGY_KEYS: Partial<Record<Activity, string>> = {
  'wood-pellets': 'biomass.wood_pellets',
  'wood-chips': 'biomass.wood_chips',
  'wood-logs': 'biomass.wood_logs',
  biogas: 'biogas.biogas',
};
/** Fuels with a biogenic share that the publication states apart (rule B3). */
const FUELS_WITH_BIOGENIC_SHARE: readonly Activity[] = ['diesel', 'hvo'];

const metered = (line: Line, scope: Scope, factorKey: string): FactorLine => ({
  line,
  scope,
  factorKey,
  quantity: 'metered',
});

const ELECTRICITY: readonly FactorLine[] = [
  metered('generation', 2, 'electricity.grid.generation'),
  metered('td-losses', 3, 'electricity.grid.td_losses'),
  metered('wtt-generation', 3, 'electricity.grid.wtt_generation'),
  metered('wtt-td', 3, 'electricity.grid.wtt_td'),
  metered('outside-of-scopes', 'outside', 'electricity.grid.biogenic_outside_scopes'),
];
const DISTRICT_HEAT: readonly FactorLine[] = [
  metered('heat', 2, 'heat.district'),
  metered('distribution-loss', 3, 'heat.district.distribution_loss'),
  metered('wtt', 3, 'heat.district.wtt'),
  metered('wtt-loss', 3, 'heat.district.wtt_distribution_loss'),
];
/** Heat bought from a plant on the site has no distribution lines (rule B5). */
const ONSITE_HEAT: readonly FactorLine[] = [metered('heat', 2, 'heat.onsite'), metered('wtt', 3, 'heat.district.wtt')];
const WATER: readonly FactorLine[] = [
  metered('supply', 3, 'water.supply'),
  { line: 'treatment', scope: 3, factorKey: 'water.treatment', quantity: 'treated-water' },
];

/** Waste water whose volume is billed or metered by itself (rule B7). */
const WASTEWATER: readonly FactorLine[] = [metered('treatment', 3, 'water.treatment')];

function fuelLines(activity: Activity, prefix: string, basis: LineBasis): readonly FactorLine[] {
  const suffix =
    basis.unit === 'litre'
      ? 'litre'
      : basis.unit === 'kWh'
        ? basis.calorificBasis === 'net'
          ? 'net_cv'
          : 'gross_cv'
        : 'tonne';
  const quantity = basis.unit === 'kg' ? 'tonnes' : 'metered';
  const lines: FactorLine[] = [
    { line: 'combustion', scope: 1, factorKey: `${prefix}.${suffix}`, quantity },
    { line: 'wtt', scope: 3, factorKey: `${prefix}.wtt.${suffix}`, quantity },
  ];
  if (FUELS_WITH_BIOGENIC_SHARE.includes(activity))
    lines.push({
      line: 'outside-of-scopes',
      scope: 'outside',
      factorKey: `${prefix}.outside_scopes.${suffix}`,
      quantity,
    });
  return lines;
}

/** Bioenergy: scope 1 is CH4 and N2O only, the CO2 is outside of scopes; kWh stand on net calorific value (rule B2). */
function bioenergyLines(prefix: string, basis: LineBasis): readonly FactorLine[] {
  const suffix = basis.unit === 'kWh' ? 'kwh' : 'tonne';
  const quantity = basis.unit === 'kWh' ? 'net-kwh' : basis.unit === 'kg' ? 'tonnes' : 'metered';
  return [
    { line: 'combustion', scope: 1, factorKey: `${prefix}.${suffix}`, quantity },
    { line: 'wtt', scope: 3, factorKey: `${prefix}.wtt.${suffix}`, quantity },
    { line: 'outside-of-scopes', scope: 'outside', factorKey: `${prefix}.outside_scopes.${suffix}`, quantity },
  ];
}

function linesOf(basis: LineBasis): readonly FactorLine[] {
  const { activity } = basis;
  if (activity === 'electricity') return ELECTRICITY;
  if (activity === 'water') return WATER;
  if (activity === 'wastewater') return WASTEWATER;
  if (activity === 'district-heat') {
    if (basis.heatNetwork === 'council') return [];
    return basis.heatNetwork === 'none' ? ONSITE_HEAT : DISTRICT_HEAT;
  }
  const fuel = FUEL_KEYS[activity];
  if (fuel !== undefined) return fuelLines(activity, fuel, basis);
  const bioenergy = BIOENERGY_KEYS[activity];
  return bioenergy === undefined ? [] : bioenergyLines(bioenergy, basis);
}

const remembered = new WeakMap<LineBasis, readonly FactorLine[]>();

/** The factor lines of a metered quantity (rules B1 to B7); none for heat of the council's own energy centre (rule B6). */
export function factorLinesOf(basis: LineBasis): readonly FactorLine[] {
  const lines = remembered.get(basis) ?? linesOf(basis);
  remembered.set(basis, lines);
  return lines;
}

/** The key under which the publication lists an activity's calorific values, or null where it has none. */
export function fuelPropertyKey(activity: Activity): string | null {
  return BIOENERGY_KEYS[activity] ?? FUEL_KEYS[activity] ?? null;
}
