import type { Coverage } from '../coverage.ts';
import type { FigureSettings } from '../estate.ts';

const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`;

/**
 * Why a year of an activity is not complete enough to be a point of a trend, by the limits of a verdict (rule H6); null
 * where it is. What is still to come is not there.
 */
export function incompleteness(
  coverage: Coverage | null,
  { missingShareMax, estimatedShareMax }: Pick<FigureSettings, 'missingShareMax' | 'estimatedShareMax'>,
): string | null {
  if (coverage === null) return 'no meter was in service';
  const absent = Math.round((coverage.missing + (coverage.pending ?? 0)) * 10_000) / 10_000;
  if (missingShareMax.lt(absent)) return `${percent(absent)} is missing`;
  if (estimatedShareMax.lt(coverage.estimated)) return `${percent(coverage.estimated)} is estimated`;
  const { unweighted = 0 } = coverage;
  return unweighted > 0 ? `${unweighted} meters have no data` : null;
}
