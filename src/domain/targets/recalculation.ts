import { type Decimal, ZERO } from '../decimal.ts';
import type { LocalDay } from '../local-day.ts';
import type { StructuralChange } from '../structural-change.ts';

/** What the operator states a site emitted in a target's base year, where no data tells (rule D5). */
export type StatedBaseYear = { site: string; emissionsKgCo2e: number; source: string; note?: string };

/** What is known of base years: as reported then, as the sites are now, and as stated. Kilograms, exact. */
export type BaseYearFigures = {
  /** What sites have in the original baseline; null where it was published as one number. */
  reported: ReadonlyMap<string, Decimal> | null;
  /** What sites that joined emitted in the base year by the data, as far as it is complete. */
  joined: ReadonlyMap<string, Decimal>;
  stated: ReadonlyMap<string, Decimal>;
};

/** What a site's changes do to the baseline; `effectKg` is null where the base year of the site is not known. */
export type RecalculatedSite = {
  site: string;
  changes: readonly StructuralChange[];
  baseYearKg: Decimal | null;
  evidence: 'data' | 'stated' | 'unknown';
  effectKg: Decimal | null;
};

/** A baseline set right for the transfers until a day (rule D5). */
export type Recalculation = {
  status: 'none' | 'below-threshold' | 'recalculated' | 'recalculation-incomplete';
  originalKg: Decimal;
  /** The baseline that verdicts use: the original where nothing is to be recalculated or something is unknown. */
  baselineKg: Decimal;
  /** What all changes with a known base year come to together. */
  effectKg: Decimal;
  sites: readonly RecalculatedSite[];
};

function siteEffect(site: string, changes: readonly StructuralChange[], figures: BaseYearFigures): RecalculatedSite {
  const wasIn = changes[0]?.direction === 'left';
  const isIn = changes.at(-1)?.direction === 'joined';
  const reported = figures.reported?.get(site) ?? (figures.reported === null && wasIn ? null : ZERO);
  const stated = figures.stated.get(site) ?? null;
  if (wasIn && isIn) return { site, changes, baseYearKg: reported, evidence: 'data', effectKg: ZERO };
  if (!isIn) {
    const baseYearKg = reported ?? stated;
    const evidence = reported !== null ? 'data' : stated !== null ? 'stated' : 'unknown';
    return { site, changes, baseYearKg, evidence, effectKg: baseYearKg?.negated() ?? null };
  }
  const known = stated ?? figures.joined.get(site) ?? null;
  const evidence = stated !== null ? 'stated' : known !== null ? 'data' : 'unknown';
  return { site, changes, baseYearKg: known, evidence, effectKg: known?.minus(reported ?? ZERO) ?? null };
}

/**
 * The baseline for a year that ends on `until`: the original, less the base-year emissions of sites that left, plus those
 * of sites that joined and existed then. It moves only once all changes together reach the threshold, a share of the
 * original; where one is unknown, nothing can be said of any (rule D5).
 */
export function recalculate(
  originalKg: Decimal,
  changes: readonly StructuralChange[],
  figures: BaseYearFigures,
  threshold: Decimal,
  until: LocalDay,
): Recalculation {
  const bySite = new Map<string, StructuralChange[]>();
  for (const change of changes)
    if (change.on < until) bySite.set(change.site, [...(bySite.get(change.site) ?? []), change]);
  const sites = [...bySite].map(([site, own]) => siteEffect(site, own, figures));
  const effectKg = sites.reduce((sum, site) => sum.plus(site.effectKg ?? 0), ZERO);
  const as = (status: Recalculation['status'], baselineKg: Decimal): Recalculation => {
    return { status, originalKg, baselineKg, effectKg, sites };
  };
  if (sites.some((site) => site.effectKg === null)) return as('recalculation-incomplete', originalKg);
  if (effectKg.isZero()) return as('none', originalKg);
  if (effectKg.abs().lt(originalKg.times(threshold))) return as('below-threshold', originalKg);
  return as('recalculated', originalKg.plus(effectKg));
}
