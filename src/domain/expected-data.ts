import { minuteTable } from './expected-minutes.ts';
import type { FigurePlan } from './figure-plan.ts';
import { addDays, type DaySpan, intersect, type LocalDay, lengthDays } from './local-day.ts';
import { pendingDays, usualDelayDaysOf } from './segments.ts';

/** Minutes and days in which a stream should have data; `pendingMinutes` is what the meters' usual delay may still bring. */
export type Expected = { minutes: number; days: number; pendingMinutes: number };

/** What each stream should hold within some days. */
export type ExpectedIn = (days: DaySpan) => Expected[];

/** What of a plan says which meters should have data when. */
export type ExpectedPlan = Pick<FigurePlan, 'window' | 'segments'> & { streams: readonly unknown[] };

/** Segments of one stream over the same days, which are reckoned together: of thousands of meters most are alike. */
type Alike = DaySpan & { stream: number; pending: DaySpan | null; count: number };

function alikeSegments(plan: ExpectedPlan, today: LocalDay): Alike[] {
  const groups = new Map<string, Alike>();
  const longestDelay = plan.segments.reduce((days, { segment }) => Math.max(days, usualDelayDaysOf(segment.meter)), 0);
  // Of a window that ended long ago nothing can be pending, which need not be asked of every meter.
  const mayBePending = plan.window !== null && plan.window.end > addDays(today, -longestDelay);
  for (const { segment, stream } of plan.segments) {
    const pending = mayBePending ? pendingDays(segment, today) : null;
    const key = `${stream} ${segment.start} ${segment.end} ${pending?.start}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { start: segment.start, end: segment.end, stream, pending, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()];
}

/** What each stream should hold within some days of the plan's window (rules F2, F3). */
export function expectedData(plan: ExpectedPlan, today: LocalDay): ExpectedIn {
  const groups = alikeSegments(plan, today);
  const table = plan.window === null ? null : minuteTable(plan.window);
  return (days) => {
    const expected = plan.streams.map((): Expected => ({ minutes: 0, days: 0, pendingMinutes: 0 }));
    for (const group of groups) {
      const shared = intersect(group, days);
      const sum = expected[group.stream];
      if (shared === null || sum === undefined || table === null) continue;
      sum.minutes += table.minutesOf(shared) * group.count;
      sum.days += lengthDays(shared) * group.count;
      const pending = group.pending === null ? null : intersect(group.pending, shared);
      if (pending !== null) sum.pendingMinutes += table.minutesOf(pending) * group.count;
    }
    return expected;
  };
}
