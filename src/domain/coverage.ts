/**
 * How complete a figure is (rules F1 to F3): the share of the expected quantity that is actual, estimated and missing.
 * Within a meter the missing share goes by time, the rest by quantity; across meters of an activity by expected
 * quantity; across activities by expected emissions.
 */
export type Coverage = {
  actual: number;
  estimated: number;
  missing: number;
  /** Share that is a part of a bill, or of what a register counted, which goes on outside the row; it is among the others. */
  apportioned?: number;
  /** Days so young that the meter's usual delay explains their absence; absent when there are none. */
  pending?: number;
  days: { expected: number; actual: number; estimated: number; missing: number; pending?: number };
  /** Meters that are wholly missing and could not be given a weight; absent when there are none. */
  unweighted?: number;
};

/** Sums from which coverage follows, for meters of one activity. Weights are expected quantities in the activity's unit. */
export type CoverageSums = {
  actualWeight: number;
  estimatedWeight: number;
  missingWeight: number;
  /** Part of the known weight that is a share of a total which the row cuts (rule F4). */
  apportionedWeight: number;
  expectedMinutes: number;
  actualMinutes: number;
  estimatedMinutes: number;
  /** Minutes of the expected ones that are missing and pending. */
  pendingMinutes: number;
  expectedDays: number;
  unweighted: number;
};

export const NO_COVERAGE: Readonly<CoverageSums> = {
  actualWeight: 0,
  estimatedWeight: 0,
  missingWeight: 0,
  apportionedWeight: 0,
  expectedMinutes: 0,
  actualMinutes: 0,
  estimatedMinutes: 0,
  pendingMinutes: 0,
  expectedDays: 0,
  unweighted: 0,
};

/** Adds to sums; `scale` turns the added weights into their unit (kilograms per unit across activities). */
export function addToCoverage(sums: CoverageSums, added: CoverageSums, scale = 1): void {
  sums.actualWeight += added.actualWeight * scale;
  sums.estimatedWeight += added.estimatedWeight * scale;
  sums.missingWeight += added.missingWeight * scale;
  sums.apportionedWeight += added.apportionedWeight * scale;
  sums.expectedMinutes += added.expectedMinutes;
  sums.actualMinutes += added.actualMinutes;
  sums.estimatedMinutes += added.estimatedMinutes;
  sums.pendingMinutes += added.pendingMinutes;
  sums.expectedDays += added.expectedDays;
  sums.unweighted += added.unweighted;
}

const SHARE_UNITS = 10_000;

/** Rounds shares to four decimals so that they add to exactly 1: the largest remainders get the last units. */
export function forceToOne(weights: readonly number[]): number[] {
  const total = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (weight / total) * SHARE_UNITS);
  const units = exact.map(Math.floor);
  let left = SHARE_UNITS - units.reduce((a, b) => a + b, 0);
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest);
  for (const { index } of order) {
    if (left <= 0) break;
    units[index] = (units[index] ?? 0) + 1;
    left -= 1;
  }
  return units.map((unit) => unit / SHARE_UNITS);
}

function weightsOf(sums: CoverageSums, missingMinutes: number): [number, number, number, number] {
  const pendingPart = missingMinutes > 0 ? sums.pendingMinutes / missingMinutes : 0;
  const byQuantity = sums.actualWeight + sums.estimatedWeight + sums.missingWeight;
  if (byQuantity > 0 && Number.isFinite(byQuantity)) {
    // What a share leaves of a meter that is wholly shared is nothing, but for the last binary digit.
    const [actualWeight = 0, estimatedWeight = 0, missingWeight = 0] = [
      sums.actualWeight,
      sums.estimatedWeight,
      sums.missingWeight,
    ].map((weight) => Math.max(0, weight));
    return [actualWeight, estimatedWeight, missingWeight * (1 - pendingPart), missingWeight * pendingPart];
  }
  // Nothing was used, or nothing is known: time is the only weight there is.
  return [sums.actualMinutes, sums.estimatedMinutes, missingMinutes - sums.pendingMinutes, sums.pendingMinutes];
}

/** The apportioned share, to four decimals as the others. It is known, and so never more than what is known. */
function apportionedShare(sums: CoverageSums, known: number): number {
  const total = sums.actualWeight + sums.estimatedWeight + sums.missingWeight;
  if (sums.apportionedWeight <= 0 || !Number.isFinite(total)) return 0;
  const share = Math.round((sums.apportionedWeight / total) * SHARE_UNITS) / SHARE_UNITS;
  return Math.min(share, Math.round(known * SHARE_UNITS) / SHARE_UNITS);
}

/** To a tenth of a day: the hour of a clock change is not a difference worth showing. */
const roundDays = (days: number): number => Math.round(days * 10) / 10;

/** Coverage of a figure, or null when no day was expected (rule F2). */
export function coverageOf(sums: CoverageSums): Coverage | null {
  if (sums.expectedMinutes <= 0) return null;
  const missingMinutes = Math.max(0, sums.expectedMinutes - sums.actualMinutes - sums.estimatedMinutes);
  const [actual = 0, estimated = 0, missing = 0, pending = 0] = forceToOne(weightsOf(sums, missingMinutes));
  const days = (minutes: number) => roundDays((sums.expectedDays * minutes) / sums.expectedMinutes);
  const coverage: Coverage = {
    actual,
    estimated,
    missing,
    days: {
      expected: sums.expectedDays,
      actual: days(sums.actualMinutes),
      estimated: days(sums.estimatedMinutes),
      missing: days(missingMinutes - sums.pendingMinutes),
    },
  };
  if (sums.pendingMinutes > 0) {
    coverage.pending = pending;
    coverage.days.pending = days(sums.pendingMinutes);
  }
  const apportioned = apportionedShare(sums, actual + estimated);
  if (apportioned > 0) coverage.apportioned = apportioned;
  if (sums.unweighted > 0) coverage.unweighted = sums.unweighted;
  return coverage;
}
