import { type Bucket, bucketsOf } from './buckets.ts';
import type { LeaseType } from './consolidation.ts';
import type { Control } from './control.ts';
import type { EmissionsBasis } from './emissions.ts';
import type { Estate } from './estate.ts';
import { type FactorSpan, factorSpans } from './factor-policy.ts';
import { askedMeters, askedOf, portfolioOn } from './figure-filter.ts';
import type { FigureQuestion, MeterGroup } from './figure-question.ts';
import { isLineGroup } from './figure-question.ts';
import { floorSharesOf, type StreamSplit } from './floor-split.ts';
import { heatSoldParts } from './heat-sold.ts';
import { type DaySpan, intersect, type LocalDay } from './local-day.ts';
import { elapsedEnd, type Flow, type Segment, segmentsOf } from './segments.ts';
import { type BalancedSegment, balanceSelfUse } from './self-use.ts';
import { type HeatSupply, heatLinesOf, heatSupplyParts } from './supply/heat-supply.ts';
import { type Deduction, deductionsOf, splitSegment } from './tenant-split.ts';

/** Values of the meter groups asked for; `null` is the explicit "none". */
export type MeterDims = Partial<Record<MeterGroup, string | null>>;

/** Quantities that may be added before factors apply: one row, one activity, one basis, one flow. */
export type Stream = {
  dims: MeterDims;
  flow: Flow;
  basis: EmissionsBasis;
  /** +1 for generation and -1 for export on days on which a site has both: their sum is the self-use (rule B4). */
  selfUse: -1 | 0 | 1;
  /** Who runs the site, and the kind of lease by which financial control reports it as something else (rule D2). */
  runBy: Control;
  leaseType: LeaseType | null;
  /** Generation without an export meter: the self-use cannot be known. */
  selfUseUnknown: boolean;
  /** What a tenant does to it (rule D3). */
  split: StreamSplit | null;
  /** Heat of the council's own network that others use (rule B6). */
  heatSold: boolean;
};

/** A run of days with one bucket and one set of factors. */
export type Cell = DaySpan & { bucket: number; years: FactorSpan['years'] };

/** A segment with the stream it feeds. */
export type PlannedSegment = { segment: Segment; stream: number };

/** What comes out of a planned meter for a tenant, and the stream that it lowers (rule D3). */
export type PlannedDeduction = Deduction & { stream: number };

/** What has to be read, and how it will be put together. */
export type FigurePlan = {
  /** The elapsed part of the period asked; null when none of it has elapsed. */
  window: DaySpan | null;
  buckets: readonly Bucket[];
  cells: readonly Cell[];
  streams: readonly Stream[];
  segments: readonly PlannedSegment[];
  deductions: readonly PlannedDeduction[];
};

/**
 * Decile of deprivation by site key, as text of two digits so that deciles stand in their order; a site whose area is not
 * known is not in it.
 */
export type Deciles = ReadonlyMap<string, string>;
const NO_DECILES: Deciles = new Map();

function meterDims(segment: Segment, groups: readonly MeterGroup[], deciles: Deciles): MeterDims {
  const { meter, site } = segment;
  const values: Record<MeterGroup, string | null> = {
    site: site.key,
    meter: meter.key,
    activity: meter.activity,
    portfolio: portfolioOn(site, segment.start),
    category: site.category,
    ward: site.ward,
    imdDecile: deciles.get(site.key) ?? null,
  };
  return Object.fromEntries(groups.map((group) => [group, values[group]]));
}

function basisOf(segment: Segment, estate: Estate, heatSupply: HeatSupply | null): EmissionsBasis {
  const { meter } = segment;
  return {
    activity: meter.activity,
    unit: meter.unit,
    calorificBasis: meter.calorificBasis,
    heatNetwork: heatLinesOf(meter.heatNetwork, estate, segment.start),
    control: segment.reportedAs,
    scope3Category: segment.scope3Category,
    returnToSewer: segment.sewerBilled ? null : (meter.returnToSewer ?? estate.settings.returnToSewer),
    heatEfficiency: meter.measures === 'heat-output' ? meter.efficiency : null,
    heatSupply,
  };
}

