import { Decimal } from '../decimal.ts';
import { type Target, targetYear } from './target.ts';

/** A point of a path: the share of the baseline that is allowed in a year. */
export type PathPoint = { year: number; share: Decimal };

/** The shares of the baseline that a target allows (rule H1). Milestones without an amount, such as net zero, are no points. */
export type TargetPath = { baselineYear: number; points: readonly PathPoint[] };

/**
 * A target's path from its baseline through its milestones. `baselineKg` turns milestones given as amounts into shares;
 * it may be null where none is.
 */
export function pathOf(target: Target, baselineKg: Decimal | null): TargetPath {
  const baselineYear = targetYear(target.baseline.period, '/baseline/period');
  const points: PathPoint[] = [{ year: baselineYear, share: new Decimal(1) }];
  for (const [index, milestone] of target.milestones.entries()) {
    const year = targetYear(milestone.period, `/milestones/${index}/period`);
    if (milestone.reductionPercent !== undefined)
      points.push({ year, share: new Decimal(100).minus(milestone.reductionPercent).div(100) });
    else if (milestone.emissionsKgCo2e !== undefined && baselineKg !== null && !baselineKg.isZero())
      points.push({ year, share: new Decimal(milestone.emissionsKgCo2e).div(baselineKg) });
  }
  return { baselineYear, points };
}

/**
 * The share of the baseline allowed in a year: linear between points, the last point's after it, null before the baseline.
 * Unrounded.
 */
export function allowedShare(path: TargetPath, year: number): Decimal | null {
  if (year < path.baselineYear) return null;
  let before = path.points[0];
  for (const point of path.points) {
    if (point.year >= year) {
      if (before === undefined || point.year === year) return point.share;
      const way = new Decimal(year - before.year).div(point.year - before.year);
      return before.share.plus(point.share.minus(before.share).times(way));
    }
    before = point;
  }
  return before?.share ?? null;
}

/** The last year for which a target says an amount. */
export function lastPathYear(path: TargetPath): number {
  return path.points.at(-1)?.year ?? path.baselineYear;
}
