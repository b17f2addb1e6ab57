import { type Decimal, ZERO } from './decimal.ts';
import type { FigurePlan } from './figure-plan.ts';
import { scaleShared } from './floor-split.ts';
import { addDays, type LocalDay } from './local-day.ts';
import type { CellUsage, PairDay, Usage } from './usage.ts';

/** What was found wrong while tenants' parts were taken out of the meters above them (rule D3). */
export type SplitFaults = {
  /** Sub-meters with days on which the meter above has data and they have none. */
  incomplete: { main: string; sub: string; days: number }[];
  /** Meters with days on which the tenants' sub-meters read more than they do; `excess` in the meter's unit. */
  exceeded: { main: string; days: number; excess: Decimal; unit: string; first: LocalDay }[];
};

export const NO_SPLIT_FAULTS: SplitFaults = { incomplete: [], exceeded: [] };

function cellFinder({ cells }: FigurePlan): (day: LocalDay) => number {
  const found = new Map<LocalDay, number>();
  cells.forEach((cell, number) => {
    for (let day = cell.start; day < cell.end; day = addDays(day, 1)) found.set(day, number);
  });
  return (day) => found.get(day) ?? -1;
}

function incompleteDays(plan: FigurePlan, days: readonly PairDay[]): SplitFaults['incomplete'] {
  const counts = new Map<number, number>();
  for (const { pair, sub } of days) if (sub === null) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return [...counts].flatMap(([pair, count]) => {
    const deduction = plan.deductions[pair];
    if (deduction === undefined) return [];
    return [{ main: deduction.segment.meter.key, sub: deduction.sub.key, days: count }];
  });
}

function exceededDays(plan: FigurePlan, days: readonly PairDay[]): SplitFaults['exceeded'] {
  const left = new Map<string, { key: string; unit: string; day: LocalDay; left: Decimal }>();
  for (const { pair, day, main, sub } of days) {
    const meter = plan.deductions[pair]?.segment.meter;
    if (meter === undefined || sub === null) continue;
    const name = `${meter.id} ${day}`;
    const before = left.get(name)?.left ?? main;
    left.set(name, { key: meter.key, unit: meter.unit, day, left: before.minus(sub) });
  }
  const byMain = new Map<string, SplitFaults['exceeded'][number]>();
  for (const entry of left.values()) {
    if (!entry.left.isNegative() || entry.left.isZero()) continue;
    const fault = byMain.get(entry.key) ?? {
      main: entry.key,
      days: 0,
      excess: ZERO,
      unit: entry.unit,
      first: entry.day,
    };
    fault.days += 1;
    fault.excess = fault.excess.minus(entry.left);
    if (entry.day < fault.first) fault.first = entry.day;
    byMain.set(entry.key, fault);
  }
  return [...byMain.values()];
}

/** Days of the meters themselves: of a meter that others share as well, the pairs of each share tell the same once more. */
function ownDays({ deductions, streams }: FigurePlan, days: readonly PairDay[]): PairDay[] {
  return days.filter(({ pair }) => streams[deductions[pair]?.stream ?? -1]?.split?.floor == null);
}

type Taken = ReadonlyMap<string, CellUsage>;

/** How much of what streams read is left in each slot of time once sub-meters are taken out; absent where nothing is. */
function leftOf(
  { cells: slots }: FigurePlan,
  { cells }: Usage,
  taken: Taken,
): (stream: number, bucket: number | null) => number {
  const sums = new Map<string, { read: Decimal; taken: Decimal }>();
  const add = (member: 'read' | 'taken', { stream, cell, quantity }: CellUsage): void => {
    for (const bucket of [slots[cell]?.bucket ?? null, null]) {
      const key = `${stream} ${bucket}`;
      const before = sums.get(key) ?? { read: ZERO, taken: ZERO };
      sums.set(key, { ...before, [member]: before[member].plus(quantity) });
    }
  };
  for (const cell of cells) add('read', cell);
  for (const cell of taken.values()) add('taken', cell);
  return (stream, bucket) => {
    const sum = sums.get(`${stream} ${bucket}`);
    if (sum === undefined || sum.read.isZero()) return 1;
    return Math.max(0, sum.read.plus(sum.taken).div(sum.read).toNumber());
  };
}

/** What was read and what was taken out, once for each stream and cell. */
function withTaken(read: Usage['cells'], taken: Taken): CellUsage[] {
  const rest = new Map(taken);
  const cells = read.map((cell) => {
    const key = `${cell.stream} ${cell.cell}`;
    const less = rest.get(key);
    rest.delete(key);
    return less === undefined ? cell : { ...cell, quantity: cell.quantity.plus(less.quantity) };
  });
  return [...cells, ...rest.values()];
}

/** The completeness of those who share a meter weighs what is left for them once sub-meters are taken out of it. */
function weighShared(plan: FigurePlan, usage: Usage, taken: Taken): Usage['completeness'] {
  const shared = plan.deductions.filter(({ stream }) => plan.streams[stream]?.split?.floor != null);
  if (shared.length === 0) return usage.completeness;
  const streams = new Set(shared.map(({ stream }) => stream));
  const left = leftOf(plan, usage, taken);
  return usage.completeness.map((row) => {
    if (!streams.has(row.stream)) return row;
    const part = left(row.stream, row.bucket);
    const { actualWeight, estimatedWeight, missingWeight } = row;
    return {
      ...row,
      actualWeight: actualWeight * part,
      estimatedWeight: estimatedWeight * part,
      missingWeight: missingWeight * part,
    };
  });
}

/**
 * Takes tenants' parts out of the meters above them, day by day (rule D3): where either has no data that day, nothing is
 * taken. Of a meter that is missing the council's part is missing; of a sub-meter that is missing its part stays with the
 * council. A negative remainder is kept. What is left is divided among those who share the meter.
 */
export function deductTenants(
  plan: FigurePlan,
  usage: Usage,
  days: readonly PairDay[],
): { usage: Usage; faults: SplitFaults } {
  const cellOf = cellFinder(plan);
  const cells = new Map<string, CellUsage>();
  for (const { pair, day, sub } of days) {
    const stream = plan.deductions[pair]?.stream;
    if (stream === undefined || sub === null) continue;
    const cell = cellOf(day);
    const key = `${stream} ${cell}`;
    const quantity = (cells.get(key)?.quantity ?? ZERO).minus(sub);
    cells.set(key, { stream, cell, quantity });
  }
  const own = ownDays(plan, days);
  return {
    usage: scaleShared(plan.streams, {
      ...usage,
      cells: withTaken(usage.cells, cells),
      completeness: weighShared(plan, usage, cells),
    }),
    faults: { incomplete: incompleteDays(plan, own), exceeded: exceededDays(plan, own) },
  };
}
