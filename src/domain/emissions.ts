import type { Line, Scope, Unit } from './activities.ts';
import { type Control, type Placement, placeLine } from './control.ts';
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
  { quantity: taken }: FactorLine,
  quantity: Decimal,
  basis: EmissionsBasis,
  property: FuelProperty | null,
): Decimal | null {
  if (taken === 'tonnes') return quantity.div(1000);
  if (taken === 'net-kwh') return netKwh(quantity, basis, property);
  if (taken === 'treated-water') return quantity.times(basis.returnToSewer ?? ZERO);
  return quantity;
}

const UNITS: Readonly<Record<Exclude<FactorLine['quantity'], 'metered'>, string>> = {
  tonnes: 'tonne',
  'net-kwh': 'kWh (Net CV)',
  'treated-water': 'm3',
};

/** kg = quantity × Σ(days × factor) / Σ days, exact, one division last; null without a quantity or factor. */
export function emittedKg(quantity: Decimal | null, factor: ResolvedFactor | NoFactor): Decimal | null {
  if ('missing' in factor || quantity === null) return null;
  const weighted = quantity.times(factor.weighted);
  return factor.days === 1 ? weighted : weighted.div(factor.days);
}

/** A factor line of a basis in some factor years with everything but a quantity: prepared once, applied to many. */
export type LineTerm = {
  basis: EmissionsBasis;
  factorLine: FactorLine;
  placement: Placement;
  property: FuelProperty | null;
  /** The published factor. */
  published: ResolvedFactor | NoFactor;
  /** What the network says that supplies the heat (rule B5). */
  heat: HeatTerm;
};

/** The factor lines of a basis in some factor years; none for a site outside the boundary. */
export function lineTerms(
  basis: EmissionsBasis,
  years: FactorYears,
  resolve: Resolve,
  property: FuelProperty | null,
  gas: Gas = 'co2e',
): LineTerm[] {
  return factorLinesOf(basis).flatMap((factorLine): LineTerm[] => {
    if (factorLine.quantity === 'treated-water' && basis.returnToSewer === null) return [];
    const placement = placeLine(factorLine.line, factorLine.scope, basis.control, basis.scope3Category);
    if (placement === null) return [];
    const published = resolve(years, factorLine.factorKey);
    return [
      { basis, factorLine, placement, property, published, heat: heatTerm(basis.heatSupply, factorLine.line, gas) },
    ];
  });
}

/** What a factor line makes of a quantity. `nationalKg` stands where a network's own factor takes the published one's place. */
export type AppliedTerm = { quantity: Decimal | null; kg: Decimal | null; nationalKg?: Decimal | null };

/**
 * The only place where a quantity meets a factor: kg = quantity × Σ(days × factor) / Σ days, exact, one division last.
 * A line without a factor has `kg: null`, never 0.
 */
export function applyTerm({ basis, factorLine, property, published, heat }: LineTerm, metered: Decimal): AppliedTerm {
  const quantity = lineQuantity(factorLine, metered, basis, property);
  const kg = emittedKg(quantity, published);
  if (heat.kind === 'national') return { quantity, kg };
  const own = heat.kind === 'own' ? emittedKg(quantity ?? ZERO, heat.factor) : ZERO;
  return { quantity, kg: own, nationalKg: kg };
}

/** Why a line has no kilograms, or none of its own; null where its factor is simply applied. */
function reasonOf({ basis, published, heat }: LineTerm, quantity: Decimal | null): string | null {
  if (heat.kind === 'included') return "included in the network's own factor";
  const factor = heat.kind === 'own' ? heat.factor : published;
  if ('missing' in factor) return factor.reason;
  return quantity === null ? `no calorific values are published for ${basis.activity}` : null;
}

function factorOf({ published, heat }: LineTerm): ResolvedFactor | null {
  if (heat.kind === 'included') return null;
  const factor = heat.kind === 'own' ? heat.factor : published;
  return 'missing' in factor ? null : factor;
}

/** A factor line applied to a quantity, with all that is to be said of it. */
export function lineEmission(term: LineTerm, metered: Decimal): LineEmission {
  const { basis, factorLine, placement, heat } = term;
  const { quantity, kg, nationalKg } = applyTerm(term, metered);
  const emission: LineEmission = {
    line: factorLine.line,
    ...placement,
    quantity: quantity ?? ZERO,
    quantityUnit: factorLine.quantity === 'metered' ? basis.unit : UNITS[factorLine.quantity],
    factorKey: factorLine.factorKey,
    factor: factorOf(term),
    kg,
    reason: reasonOf(term, quantity),
  };
  if (heat.kind !== 'national' || heat.flags.length > 0) emission.flags = heat.flags;
  if (nationalKg !== undefined) emission.nationalKg = nationalKg;
  return emission;
}

/** One entry per factor line of the activity, unrounded; none for a site outside the boundary. */
export function emissionsOf(
  quantity: Decimal,
  basis: EmissionsBasis,
  years: FactorYears,
  resolve: Resolve,
  property: FuelProperty | null,
  gas: Gas = 'co2e',
): LineEmission[] {
  return lineTerms(basis, years, resolve, property, gas).map((term) => lineEmission(term, quantity));
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
