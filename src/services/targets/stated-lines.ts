import { localDayOf } from '../../domain/calendar.ts';
import type { Period } from '../../domain/period.ts';
import { type CoveredLines, coveredLines } from '../../domain/targets/covered-lines.ts';
import type { Target } from '../../domain/targets/target.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';

/** What a target covers beside the estate in any year, by what is known to `deps` (rule H8). */
export async function coveredBy(deps: FigureDeps, target: Target): Promise<(period: Period) => CoveredLines> {
  const all = target.otherEmissions.length === 0 ? [] : await deps.otherEmissions();
  const today = localDayOf(deps.now());
  return (period) => coveredLines(target, all, period, today);
}
