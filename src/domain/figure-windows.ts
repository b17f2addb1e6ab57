import type { Cell, FigurePlan } from './figure-plan.ts';
import { type DaySpan, intersect } from './local-day.ts';
import type { Usage } from './usage.ts';

/** A run of whole buckets of a plan: what has to be read for them, cut to their days. */
export type FigureWindow = {
  read: FigurePlan;
  /** The place in the plan of each segment of `read`. */
  segments: readonly number[];
};

/** Consecutive cells of whole buckets, at most so many at a time unless one bucket has more. */
function* runsOfBuckets(cells: readonly Cell[], cellsMax: number): Generator<Cell[]> {
  let run: Cell[] = [];
  for (let from = 0; from < cells.length; ) {
    const bucket = cells[from]?.bucket;
    let to = from;
    while (to < cells.length && cells[to]?.bucket === bucket) to += 1;
    if (run.length > 0 && run.length + to - from > cellsMax) {
      yield run;
      run = [];
    }
    run.push(...cells.slice(from, to));
    from = to;
  }
  if (run.length > 0) yield run;
}

function windowOf(plan: FigurePlan, cells: readonly Cell[], days: DaySpan): FigureWindow {
  const segments: number[] = [];
  const read = plan.segments.flatMap(({ segment, stream }, number) => {
    const within = intersect(segment, days);
    if (within === null) return [];
    segments.push(number);
    return [{ segment: { ...segment, ...within }, stream }];
  });
  const deductions = plan.deductions.flatMap((deduction) => {
    const within = intersect(deduction.segment, days);
    return within === null ? [] : [{ ...deduction, segment: { ...deduction.segment, ...within } }];
  });
  return { read: { ...plan, window: days, cells, segments: read, deductions }, segments };
}

/**
 * Cuts a plan into runs of whole buckets, so that an answer of any length is worked out a run at a time. The rows of the runs
 * one after another are the rows of the plan: a row stands in one bucket, and nothing of it comes from another.
 */
export function* figureWindows(plan: FigurePlan, streamCellsMax: number): Generator<FigureWindow> {
  const cellsMax = Math.max(1, Math.floor(streamCellsMax / Math.max(1, plan.streams.length)));
  for (const cells of runsOfBuckets(plan.cells, cellsMax)) {
    const [first, last] = [cells[0], cells.at(-1)];
    if (first !== undefined && last !== undefined) yield windowOf(plan, cells, { start: first.start, end: last.end });
  }
}

/** What was read for a window, as it counts in its plan: gaps of buckets by their segments there. */
export function usageInPlan(usage: Usage, { segments }: FigureWindow): Usage {
  const gaps = usage.gaps.flatMap(({ segment: place, bucket }) => {
    const segment = segments[place];
    return segment === undefined || bucket === null ? [] : [{ segment, bucket }];
  });
  return { ...usage, gaps };
}
