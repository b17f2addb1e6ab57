import { type Decimal, roundKg } from '../../../domain/decimal.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import { isAreaTarget } from '../../../domain/targets/target.ts';
import type { PartBudget, PartYear } from '../../../services/targets/allocated-years.ts';
import type { TargetYear } from '../../../services/targets/judge-years.ts';
import type { AllocatedPart } from '../../../services/targets/target-allocation.ts';
import type { KnownAllocation } from '../../../services/targets/targets.ts';
import type { CsvColumn } from '../../csv.ts';
import type { AllocatedPartOutput, AllocationOutput } from './allocation-schemas.ts';
import { kgOrNull } from './outlook-convert.ts';
import { proRataNotice } from './progress-notices.ts';

type BudgetOutput = AllocatedPartOutput['budget'];

function toBudget({ allowedKg, usedKg, atLeastKg }: PartBudget, { start, end }: KnownAllocation['path']): BudgetOutput {
  return {
    ...{ start, end },
    allowedKgCo2e: roundKg(allowedKg),
    usedKgCo2e: kgOrNull(usedKg),
    atLeastKgCo2e: roundKg(atLeastKg),
    leftKgCo2e: usedKg === null ? null : roundKg(allowedKg.minus(usedKg)),
  };
}

/** The gap of printed amounts, so that those of parts add up to that of the whole. */
function gapOf({ allowedKg, comparableKg, notComparable }: TargetYear): number | null {
  if (comparableKg === null || notComparable.length > 0) return null;
  const printed = (kg: Decimal) => kg.toDecimalPlaces(3);
  return roundKg(printed(comparableKg).minus(printed(allowedKg)));
}

function toYear({ year, ...part }: PartYear, { today }: KnownAllocation): AllocatedPartOutput['years'][number] {
  return {
    period: answeredPeriod(year.period, today),
    milestone: year.isMilestone,
    share: part.share.toNumber(),
    allowedKgCo2e: roundKg(part.allowedKg),
    actualKgCo2e: kgOrNull(part.actualKg),
    comparableKgCo2e: kgOrNull(part.comparableKg),
    gapKgCo2e: kgOrNull(part.gapKg),
    coverage: part.coverage,
    status: part.status,
    reasons: [...part.reasons],
  };
}

/** A part of a target, for its answer. */
export function toAllocatedPart(part: AllocatedPart, allocation: KnownAllocation): AllocatedPartOutput {
  return {
    part: part.name.key,
    kind: part.name.kind,
    ...(part.title !== null && { name: part.title }),
    share: part.share.toNumber(),
    ...(part.notAllocated !== null && { notAllocated: part.notAllocated }),
    ...(part.sitesWithoutBaseline.length > 0 && { sitesWithoutBaseline: [...part.sitesWithoutBaseline] }),
    baselineKgCo2e: kgOrNull(part.baselineKg),
    baselineCoverage: part.baselineCoverage,
    budget: toBudget(part.budget, allocation.path),
    years: part.years.map((year) => toYear(year, allocation)),
  };
}

function noticesOf({ target, by, parts, sharesPeriod, startPeriod, recalculation }: KnownAllocation): string[] {
  const without = parts.filter(({ notAllocated }) => notAllocated !== null).length;
  const negative = parts.some(({ baselineKg }) => baselineKg?.lt(0) === true);
  const isMissing = (part: AllocatedPart): boolean =>
    (part.baselineCoverage?.missing ?? 0) > 0 && part.notAllocated === null;
  return [
    ...(isAreaTarget(target) ? [proRataNotice(target)] : []),
    ...(target.baseline.emissionsKgCo2e === undefined
      ? []
      : [
          `The baseline is a published figure of ${startPeriod.label}; it is divided by what the data of ${sharesPeriod.label} says of the parts.`,
        ]),
    ...(by === 'portfolio'
      ? [
          `A site counts in all years in the portfolio in which it was last in ${sharesPeriod.label}, or that it first came into after that: one that has gone to another portfolio since takes neither its allowance nor its emissions along.`,
        ]
      : []),
    ...(by === 'category' ? ['A site counts in all years in the category that it is recorded in.'] : []),
    ...(without === 0
      ? []
      : [
          `${without} of ${parts.length} parts have no share of the baseline and may emit nothing; notAllocated says why.`,
        ]),
    ...(negative
      ? ['A part whose baseline is below 0 has no share: shares are of what the other parts have together.']
      : []),
    ...(parts.some(isMissing)
      ? ['Some of the data that shares are told by is missing: a part with a gap in it has too small a share.']
      : []),
    ...(recalculation.status === 'recalculated'
      ? [
          'The baseline is recalculated for transfers of sites: from then on a site that left has no share, and one that joined that of its base year.',
        ]
      : []),
  ];
}

/** What stands beside every page of an allocation: what it is of, and the whole. */
export function toAllocation(allocation: KnownAllocation): Omit<AllocationOutput, 'data' | 'page'> {
  const { target, by, seq, today, sharesPeriod, startKg, parts, years, path, budget } = allocation;
  return {
    target: target.key,
    by,
    asOf: { seq, day: today, ...allocation.asOf },
    sharesOf: answeredPeriod(sharesPeriod, today),
    whole: {
      baselineKgCo2e: roundKg(startKg),
      parts: parts.length,
      budget: toBudget(budget, path),
      years: years.map((year) => ({
        period: answeredPeriod(year.period, today),
        milestone: year.isMilestone,
        allowedKgCo2e: roundKg(year.allowedKg),
        actualKgCo2e: kgOrNull(year.actualKg),
        comparableKgCo2e: kgOrNull(year.comparableKg),
        gapKgCo2e: gapOf(year),
      })),
    },
    notices: noticesOf(allocation),
  };
}

/** A year of a part as a row of its own. */
export type PartYearRow = { part: AllocatedPartOutput; year: AllocatedPartOutput['years'][number] };

export const ALLOCATION_COLUMNS: readonly CsvColumn<PartYearRow>[] = [
  { header: 'part', value: ({ part }) => part.part },
  { header: 'kind', value: ({ part }) => part.kind },
  { header: 'name', value: ({ part }) => part.name },
  { header: 'baselineKgCo2e', value: ({ part }) => part.baselineKgCo2e },
  { header: 'shareOfBaseline', value: ({ part }) => part.share },
  { header: 'notAllocated', value: ({ part }) => part.notAllocated },
  { header: 'period', value: ({ year }) => year.period.label },
  { header: 'start', value: ({ year }) => year.period.start },
  { header: 'end', value: ({ year }) => year.period.end },
  { header: 'complete', value: ({ year }) => year.period.complete ?? true },
  { header: 'milestone', value: ({ year }) => year.milestone },
  { header: 'share', value: ({ year }) => year.share },
  { header: 'allowedKgCo2e', value: ({ year }) => year.allowedKgCo2e },
  { header: 'actualKgCo2e', value: ({ year }) => year.actualKgCo2e },
  { header: 'comparableKgCo2e', value: ({ year }) => year.comparableKgCo2e },
  { header: 'gapKgCo2e', value: ({ year }) => year.gapKgCo2e },
  { header: 'coverageActual', value: ({ year }) => year.coverage?.actual },
  { header: 'coverageEstimated', value: ({ year }) => year.coverage?.estimated },
  { header: 'coverageMissing', value: ({ year }) => year.coverage?.missing },
  { header: 'coveragePending', value: ({ year }) => year.coverage?.pending },
  { header: 'status', value: ({ year }) => year.status },
  { header: 'reasons', value: ({ year }) => year.reasons.join('; ') },
];
