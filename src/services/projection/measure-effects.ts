import type { Unit } from '../../domain/activities.ts';
import { Decimal, ZERO } from '../../domain/decimal.ts';
import type { EmissionsBasis } from '../../domain/emissions.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { inOrder } from '../../domain/measures/apply-measures.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { type MeasureEffect, siteEffects } from '../../domain/measures/site-effects.ts';
import { activityOf, type Quantities, useKey, type YearUse } from '../../domain/measures/site-use.ts';
import type { EmissionRates } from '../../domain/projection/emission-rates.ts';
import type { ProjectedYear } from '../../domain/projection/projected-year.ts';
import { type SeriesPart, shareOfSeries } from '../../domain/projection/use-series.ts';
import { partOf, type Target } from '../../domain/targets/target.ts';
import { newBasis, type SiteActivity, type SiteBases } from './site-bases.ts';

const ONE_UNIT = new Decimal(1);

/** Why a measure is not counted. */
export const NOT_APPLIED = ['done', 'begins-in-the-data', 'no-use-in-the-base-year'] as const;
export type NotApplied = { measure: Measure; reason: (typeof NOT_APPLIED)[number] };

/** Measures that are counted, in their order, and those that are not. */
export type SortedMeasures = { applied: readonly Measure[]; notApplied: readonly NotApplied[] };

/** Tells measures that change years to come from those that show in the data, or find nothing to change. */
export function sortMeasures(measures: readonly Measure[], bases: SiteBases, from: LocalDay): SortedMeasures {
  const applied: Measure[] = [];
  const notApplied: NotApplied[] = [];
  for (const measure of inOrder(measures)) {
    if (measure.status === 'done') notApplied.push({ measure, reason: 'done' });
    else if (measure.from < from) notApplied.push({ measure, reason: 'begins-in-the-data' });
    else if (!bases.has(measure.site)) notApplied.push({ measure, reason: 'no-use-in-the-base-year' });
    else applied.push(measure);
  }
  return { applied, notApplied };
}

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

/** What measures do to a target's emissions in a year. */
export type YearEffects = (year: ProjectedYear) => readonly MeasureEffect[];

/** Whether parts can weigh against each other: a site that used nothing has no mix. */
const isMix = (parts: readonly SeriesPart[]): boolean =>
  !parts.reduce((total, { quantity }) => total.plus(quantity), ZERO).isZero();

/** Works out what measures at their sites do in years to come, by the rates of the target's lines. */
export function measureEffects(
  target: Target,
  applied: readonly Measure[],
  bases: SiteBases,
  rates: EmissionRates,
): YearEffects {
  const bySite = groupBy(applied, ({ site }) => site);
  const { activities: counted } = partOf(target.boundary.part);
  const made = new Map<string, EmissionsBasis | null>();

  const partsFor = (site: string, key: string): readonly SeriesPart[] => {
    const activities = bases.get(site) ?? new Map<string, SiteActivity>();
    const own = activities.get(key)?.parts ?? [];
    const [first] = own;
    if (first !== undefined) return isMix(own) ? own : [{ basis: first.basis, quantity: ONE_UNIT }];
    const activity = activityOf(key);
    if (counted.length > 0 && !counted.includes(activity)) return [];
    const name = `${site} ${key}`;
    const unit = key.slice(activity.length + 1) as Unit;
    const basis = made.has(name) ? (made.get(name) ?? null) : newBasis(activities, activity, unit);
    made.set(name, basis);
    return basis === null ? [] : [{ basis, quantity: ONE_UNIT }];
  };

  const effectsOf = (year: ProjectedYear): MeasureEffect[] => {
    const found = [...bySite].flatMap(([site, ordered]) => {
      const use = yearUseOf(bases.get(site) ?? new Map(), year);
      const kgOf = (quantities: Quantities): Decimal =>
        [...quantities].reduce((kg, [key, quantity]) => {
          return kg.plus(quantity.times(rates.ofParts(partsFor(site, key), year.period).kgPerUnit));
        }, ZERO);
      const energyOf = (key: string, quantity: Decimal): Decimal | null => {
        const basis = partsFor(site, key)[0]?.basis;
        if (basis !== undefined) return rates.energyOf(basis, quantity, year.period);
        return key === useKey(activityOf(key), 'kWh') ? quantity : null;
      };
      return siteEffects(year.period, use, ordered, energyOf, kgOf);
    });
    const effects = new Map(found.map((effect) => [effect.measure, effect]));
    return applied.flatMap((measure) => effects.get(measure) ?? []);
  };
  const known = new Map<ProjectedYear, MeasureEffect[]>();
  return (year) => {
    const effects = known.get(year) ?? effectsOf(year);
    known.set(year, effects);
    return effects;
  };
}
