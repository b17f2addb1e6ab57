import { isLocalDay } from '../local-day.ts';
import { parsePeriod } from '../period.ts';
import { Refusal } from '../refusal.ts';
import type { TargetSeed } from './target-seed.ts';

function periodFault(text: string): string | null {
  try {
    parsePeriod(text);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

function milestoneFaults({ baseline, milestones }: TargetSeed): string[] {
  const faults: string[] = [];
  let last = baseline.period;
  for (const milestone of milestones) {
    if (milestone.period <= last) faults.push(`milestone ${milestone.period} is not later than ${last}`);
    last = milestone.period;
    if ('netZero' in milestone) continue;
    const { reductionPercent } = milestone;
    if (!(reductionPercent > 0 && reductionPercent <= 100))
      faults.push(
        `milestone ${milestone.period} reduces by ${reductionPercent} %, expected more than 0 and at most 100`,
      );
  }
  return faults;
}

function budgetFaults({ budgets }: TargetSeed): string[] {
  const faults: string[] = [];
  let lastEnd = '';
  for (const { start, end, kgCo2e } of budgets) {
    if (!isLocalDay(start) || !isLocalDay(end) || start >= end)
      faults.push(`budget ${start}/${end} is no span of days`);
    if (start < lastEnd) faults.push(`budget ${start}/${end} begins inside the one before it`);
    lastEnd = end;
    if (!(kgCo2e > 0)) faults.push(`budget ${start}/${end} is ${kgCo2e} kg, expected more than 0`);
  }
  return faults;
}

/** What is wrong with a target beyond its shape; empty when nothing is. */
export function targetSeedFaults(target: TargetSeed): string[] {
  const { baseline, milestones, budgets } = target;
  const periods = [baseline, ...(baseline.conflicts ?? []), ...milestones].map(({ period }) => periodFault(period));
  const faults = periods.filter((fault) => fault !== null);
  if (milestones.length + budgets.length === 0) faults.push('it has neither a milestone nor a budget');
  return [...faults, ...milestoneFaults(target), ...budgetFaults(target)].map(
    (fault) => `target ${target.key}: ${fault}`,
  );
}
