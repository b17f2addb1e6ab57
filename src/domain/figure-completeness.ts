import type { CoverageSums } from './coverage.ts';
import type { Expected, ExpectedIn, ExpectedPlan } from './expected-data.ts';
import type { FigurePlan } from './figure-plan.ts';
import type { Usage } from './usage.ts';

/** What of a plan decides what should be there. */
export type CompletenessPlan = ExpectedPlan & Pick<FigurePlan, 'buckets'>;

/** The number that stands for "over all buckets" where completeness is kept by bucket. */
export const ALL_BUCKETS = -1;

/** Expected quantity of wholly missing meters, by `stream bucket`. */
export type MissingWeights = ReadonlyMap<string, { weight: number; unweighted: number }>;

/** Coverage sums of every stream, or null where a stream expects nothing (rule F2). */
export type Completeness = (stream: number, bucket: number) => CoverageSums | null;

/** Sets what was found beside what was expected, by stream and bucket (rules F1 to F3). */
export function completenessOf(
  plan: CompletenessPlan,
  usage: Usage,
  missing: MissingWeights,
  expectedIn: ExpectedIn,
): Completeness {
  // By number, because a text for each stream and bucket would be most of the work.
  const place = (stream: number, bucket: number): number => stream * (plan.buckets.length + 1) + bucket + 1;
  const found = new Map(usage.completeness.map((row) => [place(row.stream, row.bucket ?? ALL_BUCKETS), row]));
  const expected = new Map<number, Expected[]>();
  const expectedOf = (bucket: number): Expected[] => {
    const days = bucket === ALL_BUCKETS ? plan.window : plan.buckets[bucket];
    const due = expected.get(bucket) ?? (days == null ? [] : expectedIn(days));
    expected.set(bucket, due);
    return due;
  };
  return (stream, bucket) => {
    const due = expectedOf(bucket)[stream];
    if (due === undefined || due.minutes === 0) return null;
    const row = found.get(place(stream, bucket));
    const extra = missing.size === 0 ? undefined : missing.get(`${stream} ${bucket}`);
    const actualMinutes = row?.actualMinutes ?? 0;
    const estimatedMinutes = row?.estimatedMinutes ?? 0;
    const missingMinutes = Math.max(0, due.minutes - actualMinutes - estimatedMinutes);
    return {
      actualWeight: row?.actualWeight ?? 0,
      estimatedWeight: row?.estimatedWeight ?? 0,
      missingWeight: (row?.missingWeight ?? 0) + (extra?.weight ?? 0),
      apportionedWeight: row?.apportionedWeight ?? 0,
      expectedMinutes: due.minutes,
      actualMinutes,
      estimatedMinutes,
      pendingMinutes: Math.min(due.pendingMinutes, missingMinutes),
      expectedDays: due.days,
      unweighted: extra?.unweighted ?? 0,
    };
  };
}
