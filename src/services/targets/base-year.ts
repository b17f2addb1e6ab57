import { Decimal, ZERO } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { FigureRow } from '../../domain/figure-table.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { type RowSums, rowCoverage } from '../../domain/row-sums.ts';
import { type StructuralChange, structuralChanges } from '../../domain/structural-change.ts';
import { type BaseYearFigures, type Recalculation, recalculate } from '../../domain/targets/recalculation.ts';
import { isAreaTarget, partOf, type Target } from '../../domain/targets/target.ts';
import { wholeYearEstate } from '../../domain/whole-year-estate.ts';
import { answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { rowsBySite } from './target-figures.ts';
import { judgedKg, targetQuestion } from './target-question.ts';

/** A target's baseline and years, set right for sites that were transferred (rule D5). */
export type BaseYear = {
  /** The baseline for a year that ends on a day. */
  until(yearEnd: LocalDay): Recalculation;
  /** A year's emissions as if each change within it had held all year; null where there was none. */
  comparable(year: Period): Promise<RowSums | null>;
  /** The same by site. */
  comparableBySite(year: Period): Promise<FigureRow[] | null>;
};

const withEstate = (deps: FigureDeps, estate: Estate): FigureDeps => ({ ...deps, currentEstate: async () => estate });

function kgBySite(target: Target, rows: readonly FigureRow[]): Map<string, Decimal> {
  const sites = new Map<string, Decimal>();
  for (const { dims, sums } of rows) {
    const site = dims.site ?? '';
    sites.set(site, (sites.get(site) ?? ZERO).plus(judgedKg(target, sums)));
  }
  return sites;
}

/** Whether so much is known of a row that it can stand for a year. */
function isKnown({ sums }: FigureRow, missingShareMax: Decimal): boolean {
  const coverage = rowCoverage(sums);
  return sums.quantities.size > 0 && coverage !== null && missingShareMax.gte(coverage.missing);
}

/** What is known now, and what the baseline is computed from. */
type Known = { deps: FigureDeps; frozen: FigureDeps };

/** What is known of the base years of sites: of all that the original baseline holds, and of those that joined since. */
export async function baseYearFigures(
  { deps, frozen }: Known,
  estate: Estate,
  target: Target,
  baseline: Period,
  changes: readonly StructuralChange[],
): Promise<BaseYearFigures> {
  const joiners = changes.filter(({ direction }) => direction === 'joined');
  const joined = wholeYearEstate(estate, joiners, baseline.start);
  const keys = new Set(joiners.map(({ site }) => site));
  const rows = joiners.length === 0 ? [] : await rowsBySite(withEstate(deps, joined), target, baseline);
  const known = rows.filter((row) => keys.has(row.dims.site ?? '') && isKnown(row, estate.settings.missingShareMax));
  const computed = target.baseline.kind === 'computed';
  return {
    reported: computed ? kgBySite(target, await rowsBySite(frozen, target, baseline)) : null,
    joined: kgBySite(target, known),
    stated: new Map(target.recalculations.map(({ site, emissionsKgCo2e }) => [site, new Decimal(emissionsKgCo2e)])),
  };
}

/** Works out what transfers since the base year do to a target; nothing to a target of an area, which is no boundary of sites. */
export async function baseYearOf(
  known: Known,
  estate: Estate,
  target: Target,
  baseline: Period,
  originalKg: Decimal,
  today: LocalDay,
): Promise<BaseYear> {
  const changes = isAreaTarget(target)
    ? []
    : structuralChanges(
        estate,
        { part: partOf(target.boundary.part), keepsScope3: target.scopes.includes(3) },
        baseline.start,
        today,
      );
  const figures =
    changes.length === 0
      ? { reported: null, joined: new Map(), stated: new Map() }
      : await baseYearFigures(known, estate, target, baseline, changes);
  const threshold = estate.settings.significanceThreshold;
  const wholeYear = (year: Period): FigureDeps | null => {
    const within = changes.filter(({ on }) => on > year.start && on < year.end);
    return within.length === 0 ? null : withEstate(known.deps, wholeYearEstate(estate, within, year.start));
  };
  return {
    until: (yearEnd) => recalculate(originalKg, changes, figures, threshold, yearEnd),
    async comparable(year) {
      const altered = wholeYear(year);
      if (altered === null) return null;
      const question = { ...targetQuestion(target, year), interval: 'total' as const };
      return (await answerFigure(altered, question)).figure.total;
    },
    async comparableBySite(year) {
      const altered = wholeYear(year);
      return altered === null ? null : await rowsBySite(altered, target, year);
    },
  };
}
