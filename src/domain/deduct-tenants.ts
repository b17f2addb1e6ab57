import { type Decimal, ZERO } from './decimal.ts';
import type { FigurePlan } from './figure-plan.ts';
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

/**
 * Takes tenants' parts out of the meters above them, day by day (rule D3): where either has no data that day, nothing is
 * taken. Of a meter that is missing the council's part is missing; of a sub-meter that is missing its part stays with the
 * council. A negative remainder is kept.
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
  return {
    usage: { ...usage, cells: [...usage.cells, ...cells.values()] },
    faults: { incomplete: incompleteDays(plan, days), exceeded: exceededDays(plan, days) },
  };
}
