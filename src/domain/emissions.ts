import type { Line, Scope, Unit } from './activities.ts';
import { type Control, placeLine } from './control.ts';
import { Decimal, ZERO } from './decimal.ts';
import { type FactorLine, factorLinesOf, fuelPropertyKey, type LineBasis } from './factor-lines.ts';
import type { FactorYears } from './factor-policy.ts';
import { type Gas, type NoFactor, type ResolvedFactor, resolveFactor } from './factor-resolution.ts';
import type { FactorSet, FuelProperty } from './factor-set.ts';
import type { FigureFlag } from './figure-flags.ts';
import type { HeatSupply } from './supply/heat-supply.ts';
import { type HeatTerm, heatTerm } from './supply/heat-terms.ts';

/** What of a metered quantity decides its emissions: the same for all quantities that may be added before factors apply. */
export type EmissionsBasis = LineBasis & {
  /** The row of the table of controls that lines are placed by, which a lease under financial control may change (rule D2). */
  control: Control;
  scope3Category: number | null;
  /**
   * Share of supplied water that goes to the sewer, 0 to 1; null where a meter of waste water below says how much it was,
   * whose line treatment then is (rule B7).
   */
  returnToSewer: Decimal | null;
  /** Fuel-to-heat efficiency where the meter measures heat output, else null (rule B2). */
  heatEfficiency: Decimal | null;
  /** The heat network that supplies it, with its own factor (rule B5). */
  heatSupply?: HeatSupply | null;
};

/** One factor line applied to one quantity. `kg` is null when the line has no factor; `reason` then says why. */
export type LineEmission = {
  line: Line;
  scope: Scope;
  category: number | null;
  upstream: boolean;
  /** The quantity the factor stands for: metered, in tonnes, in net kWh of fuel, or treated water. */
  quantity: Decimal;
  quantityUnit: string;
  factorKey: string;
  factor: ResolvedFactor | null;
  kg: Decimal | null;
  reason: string | null;
  flags?: readonly FigureFlag[];
  /** What the published factor would give where another one stands in its place (rule B5); null where there is none. */
  nationalKg?: Decimal | null;
};

/** Looks a line's factor up; injected so that a caller can remember answers. */
export type Resolve = (years: FactorYears, key: string) => ReturnType<typeof resolveFactor>;

/** A `Resolve` over the given sets that remembers each answer. */
export function rememberingResolve(sets: readonly FactorSet[], gas: Gas): Resolve {
  const known = new Map<FactorYears, Map<string, ReturnType<typeof resolveFactor>>>();
  return (years, key) => {
    const byKey = known.get(years) ?? new Map<string, ReturnType<typeof resolveFactor>>();
    known.set(years, byKey);
    const found = byKey.get(key) ?? resolveFactor(sets, years, key, gas);
    byKey.set(key, found);
    return found;
  };
}

/** The calorific values nearest to a year: its set's, else the newest earlier, else the oldest published. */
export function fuelPropertyFor(sets: readonly FactorSet[], year: number, basis: LineBasis): FuelProperty | null {
  const key = fuelPropertyKey(basis.activity);
  if (key === null) return null;
  const having = sets.filter((set) => set.fuelProperties.has(key)).sort((a, b) => a.year - b.year);
  const set = having.findLast((candidate) => candidate.year <= year) ?? having[0];
  return set?.fuelProperties.get(key) ?? null;
}

/** The fuel behind a metered quantity: heat output by its efficiency, anything else as it is (rule B2). */
function fuelOf(quantity: Decimal, basis: EmissionsBasis): Decimal {
  return basis.heatEfficiency === null ? quantity : quantity.div(basis.heatEfficiency);
}

/** Net kWh of fuel behind a metered kWh: gross ones by the published calorific values (rule B2). */
function netKwh(quantity: Decimal, basis: EmissionsBasis, property: FuelProperty | null): Decimal | null {
  const fuel = fuelOf(quantity, basis);
  if (basis.calorificBasis !== 'gross') return fuel;
  if (property?.netKwhPerKg == null || property.grossKwhPerKg === null) return null;
  return fuel.times(property.netKwhPerKg).div(property.grossKwhPerKg);
}

/** Gross kWh of one unit of a fuel that is bought by volume or weight; null where no such property is published. */
function grossKwhPerUnit(unit: Unit, property: FuelProperty | null): Decimal | null {
  if (unit === 'litre') return property?.grossKwhPerLitre ?? null;
  if (unit === 'kg') return property?.grossKwhPerKg ?? null;
  if (unit === 'tonne') return property?.grossKwhPerKg?.times(1000) ?? null;
  return null;
}

/**
 * What a metered quantity counts in a total of energy, and in which unit: fuels stand there in kWh at gross calorific
 * value, so litres, kilograms, tonnes and net kWh are turned into gross ones by the published properties of the fuel, and
 * heat output into the fuel it was made of (rule B9). What no property is published for counts as it is, in its own unit.
 */
