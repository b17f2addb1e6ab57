import { kgChange } from '../../domain/compare-years.ts';
import { roundKg } from '../../domain/decimal.ts';
import type { TargetChange, TargetYearChange } from '../../domain/factor-account.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import type { PastStore } from '../past/past-store.ts';
import type { TargetReads } from '../target-store.ts';
import { everyTarget } from '../targets/every-target.ts';
import { frozenFigures } from '../targets/frozen-baseline.ts';
import type { TargetYear } from '../targets/judge-years.ts';
import { type JudgedTarget, judgedTarget } from '../targets/target-progress.ts';

function yearChange(before: TargetYear, after: TargetYear): TargetYearChange | null {
  const change: TargetYearChange = {
    year: before.year,
    period: before.period.label,
    allowedBefore: roundKg(before.allowedKg),
    allowedAfter: roundKg(after.allowedKg),
    ...kgChange(before.actualKg, after.actualKg),
    statusBefore: before.verdict?.status ?? null,
    statusAfter: after.verdict?.status ?? null,
  };
  const isSame =
    before.allowedKg.eq(after.allowedKg) &&
    change.kgBefore === change.kgAfter &&
    change.statusBefore === change.statusAfter;
  return isSame ? null : change;
}

function yearChanges(before: JudgedTarget, after: JudgedTarget): TargetYearChange[] {
  const later = new Map(after.years.map((year) => [year.year, year]));
  return before.years.flatMap((year) => {
    const now = later.get(year.year);
    const change = now === undefined ? null : yearChange(year, now);
    return change === null ? [] : [change];
  });
}

/** What every target would show with other factor sets; only targets that change, or whose progress cannot be told. */
export async function targetChanges(
  reads: TargetReads,
  past: PastStore,
  before: FigureDeps,
  after: FigureDeps,
): Promise<TargetChange[]> {
  const changes: TargetChange[] = [];
  for (const target of await everyTarget(reads)) {
    const { key, name } = target;
    try {
      const frozen = await frozenFigures(past, target);
      const years = yearChanges(await judgedTarget(before, target, frozen), await judgedTarget(after, target, frozen));
      if (years.length > 0) changes.push({ target: key, name, years });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      changes.push({ target: key, name, years: [], unavailable: error.message });
    }
  }
  return changes;
}
