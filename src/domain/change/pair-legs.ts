import { groupBy } from '../group-by.ts';
import type { DaySpan } from '../local-day.ts';
import type { AlignedLeg, Alignment } from './align-periods.ts';
import { type ChangeLeg, type Counted, comparedBy, countedIn } from './counted.ts';

/** What a part is in one of the periods: its days, which may be none, and the cell of the plan that says their factors. */
export type PartLeg = { counted: Counted; days: DaySpan; cell: number };

/** A part of a change: days that face each other, on which neither site, control, service nor factors change (rule G1). */
export type ChangePart = { first: PartLeg | null; second: PartLeg | null };

type Placed = { counted: Counted; start: number; end: number };

/** One of the periods, in positions. */
type PlacedLeg = { aligned: AlignedLeg; cellStarts: readonly number[]; byKey: ReadonlyMap<string, Placed[]> };

function placeLeg({ plan }: ChangeLeg, aligned: AlignedLeg): PlacedLeg {
  const placed = countedIn(plan).map((counted): Placed => {
    const { start, end } = counted.segment;
    return { counted, start: aligned.positionOf(start), end: aligned.positionOf(end) };
  });
  const byKey = groupBy(placed, ({ counted }) => comparedBy(counted));
  return { aligned, cellStarts: plan.cells.map(({ start }) => aligned.positionOf(start)), byKey };
}

function partLeg(leg: PlacedLeg, own: readonly Placed[], start: number, end: number): PartLeg | null {
  const holding = own.find((placed) => placed.start <= start && end <= placed.end);
  if (holding === undefined) return null;
  const days = { start: leg.aligned.dayAt(start), end: leg.aligned.dayAt(end) };
  return { counted: holding.counted, days, cell: leg.cellStarts.findLastIndex((cell) => cell <= start) };
}

const NONE: readonly Placed[] = [];

function partsOf(key: string, first: PlacedLeg, second: PlacedLeg, factorCuts: readonly number[]): ChangePart[] {
  const ofFirst = first.byKey.get(key) ?? NONE;
  const ofSecond = second.byKey.get(key) ?? NONE;
  const edges = [...ofFirst, ...ofSecond].flatMap(({ start, end }) => [start, end]);
  const from = Math.min(...edges);
  const to = Math.max(...edges);
  const cuts = [...new Set([...edges, ...factorCuts.filter((cut) => from < cut && cut < to)])].sort((a, b) => a - b);
  return cuts.slice(1).flatMap((end, index): ChangePart[] => {
    const start = cuts[index] ?? end;
    const part = { first: partLeg(first, ofFirst, start, end), second: partLeg(second, ofSecond, start, end) };
    return part.first === null && part.second === null ? [] : [part];
  });
}

/** Cuts what counts in two periods into parts: by site, meter and control, and by the days that face each other. */
export function pairLegs(first: ChangeLeg, second: ChangeLeg, alignment: Alignment): ChangePart[] {
  const legs = [placeLeg(first, alignment.first), placeLeg(second, alignment.second)] as const;
  const factorCuts = [...new Set(legs.flatMap(({ cellStarts }) => cellStarts))];
  const keys = new Set(legs.flatMap(({ byKey }) => [...byKey.keys()]));
  return [...keys].flatMap((key) => partsOf(key, ...legs, factorCuts));
}
