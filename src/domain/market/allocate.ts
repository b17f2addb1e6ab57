import { Decimal, ZERO } from '../decimal.ts';
import { groupBy } from '../group-by.ts';
import type { DaySpan, LocalDay } from '../local-day.ts';
import type { Instrument } from '../supply/instrument.ts';
import type { Usage } from '../usage.ts';
import type { Claim, CoveragePlan } from './coverage-plan.ts';
import type { UnusedReason } from './instrument-standing.ts';

/** The share of a meter's use that a certificate covers. */
export type CoveredShare = { instrument: Instrument; share: Decimal };

/** A run of days of a meter with the certificates that cover it. */
export type CoveredRun = DaySpan & { shares: CoveredShare[] };

/** What became of a certificate over its whole span (rule C3). */
export type ClaimResult = {
  instrument: Instrument;
  used: boolean;
  reasons: UnusedReason[];
  /** Import of the covered meter-days, and what of it no certificate before has covered. */
  importKwh: Decimal;
  availableKwh: Decimal;
  share: Decimal;
  usedKwh: Decimal;
  surplusKwh: Decimal;
  /** Other certificates that cover some of the same meter-days. */
  overlaps: string[];
  provisional: boolean;
};

/** Which share of every meter-day is covered by which certificate. */
export type Allocation = { runsOf(meterId: number): readonly CoveredRun[]; results: ClaimResult[] };

export const NO_ALLOCATION: Allocation = { runsOf: () => [], results: [] };

type Cell = { meterId: number; days: DaySpan; kWh: Decimal; left: Decimal; shares: CoveredShare[] };

function cellsOf({ meters, slices }: CoveragePlan, usage: Usage): Cell[] {
  const known = new Map(usage.cells.map(({ stream, cell, quantity }) => [`${stream} ${cell}`, quantity]));
  return meters.flatMap((meter, stream) =>
    slices.map((days, index): Cell => {
      const kWh = known.get(`${stream} ${index}`) ?? ZERO;
      return { meterId: meter.id, days, kWh, left: new Decimal(1), shares: [] };
    }),
  );
}

function coveredCells({ covered }: Claim, cells: readonly Cell[]): Cell[] {
  const byMeter = groupBy(covered, ({ meter }) => meter.id);
  return cells.filter(({ meterId, days }) =>
    byMeter.get(meterId)?.some(({ start, end }) => start <= days.start && days.end <= end),
  );
}

const kWhOf = (cells: readonly Cell[]): Decimal => cells.reduce((sum, { kWh }) => sum.plus(kWh), ZERO);
const leftOf = (cells: readonly Cell[]): Decimal =>
  cells.reduce((sum, { kWh, left }) => sum.plus(kWh.times(left)), ZERO);

/** c = min(1, kWh ÷ what is left of the import): every covered meter-day takes the same share of what is left of it. */
function allot(claim: Claim, cells: readonly Cell[], today: LocalDay): ClaimResult {
  const { instrument, standing } = claim;
  const { usable, reasons } = standing;
  const own = coveredCells(claim, cells);
  const availableKwh = leftOf(own);
  const stated = new Decimal(instrument.kWh ?? 0);
  const share = availableKwh.lte(0) ? ZERO : Decimal.min(1, stated.div(availableKwh));
  const overlaps = [...new Set(own.flatMap(({ shares }) => shares.map((other) => other.instrument.key)))];
  let usedKwh = ZERO;
  for (const cell of own) {
    if (usable === null || cell.days.start < usable.start || usable.end < cell.days.end) continue;
    const taken = cell.left.times(share);
    if (taken.isZero()) continue;
    cell.shares.push({ instrument, share: taken });
    cell.left = cell.left.minus(taken);
    usedKwh = usedKwh.plus(cell.kWh.times(taken));
  }
  return {
    instrument,
    used: usable !== null,
    reasons,
    importKwh: kWhOf(own),
    availableKwh,
    share: usable === null ? ZERO : share,
    usedKwh,
    surplusKwh: usable === null ? ZERO : Decimal.max(0, stated.minus(usedKwh)),
    overlaps,
    provisional: instrument.to > today,
  };
}

/** Divides certificates over the meter-days that they cover (rule C3), in order of their first day and key. */
export function allocate(plan: CoveragePlan, usage: Usage, today: LocalDay): Allocation {
  const cells = cellsOf(plan, usage);
  const results = plan.claims.map((claim) => allot(claim, cells, today));
  const covered = cells.filter(({ shares }) => shares.length > 0);
  const runs = groupBy(
    covered.map(({ meterId, days, shares }) => ({ ...days, meterId, shares })),
    ({ meterId }) => meterId,
  );
  return { results, runsOf: (meterId) => runs.get(meterId) ?? [] };
}
