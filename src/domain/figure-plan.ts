import { type Bucket, bucketsOf } from './buckets.ts';
import { minutesBetween } from './calendar.ts';
import type { EmissionsBasis } from './emissions.ts';
import type { Estate, EstateMeter } from './estate.ts';
import { type FactorSpan, factorSpans } from './factor-policy.ts';
import type { FigureQuestion, MeterGroup } from './figure-question.ts';
import { isLineGroup } from './figure-question.ts';
import { type DaySpan, intersect, type LocalDay, lengthDays } from './local-day.ts';
import { elapsedEnd, type Flow, pendingFrom, type Segment, segmentsOf } from './segments.ts';
import { balanceSelfUse } from './self-use.ts';

/** Values of the meter groups asked for; `null` is the explicit "none". */
export type MeterDims = Partial<Record<MeterGroup, string | null>>;

/** Quantities that may be added before factors apply: one row, one activity, one basis, one flow. */
export type Stream = {
  dims: MeterDims;
  flow: Flow;
  basis: EmissionsBasis;
  /** +1 for generation and -1 for export on days on which a site has both: their sum is the self-use (rule B4). */
  selfUse: -1 | 0 | 1;
  /** Generation without an export meter: the self-use cannot be known. */
  selfUseUnknown: boolean;
};

/** A run of days with one bucket and one set of factors. */
export type Cell = DaySpan & { bucket: number; years: FactorSpan['years'] };

/** A segment with the stream it feeds. */
export type PlannedSegment = { segment: Segment; stream: number };

/** What has to be read, and how it will be put together. */
export type FigurePlan = {
  /** The elapsed part of the period asked; null when none of it has elapsed. */
  window: DaySpan | null;
  buckets: readonly Bucket[];
  cells: readonly Cell[];
  streams: readonly Stream[];
  segments: readonly PlannedSegment[];
};

function meterDims(segment: Segment, groups: readonly MeterGroup[]): MeterDims {
  const { meter, site } = segment;
  const values: Record<MeterGroup, string | null> = {
    site: site.key,
    meter: meter.key,
    activity: meter.activity,
    portfolio: site.portfolio,
    category: site.category,
    ward: site.ward,
  };
  return Object.fromEntries(groups.map((group) => [group, values[group]]));
}

function basisOf(segment: Segment, estate: Estate): EmissionsBasis {
  const { meter } = segment;
  return {
    activity: meter.activity,
    unit: meter.unit,
    calorificBasis: meter.calorificBasis,
    heatNetwork: meter.heatNetwork,
    control: segment.control,
    scope3Category: segment.scope3Category,
    returnToSewer: meter.returnToSewer ?? estate.settings.returnToSewer,
    heatEfficiency: meter.measures === 'heat-output' ? meter.efficiency : null,
  };
}

function isAsked(meter: EstateMeter, question: FigureQuestion): boolean {
  if (question.meters.length > 0 && !question.meters.includes(meter.key)) return false;
  return question.activities.length === 0 || question.activities.includes(meter.activity);
}

function allSegments(estate: Estate, question: FigureQuestion, window: DaySpan): Segment[] {
  const sites = new Set(question.sites);
  const segments: Segment[] = [];
  for (const meter of estate.meters) {
    if (!isAsked(meter, question)) continue;
    for (const segment of segmentsOf(meter, estate, window))
      if (sites.size === 0 || sites.has(segment.site.key)) segments.push(segment);
  }
  return segments;
}

function cutCells(window: DaySpan, buckets: readonly Bucket[], spans: readonly FactorSpan[]): Cell[] {
  const cells: Cell[] = [];
  buckets.forEach((bucket, index) => {
    const elapsed = intersect(bucket, window);
    if (elapsed === null) return;
    for (const span of spans) {
      const days = intersect(elapsed, span);
      if (days !== null) cells.push({ ...days, bucket: index, years: span.years });
    }
  });
  return cells;
}

function streamKey(stream: Stream): string {
  const { basis } = stream;
  return JSON.stringify([stream.dims, stream.flow, stream.selfUse, stream.selfUseUnknown, basis]);
}

/** Decides what to read for a question: which meters feed which row, and where factors and buckets cut time. */
export function planFigure(estate: Estate, question: FigureQuestion, today: LocalDay): FigurePlan {
  const { period, interval, policy } = question;
  const { reportingYearStart } = estate.settings;
  const buckets = bucketsOf(period, interval, reportingYearStart);
  const end = elapsedEnd(period.end, today);
  if (end <= period.start) return { window: null, buckets, cells: [], streams: [], segments: [] };
  const window = { start: period.start, end };
  const spans = factorSpans(window, policy, reportingYearStart);
  const groups = question.groupBy.filter((group): group is MeterGroup => !isLineGroup(group));
  const streams: Stream[] = [];
  const numbers = new Map<string, number>();
  const found = balanceSelfUse(allSegments(estate, question, window), estate);
  const segments = found.map(({ segment, selfUse, selfUseUnknown }): PlannedSegment => {
    const basis = basisOf(segment, estate);
    const stream: Stream = { dims: meterDims(segment, groups), flow: segment.flow, basis, selfUse, selfUseUnknown };
    const key = streamKey(stream);
    const number = numbers.get(key) ?? streams.push(stream) - 1;
    numbers.set(key, number);
    return { segment, stream: number };
  });
  return { window, buckets, cells: cutCells(window, buckets, spans), streams, segments };
}

/** Minutes and days in which data was expected, by stream; `pending` is what the meters' usual delay may still bring. */
export type Expected = { minutes: number; days: number; pendingMinutes: number; meters: number };

/** What each stream should hold within `days`. */
export function expectedIn(plan: FigurePlan, days: DaySpan, today: LocalDay): Expected[] {
  const expected = plan.streams.map((): Expected => ({ minutes: 0, days: 0, pendingMinutes: 0, meters: 0 }));
  for (const { segment, stream } of plan.segments) {
    const shared = intersect(segment, days);
    const sum = expected[stream];
    if (shared === null || sum === undefined) continue;
    sum.minutes += minutesBetween(shared.start, shared.end);
    sum.days += lengthDays(shared);
    sum.meters += 1;
    const pending = intersect(shared, { start: pendingFrom(segment.meter, today), end: today });
    if (pending !== null) sum.pendingMinutes += minutesBetween(pending.start, pending.end);
  }
  return expected;
}
