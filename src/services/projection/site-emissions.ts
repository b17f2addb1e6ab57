import type { Unit } from '../../domain/activities.ts';
import { Decimal, ZERO } from '../../domain/decimal.ts';
import type { EmissionsBasis } from '../../domain/emissions.ts';
import { yearWithAll } from '../../domain/measures/apply-measures.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { activityOf, useKey, type YearUse } from '../../domain/measures/site-use.ts';
import { addScopes, type ByScope, timesScopes } from '../../domain/projection/by-scope.ts';
import type { EmissionRates, Rate } from '../../domain/projection/emission-rates.ts';
import type { ProjectedYear } from '../../domain/projection/projected-year.ts';
import { type SeriesPart, shareOfSeries } from '../../domain/projection/use-series.ts';
import { partOf, type Target } from '../../domain/targets/target.ts';
import { newBasis, type SiteActivity, type SiteBases } from './site-bases.ts';

const ONE_UNIT = new Decimal(1);

/** What a site emits in a year to come with some measures, in their order, as a target counts it. */
export type SiteEmissions = (site: string, ordered: readonly Measure[], year: ProjectedYear) => ByScope;

/** What a site would use in a year: its share of what everything of the activity comes to. */
function yearUseOf(site: ReadonlyMap<string, SiteActivity>, { parts: projected }: ProjectedYear): YearUse {
  return new Map(
    [...site].flatMap(([key, { activity, unit, parts, byMonth }]) => {
      const found = projected.find(({ series }) => series.activity === activity && series.unit === unit);
      if (found === undefined) return [];
      const own = parts.reduce((total, part) => total.plus(part.quantity), ZERO);
      return [[key, { quantity: found.quantity.expected.times(shareOfSeries(found.series, own)), byMonth }] as const];
    }),
  );
}

/** Whether parts can weigh against each other: a site that used nothing has no mix. */
const isMix = (parts: readonly SeriesPart[]): boolean =>
  !parts.reduce((total, { quantity }) => total.plus(quantity), ZERO).isZero();

/** What decides the emissions of what a site uses, also of what it has not used so far. */
function basesOf(
  target: Target,
  site: ReadonlyMap<string, SiteActivity>,
  asOne: (basis: EmissionsBasis) => EmissionsBasis,
): (key: string) => readonly SeriesPart[] {
  const { activities: counted } = partOf(target.boundary.part);
  const made = new Map<string, readonly SeriesPart[]>();
  return (key) => {
    const own = site.get(key)?.parts ?? [];
    const [first] = own;
    if (first !== undefined) return isMix(own) ? own : [{ basis: first.basis, quantity: ONE_UNIT }];
    const activity = activityOf(key);
    if (counted.length > 0 && !counted.includes(activity)) return [];
    const unit = key.slice(activity.length + 1) as Unit;
    const known = made.get(key);
    if (known !== undefined) return known;
    const basis = newBasis(site, activity, unit);
    const parts = basis === null ? [] : [{ basis: asOne(basis), quantity: ONE_UNIT }];
    made.set(key, parts);
    return parts;
  };
}

type SiteYear = { use: YearUse; rates: Map<string, Rate> };

/** Works out what sites emit in years to come, by the rates of the target's lines. */
export function siteEmissions(target: Target, bases: SiteBases, rates: EmissionRates): SiteEmissions {
  const equal = new Map<string, EmissionsBasis>();
  /** Equal bases as one object, by which rates are remembered. */
  const asOne = (basis: EmissionsBasis): EmissionsBasis => {
    const name = JSON.stringify(basis);
    const found = equal.get(name) ?? basis;
    equal.set(name, found);
    return found;
  };
  const partsOfSite = new Map([...bases].map(([site, activities]) => [site, basesOf(target, activities, asOne)]));
  const known = new WeakMap<ProjectedYear, Map<string, SiteYear>>();

  const siteYear = (site: string, year: ProjectedYear): SiteYear => {
    const sites = known.get(year) ?? new Map<string, SiteYear>();
    known.set(year, sites);
    const found = sites.get(site) ?? { use: yearUseOf(bases.get(site) ?? new Map(), year), rates: new Map() };
    sites.set(site, found);
    return found;
  };

  return (site, ordered, year) => {
    const { use, rates: ofKeys } = siteYear(site, year);
    const partsFor = partsOfSite.get(site) ?? (() => []);
    const energyOf = (key: string, quantity: Decimal): Decimal | null => {
      const basis = partsFor(key)[0]?.basis;
      if (basis !== undefined) return rates.energyOf(basis, quantity, year.period);
      return key === useKey(activityOf(key), 'kWh') ? quantity : null;
    };
    const rateOf = (key: string): Rate => {
      const rate = ofKeys.get(key) ?? rates.ofParts(partsFor(key), year.period);
      ofKeys.set(key, rate);
      return rate;
    };
    const used = yearWithAll(year.period, use, ordered, energyOf);
    return addScopes([...used].map(([key, quantity]) => timesScopes(rateOf(key).byScope, quantity)));
  };
}