function allSegments(estate: Estate, question: FigureQuestion, window: DaySpan): Segment[] {
  return askedMeters(question, estate).flatMap((meter) =>
    segmentsOf(meter, estate, window).flatMap((segment) => askedOf(segment, question, estate)),
  );
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

// A line break is in no key or label, so that no two names can be the same by chance.
const named = (parts: readonly unknown[]): string => parts.map((part) => part ?? '').join('\n');

function basisKey(basis: EmissionsBasis): string {
  const { activity, unit, calorificBasis, heatNetwork, control, scope3Category, returnToSewer, heatEfficiency } = basis;
  const own = basis.heatSupply;
  const supply = own == null ? [] : [own.network.key, own.factor?.validFrom, own.expired];
  const energy = [activity, unit, calorificBasis, heatNetwork, returnToSewer, heatEfficiency];
  return named([...energy, control, scope3Category, ...supply]);
}

type Streamed = BalancedSegment & Pick<Stream, 'split' | 'heatSold'> & { heatSupply: HeatSupply | null };
type StreamTable = { numberOf(segment: Streamed): number; streams: Stream[] };

/** Sorts segments into streams. Equal bases are one object, by which what follows from a basis can be remembered. */
function openStreams(estate: Estate, groups: readonly MeterGroup[], deciles: Deciles): StreamTable {
  const streams: Stream[] = [];
  const numbers = new Map<string, number>();
  const bases = new Map<string, EmissionsBasis>();
  return {
    streams,
    numberOf({ segment, selfUse, selfUseUnknown, split, heatSold, heatSupply }) {
      const dims = meterDims(segment, groups, deciles);
      const made = basisOf(segment, estate, heatSupply);
      const name = basisKey(made);
      const basis = bases.get(name) ?? made;
      bases.set(name, basis);
      const { flow, control: runBy, leaseType } = segment;
      const marks = [flow, runBy, leaseType, selfUse, selfUseUnknown, split?.part, split?.tenant];
      const floor = [split?.floor?.share, split?.floor?.takenBy, heatSold];
      const key = named([...Object.values(dims), ...marks, ...floor, name]);
      const stream = { dims, flow, runBy, leaseType, basis, selfUse, selfUseUnknown, split, heatSold };
      const number = numbers.get(key) ?? streams.push(stream) - 1;
      numbers.set(key, number);
      return number;
    },
  };
}

const PLAIN = { selfUse: 0, selfUseUnknown: false, heatSold: false } as const;

/**
 * What goes to tenants without a meter of their own: their shares of the meter's days, each taken out of the meter and given
 * to the tenant. Both read the meter once more; what makes them shares are their streams.
 */
function sharedSegments(
  { segment }: PlannedSegment,
  estate: Estate,
  numberOf: StreamTable['numberOf'],
): PlannedSegment[] {
  return floorSharesOf(segment).flatMap(({ tenant, share, taken, given }) =>
    heatSupplyParts(taken, estate).flatMap((part): PlannedSegment[] => {
      const { start, end } = part.segment;
      const to: Segment = { ...given, start, end };
      const takenBy = numberOf({
        ...{ ...PLAIN, ...part },
        split: { tenant, part: 'deduction', floor: { share, takenBy: null } },
      });
      const stream = numberOf({
        ...{ ...PLAIN, ...part, segment: to },
        split: { tenant, part: 'share', floor: { share, takenBy } },
      });
      return [
        { segment: part.segment, stream: takenBy },
        { segment: to, stream },
      ];
    }),
  );
}

/** Decides what to read for a question: which meters feed which row, and where factors and buckets cut time. */
export function planFigure(
  estate: Estate,
  question: FigureQuestion,
  today: LocalDay,
  deciles: Deciles = NO_DECILES,
): FigurePlan {
  const { period, interval, policy } = question;
  const { reportingYearStart } = estate.settings;
  const buckets = bucketsOf(period, interval, reportingYearStart);
  const end = elapsedEnd(period.end, today);
  if (end <= period.start) return { window: null, buckets, cells: [], streams: [], segments: [], deductions: [] };
  const window = { start: period.start, end };
  const spans = factorSpans(window, policy, reportingYearStart);
  const groups = question.groupBy.filter((group): group is MeterGroup => !isLineGroup(group));
  const { streams, numberOf } = openStreams(estate, groups, deciles);
  const own = balanceSelfUse(allSegments(estate, question, window), estate).flatMap((balanced) =>
    splitSegment(balanced.segment, estate).flatMap(({ segment: whole, tenant }) => {
      const split = tenant === null ? null : { tenant, part: 'share' as const, floor: null };
      return heatSoldParts(whole).flatMap(({ segment: part, heatSold }) =>
        heatSupplyParts(part, estate).map(({ segment, heatSupply }) => {
          return { segment, stream: numberOf({ ...balanced, segment, split, heatSold, heatSupply }) };
        }),
      );
    }),
  );
  const shared = own.flatMap((planned) => sharedSegments(planned, estate, numberOf));
  const deductions = own.flatMap(({ segment }) =>
    deductionsOf(segment, estate).flatMap((deduction) => {
      const split = { tenant: deduction.tenant, part: 'deduction' as const, floor: null };
      return heatSupplyParts(deduction.segment, estate).map((part) => {
        return { ...deduction, segment: part.segment, stream: numberOf({ ...PLAIN, ...part, split }) };
      });
    }),
  );
  // What a sub-meter measures of one tenant is nobody else's: it is taken out before the rest is shared.
  const fromShared = shared.flatMap(({ segment, stream }) =>
    deductionsOf(segment, estate).map((deduction) => ({ ...deduction, stream })),
  );
  return {
    window,
    buckets,
    cells: cutCells(window, buckets, spans),
    streams,
    segments: [...own, ...shared],
    deductions: [...deductions, ...fromShared],
  };
}
