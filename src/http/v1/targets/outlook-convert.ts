import { type Decimal, roundKg, roundPercent, roundQuantity } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import type { BudgetStanding } from '../../../domain/targets/budget.ts';
import type { NeededCut } from '../../../domain/targets/needed-cut.ts';
import { judgedIn } from '../../../domain/targets/target-years.ts';
import type { PartOfYear, RunningYear } from '../../../services/targets/running-year.ts';
import type { TargetProgress } from '../../../services/targets/target-progress.ts';
import type { BudgetOutput, NeededCutOutput, PartOutput, RunningYearOutput } from './outlook-schemas.ts';

/** Kilograms to the gram; null where there is no amount. */
export const kgOrNull = (kg: Decimal | null): number | null => (kg === null ? null : roundKg(kg));

/** A change of one amount to another in percent, to one decimal; null where there is nothing to change from. */
export function changePercent(from: Decimal | null, to: Decimal | null): number | null {
  return from === null || to === null || from.isZero() ? null : roundPercent(to.minus(from).times(100).div(from));
}

function toCut(cut: NeededCut | null): NeededCutOutput | null {
  if (cut === null) return null;
  const { years, yearlyShare, yearlyKg } = cut;
  return {
    years,
    yearlyReductionPercent: roundPercent(yearlyShare.times(100)),
    yearlyReductionKgCo2e: roundKg(yearlyKg),
  };
}

function toBudget(standing: BudgetStanding, { target, reportingYearStart }: TargetProgress): BudgetOutput {
  const { budget, kind, years, toDate, runsOutOn, reasons } = standing;
  const { start, end, source, note } = budget;
  return {
    ...{ start, end, kind },
    ...(source === undefined ? {} : { source }),
    ...(note === undefined ? {} : { note }),
    years: years.map((year) => judgedIn(year, target, reportingYearStart).label),
    budgetKgCo2e: kgOrNull(standing.budgetKg),
    pathKgCo2e: kgOrNull(standing.pathKg),
    toDate: {
      until: toDate.until,
      allowedKgCo2e: roundKg(toDate.allowedKg),
      usedKgCo2e: kgOrNull(toDate.usedKg),
      atLeastKgCo2e: roundKg(toDate.atLeastKg),
    },
    leftKgCo2e: kgOrNull(standing.leftKg),
    runsOutOn,
    lasts: runsOutOn === null ? null : runsOutOn >= end,
    needed: toCut(standing.needed),
    reasons: [...reasons],
  };
}

/** What is ahead of a target, for its answer. */
export function toOutlook(progress: TargetProgress) {
  const { outlook, today } = progress;
  const { rate, nextMilestone: next } = outlook;
  return {
    presentRate: rate === null ? null : { period: answeredPeriod(rate.period, today), kgCo2e: roundKg(rate.kg) },
    nextMilestone:
      next === null
        ? null
        : {
            period: answeredPeriod(next.period, today),
            allowedKgCo2e: roundKg(next.allowedKg),
            needed: toCut(next.needed),
          },
    budgets: outlook.budgets.map((budget) => toBudget(budget, progress)),
  };
}

const toPart = ({ start, end, kg, coverage }: PartOfYear): PartOutput => ({
  ...{ start, end, coverage },
  emissionsKgCo2e: kgOrNull(kg),
});

const difference = (from: Decimal | null, to: Decimal | null): number | null =>
  from === null || to === null ? null : roundKg(to.minus(from));

/** The running year so far, for its answer. */
export function toRunningYear(running: RunningYear, today: string): RunningYearOutput {
  const { period, soFar, sameDaysOfLastYear: before, season, reasons } = running;
  return {
    period: answeredPeriod(period, today),
    soFar: toPart(soFar),
    sameDaysOfLastYear: toPart(before),
    changeKgCo2e: difference(before.kg, soFar.kg),
    changePercent: changePercent(before.kg, soFar.kg),
    season:
      season === null
        ? null
        : {
            method: season.basis.method,
            years: season.basis.years.map((year) => year.period.label),
            share: roundQuantity(season.share),
            allowedKgCo2e: roundKg(season.allowedKg),
            gapKgCo2e: difference(season.allowedKg, soFar.kg),
            gapPercent: changePercent(season.allowedKg, soFar.kg),
          },
    reasons,
  };
}