export function finalEnergy(
  quantity: Decimal,
  basis: EmissionsBasis,
  property: FuelProperty | null,
): { value: Decimal; unit: Unit } {
  const perUnit = grossKwhPerUnit(basis.unit, property);
  if (perUnit !== null) return { value: quantity.times(perUnit), unit: 'kWh' };
  const value = fuelOf(quantity, basis);
  if (basis.unit !== 'kWh' || basis.calorificBasis !== 'net') return { value, unit: basis.unit };
  if (property?.netKwhPerKg == null || property.grossKwhPerKg === null) return { value, unit: basis.unit };
  return { value: value.times(property.grossKwhPerKg).div(property.netKwhPerKg), unit: basis.unit };
}

function lineQuantity(
  line: FactorLine,
  quantity: Decimal,
  basis: EmissionsBasis,
  property: FuelProperty | null,
): { value: Decimal | null; unit: string } {
  if (line.quantity === 'tonnes') return { value: quantity.div(1000), unit: 'tonne' };
  if (line.quantity === 'net-kwh') return { value: netKwh(quantity, basis, property), unit: 'kWh (Net CV)' };
  if (line.quantity === 'treated-water') return { value: quantity.times(basis.returnToSewer ?? ZERO), unit: 'm3' };
  return { value: quantity, unit: basis.unit };
}

/** kg = quantity × Σ(days × factor) / Σ days, exact, one division last; null without a quantity or factor. */
export function emittedKg(quantity: Decimal | null, factor: ResolvedFactor | NoFactor): Decimal | null {
  if ('missing' in factor || quantity === null) return null;
  const weighted = quantity.times(factor.weighted);
  return factor.days === 1 ? weighted : weighted.div(factor.days);
}

/** A line with its factor, or with why it has none. */
function quantified(
  entry: Omit<LineEmission, 'factor' | 'kg' | 'reason'>,
  value: Decimal | null,
  factor: ResolvedFactor | NoFactor,
  activity: string,
): LineEmission {
  if ('missing' in factor) return { ...entry, factor: null, kg: null, reason: factor.reason };
  const reason = value === null ? `no calorific values are published for ${activity}` : null;
  return { ...entry, factor, kg: emittedKg(value, factor), reason };
}

/** A line of heat from a network that has a factor of its own: that one counts, and the published one stands beside it. */
function ofNetwork(national: LineEmission, term: HeatTerm): LineEmission {
  const { flags } = term;
  if (term.kind === 'national') return flags.length === 0 ? national : { ...national, flags };
  const beside = { flags, nationalKg: national.kg };
  if (term.kind === 'own') return { ...quantified(national, national.quantity, term.factor, 'heat'), ...beside };
  const reason = "included in the network's own factor";
  return { ...national, factor: null, kg: ZERO, reason, ...beside };
}

/**
 * The only place where a quantity meets a factor: kg = quantity × Σ(days × factor) / Σ days, exact, one division last.
 * Returns one entry per factor line of the activity, unrounded; none for a site outside the boundary. A line without a
 * factor has `kg: null`, never 0.
 */
export function emissionsOf(
  quantity: Decimal,
  basis: EmissionsBasis,
  years: FactorYears,
  resolve: Resolve,
  property: FuelProperty | null,
  gas: Gas = 'co2e',
): LineEmission[] {
  const result: LineEmission[] = [];
  for (const factorLine of factorLinesOf(basis)) {
    if (factorLine.quantity === 'treated-water' && basis.returnToSewer === null) continue;
    const placement = placeLine(factorLine.line, factorLine.scope, basis.control, basis.scope3Category);
    if (placement === null) continue;
    const { value, unit } = lineQuantity(factorLine, quantity, basis, property);
    const factor = resolve(years, factorLine.factorKey);
    const entry = {
      line: factorLine.line,
      ...placement,
      quantity: value ?? ZERO,
      quantityUnit: unit,
      factorKey: factorLine.factorKey,
    };
    const national = quantified(entry, value, factor, basis.activity);
    result.push(ofNetwork(national, heatTerm(basis.heatSupply, factorLine.line, gas)));
  }
  return result;
}

/** Own generation used on the site: scope 1, zero, no losses and no upstream (rule B4). */
export function ownGenerationLine(
  selfUseKwh: Decimal,
  control: Control,
  scope3Category: number | null,
): LineEmission | null {
  const placement = placeLine('own-generation', 1, control, scope3Category);
  if (placement === null) return null;
  return {
    line: 'own-generation',
    ...placement,
    quantity: selfUseKwh,
    quantityUnit: 'kWh',
    factorKey: 'own-generation',
    factor: null,
    kg: new Decimal(0),
    reason: null,
  };
}
