import { Decimal } from '../decimal.ts';
import type { Target, TargetAllowance, TargetMilestone } from './target.ts';
import { targetYear } from './target-years.ts';

/**
 * The figure a path starts from, in kilograms: the estate's own in `year`. `index` is the share of its baseline at which
 * the area stood then (rule H3); 1 for a path that starts in its baseline year.
 */
export type PathStart = { year: number; kg: Decimal; index: Decimal };

/** What a target allows, year by year. */
export type Trajectory = {
  start: PathStart;
  baselineYear: number;
  /** The last year of which the target states an amount; it stays after that. */
  lastYear: number;
  /**
   * Kilograms allowed in a year, unrounded; null before the baseline. `startKg` takes the place of the start's own figure
   * where the baseline is recalculated (rule D5): amounts then keep their share of it.
   */
  allowedKg(year: number, startKg?: Decimal): Decimal | null;
};

const HUNDRED = new Decimal(100);

/** What is left in a year: of the start in percent, or in kilograms. */
type Point = { year: number } & ({ percent: Decimal } | { kg: Decimal });

/** The share of the start that a constant yearly cut leaves after a number of years. */
function leftAfter(years: number, yearlyReductionPercent: number): Decimal {
  return HUNDRED.minus(yearlyReductionPercent).div(100).pow(years);
}

type Amount = Partial<Omit<TargetMilestone, 'period'> & TargetAllowance>;

/** The point that an amount makes; null where none is stated, as of net zero without a residual (rule H7). */
function pointOf(year: number, amount: Amount): Point | null {
  const kg = amount.emissionsKgCo2e ?? amount.residualKg;
  if (kg !== undefined) return { year, kg: new Decimal(kg) };
  if (amount.reductionPercent !== undefined) return { year, percent: HUNDRED.minus(amount.reductionPercent) };
  return amount.residualPercent === undefined ? null : { year, percent: new Decimal(amount.residualPercent) };
}

function pointsOf(target: Target, baselineYear: number): Point[] {
  const { milestones, allowances, yearlyReductionPercent } = target;
  const stated = milestones.flatMap((milestone, index): Point[] => {
    const year = targetYear(milestone.period, `/milestones/${index}/period`);
    if (yearlyReductionPercent !== null)
      return [{ year, percent: leftAfter(year - baselineYear, yearlyReductionPercent).times(100) }];
    const point = pointOf(year, milestone);
    return point === null ? [] : [point];
  });
  const yearly = allowances.flatMap((allowance, index) => {
    return pointOf(targetYear(allowance.period, `/allowances/${index}/period`), allowance) ?? [];
  });
  return [{ year: baselineYear, percent: HUNDRED }, ...stated, ...yearly].sort((a, b) => a.year - b.year);
}

/** A point in kilograms of a start; an amount keeps its share of the start it was stated against. */
function kgOf(point: Point, startKg: Decimal, statedAgainstKg: Decimal): Decimal {
  if ('percent' in point) return startKg.times(point.percent).div(100);
  if (startKg.eq(statedAgainstKg) || statedAgainstKg.isZero()) return point.kg;
  return point.kg.times(startKg).div(statedAgainstKg);
}

type Leg = { from: number; to: number; fromKg: Decimal; toKg: Decimal; startKg: Decimal; baselineYear: number };

/** Kilograms inside a leg (rule H1). Division comes last, so that what is a round number comes out as one. */
function insideLeg(target: Target, year: number, leg: Leg): Decimal {
  const { from, to, fromKg, toKg } = leg;
  if (target.path === 'steps') return fromKg;
  if (target.path === 'constantRate') {
    const rate = target.yearlyReductionPercent;
    if (fromKg.isZero()) return fromKg;
    if (rate !== null) return leg.startKg.times(leftAfter(year - leg.baselineYear, rate));
    // Every leg has the one yearly rate that leads from its first year to its last.
    return fromKg.times(toKg.div(fromKg).pow(new Decimal(year - from).div(to - from)));
  }
  return fromKg.plus(
    toKg
      .minus(fromKg)
      .times(year - from)
      .div(to - from),
  );
}

/**
 * What a target allows from a start (rules H1, H3): by its kind of path between its points, the last amount after them,
 * none before the baseline. It follows from the target and the start alone, so no later emission can change it.
 * @throws Refusal `invalid-period` for a period that is no year.
 */
export function trajectoryOf(target: Target, start: PathStart): Trajectory {
  const baselineYear = targetYear(target.baseline.period, '/baseline/period');
  const points = pointsOf(target, baselineYear);
  const kgFrom = (year: number, startKg: Decimal): Decimal => {
    const before = points.findLast((point) => point.year <= year) as Point;
    const fromKg = kgOf(before, startKg, start.kg);
    const after = points.find((point) => point.year > year);
    if (before.year === year || after === undefined) return fromKg;
    const toKg = kgOf(after, startKg, start.kg);
    return insideLeg(target, year, { from: before.year, to: after.year, fromKg, toKg, startKg, baselineYear });
  };
  return {
    start,
    baselineYear,
    lastYear: points.at(-1)?.year ?? baselineYear,
    allowedKg: (year, startKg = start.kg) => {
      if (year < baselineYear) return null;
      const kg = kgFrom(year, startKg);
      return start.index.eq(1) ? kg : kg.div(start.index);
    },
  };
}
