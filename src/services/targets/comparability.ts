import { Decimal, ZERO } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { type StructuralChange, structuralChanges } from '../../domain/structural-change.ts';
import { isAreaTarget, type Target } from '../../domain/target.ts';
import { answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { judgedKg, targetQuestion } from './target-question.ts';

/** Says why a year cannot be set against the baseline, or null when it can. */
export type Comparability = (yearEnd: LocalDay) => string | null;

const ALWAYS: Comparability = () => null;

async function baselineBySite(
  deps: FigureDeps,
  target: Target,
  baseline: Period,
): Promise<ReadonlyMap<string, Decimal>> {
  const question = { ...targetQuestion(target, baseline), interval: 'total' as const, groupBy: ['site'] as const };
  const { figure } = await answerFigure(deps, question);
  const sites = new Map<string, Decimal>();
  for (const row of figure.rows)
    if (row.flow === 'use')
      sites.set(row.dims.site ?? '', (sites.get(row.dims.site ?? '') ?? ZERO).plus(judgedKg(target, row.sums)));
  return sites;
}

const named = (changes: readonly StructuralChange[]): string =>
  changes.map(({ site, reason, on }) => `${site} (${reason} on ${on})`).join(', ');

/**
 * Whether structural changes since the baseline leave it standing (rules D5, H6): a site that joined has no figure in the
 * baseline year; sites that left make a recalculation due once they reach the significance threshold together.
 */
export async function comparabilityOf(
  deps: FigureDeps,
  estate: Estate,
  target: Target,
  baseline: Period,
  baselineKg: Decimal,
  today: LocalDay,
): Promise<Comparability> {
  if (isAreaTarget(target)) return ALWAYS;
  const changes = structuralChanges(estate, target.scopes.includes(3), baseline.start, today);
  if (changes.length === 0) return ALWAYS;
  const computed = target.baseline.kind === 'computed';
  const bySite: ReadonlyMap<string, Decimal> = computed ? await baselineBySite(deps, target, baseline) : new Map();
  const threshold = estate.settings.significanceThreshold;
  return (yearEnd) => {
    const until = changes.filter((change) => change.on < yearEnd);
    const unknown = until.filter((change) => change.direction === 'joined' || !computed);
    if (unknown.length > 0)
      return `the baseline's recalculation is incomplete: ${named(unknown)} changed the boundary and the baseline has no figure for it`;
    const left = until.reduce((kg, change) => kg.plus(bySite.get(change.site) ?? ZERO), new Decimal(0));
    if (left.isZero() || left.lt(baselineKg.times(threshold))) return null;
    const share = left.div(baselineKg).times(100).toDecimalPlaces(1);
    return `a recalculation of the baseline is due: ${named(until)} held ${share} % of it and left the boundary`;
  };
}
