import type { Fault } from '../refusal.ts';
import { isAreaTarget, type Target, type TargetMilestone } from './target.ts';
import { targetYear } from './target-years.ts';

const fault = (pointer: string, code: string, detail: string): Fault => ({ pointer, code, detail });

type Amounts = Partial<TargetMilestone>;

const given = (...values: unknown[]): number => values.filter((value) => value !== undefined).length;
const residuals = ({ residualKg, residualPercent }: Amounts): number => given(residualKg, residualPercent);
const amounts = ({ reductionPercent, emissionsKgCo2e }: Amounts): number => given(reductionPercent, emissionsKgCo2e);

/** Whether the path itself says what is allowed in a milestone's year. */
function isSaidByPath(target: Target, year: number): boolean {
  if (target.path === 'constantRate') return target.yearlyReductionPercent !== null;
  return target.allowances.some(({ period }, index) => targetYear(period, `/allowances/${index}/period`) === year);
}

function amountFaults(target: Target, milestone: TargetMilestone, year: number, pointer: string): Fault[] {
  const { netZero } = milestone;
  const refuse = (detail: string): Fault[] => [fault(pointer, 'ambiguous-milestone', detail)];
  const stated = amounts(milestone) + given(netZero);
  if (isSaidByPath(target, year)) {
    if (amounts(milestone) + residuals(milestone) === 0) return [];
    return refuse('the path says the amount of this year: a milestone names it alone');
  }
  if (stated !== 1) return refuse('a milestone states exactly one of reductionPercent, emissionsKgCo2e and netZero');
  if (residuals(milestone) > given(netZero))
    return refuse('residualKg or residualPercent, one of the two, says what net zero leaves to be removed');
  return [];
}

function milestoneFaults(target: Target, baselineYear: number): Fault[] {
  let before = baselineYear;
  return target.milestones.flatMap((milestone, index) => {
    const pointer = `/milestones/${index}`;
    const year = targetYear(milestone.period, `${pointer}/period`);
    const faults = amountFaults(target, milestone, year, pointer);
    if (year <= before) {
      const detail = `${milestone.period} does not come after the baseline and the milestones before it`;
      faults.push(fault(`${pointer}/period`, 'milestone-order', detail));
    }
    before = Math.max(before, year);
    return faults;
  });
}

/** A rate leads to no amount of nothing: the last step would be all of it. */
function rateFaults({ path, yearlyReductionPercent, milestones }: Target): Fault[] {
  if (path !== 'constantRate') {
    const detail = 'a yearly rate belongs to a path of constantRate';
    return yearlyReductionPercent === null ? [] : [fault('/yearlyReductionPercent', 'unexpected-field', detail)];
  }
  if (yearlyReductionPercent !== null) return [];
  return milestones.flatMap((milestone, index) => {
    const { reductionPercent, emissionsKgCo2e, residualKg, residualPercent } = milestone;
    const isNothing = reductionPercent === 100 || [emissionsKgCo2e, residualKg, residualPercent].includes(0);
    const detail = 'no constant yearly rate leads to nothing: expected an amount above 0, or yearlyReductionPercent';
    return isNothing ? [fault(`/milestones/${index}`, 'unreachable-milestone', detail)] : [];
  });
}

function allowanceFaults(target: Target, baselineYear: number): Fault[] {
  const { path, allowances, milestones } = target;
  if (path !== 'own') {
    const detail = 'yearly values belong to a path of own';
    return allowances.length === 0 ? [] : [fault('/allowances', 'unexpected-field', detail)];
  }
  const stated = new Set<number>();
  milestones.forEach((milestone, index) => {
    if (amounts(milestone) + residuals(milestone) > 0)
      stated.add(targetYear(milestone.period, `/milestones/${index}/period`));
  });
  let before = baselineYear;
  const faults = allowances.flatMap((allowance, index): Fault[] => {
    const pointer = `/allowances/${index}`;
    const year = targetYear(allowance.period, `${pointer}/period`);
    const isLate = year <= before;
    before = Math.max(before, year);
    stated.add(year);
    const order = `${allowance.period} does not come after the baseline and the years before it`;
    const one = 'a year states exactly one of reductionPercent and emissionsKgCo2e';
    return [
      ...(amounts(allowance) === 1 ? [] : [fault(pointer, 'ambiguous-allowance', one)]),
      ...(isLate ? [fault(`${pointer}/period`, 'allowance-order', order)] : []),
    ];
  });
  const last = Math.max(baselineYear, ...stated);
  const missing = Array.from({ length: last - baselineYear }, (_, index) => baselineYear + 1 + index).filter(
    (year) => !stated.has(year),
  );
  if (missing.length === 0) return faults;
  const detail = `an own path states every year from the baseline to its last: there is no value for ${missing.join(', ')}`;
  return [...faults, fault('/allowances', 'missing-allowance', detail)];
}

/** What an area emits is no amount of the council's estate (rule H3). */
function areaFaults(target: Target): Fault[] {
  if (!isAreaTarget(target)) return [];
  const detail = 'an amount of an area is none of the estate: expected a percentage of its baseline';
  const lists = { milestones: target.milestones, allowances: target.allowances };
  return Object.entries(lists).flatMap(([name, list]) =>
    list.flatMap((entry: TargetMilestone, index) => {
      const member = entry.emissionsKgCo2e !== undefined ? 'emissionsKgCo2e' : 'residualKg';
      return entry[member] === undefined ? [] : [fault(`/${name}/${index}/${member}`, 'unexpected-field', detail)];
    }),
  );
}

/**
 * What is wrong with a target's path: periods that are no years or out of order, a milestone that says two things or none,
 * a kind of path that lacks what it needs.
 * @throws Refusal `invalid-period` for a period that is no year.
 */
export function pathFaults(target: Target): Fault[] {
  const baselineYear = targetYear(target.baseline.period, '/baseline/period');
  return [
    ...milestoneFaults(target, baselineYear),
    ...rateFaults(target),
    ...allowanceFaults(target, baselineYear),
    ...areaFaults(target),
  ];
}
