import { approachesIn, type ConsolidationApproach, type LeaseType, reportedAs } from './consolidation.ts';
import type { Control } from './control.ts';
import { datedSpans } from './dated.ts';
import { cutAt } from './day-spans.ts';
import type { Estate, EstateMeter, EstateSite } from './estate.ts';
import { addDays, type DaySpan, earlier, intersect, type LocalDay, later } from './local-day.ts';
import { councilDays } from './supply/heat-network.ts';
import { networkOf } from './supply/heat-supply.ts';

/**
 * How a meter's quantity enters the figures (rules B4, B6, B9, D1). Only `use` and `self-use` are final energy;
 * the others are shown beside it and are in no total.
 */
export type Flow = 'use' | 'generation' | 'export' | 'sub-meter' | 'own-heat-network' | 'outside-boundary';

/** A run of days in which nothing about a meter changes: one site, one control, one consolidation approach, in service. */
export type Segment = DaySpan & {
  meter: EstateMeter;
  site: EstateSite;
  /** Who runs the site. */
  control: Control;
  approach: ConsolidationApproach;
  /** The row of the table of controls that it is reported by: its own, or under financial control that of its lease (rule D2). */
  reportedAs: Control;
  /** Kind of the lease, where financial control went by it. */
  leaseType: LeaseType | null;
  scope3Category: number | null;
  flow: Flow;
  /** Supplied water whose waste water is billed or metered by a meter of its own on these days (rule B7). */
  sewerBilled?: true;
};

const FAR: LocalDay = '9999-01-01';
const NEAR: LocalDay = '0001-01-01';

/** Heat below a meter of something else is that fuel's or electricity's energy once more (rule B6). */
function isMadeFromMetered(meter: EstateMeter, estate: Estate): boolean {
  const { parentKey } = meter;
  if (meter.activity !== 'district-heat' || parentKey === null) return false;
  const parent = estate.meters.find((candidate) => candidate.key === parentKey);
  return parent !== undefined && parent.activity !== 'district-heat';
}

/** The days on which what a heat meter reads was made by the council, whose fuel has the carbon (rule B6). */
function ownHeatDays(meter: EstateMeter, estate: Estate): DaySpan[] {
  if (meter.activity !== 'district-heat') return [];
  if (meter.heatNetwork === 'council' || isMadeFromMetered(meter, estate)) return [{ start: NEAR, end: FAR }];
  const network = networkOf(meter.heatNetwork, estate);
  return network === null ? [] : councilDays(network);
}

function flowOf(meter: EstateMeter, control: Control, ownHeat: boolean): Flow {
  if (meter.direction !== 'import') return meter.direction;
  if (ownHeat) return 'own-heat-network';
  // Waste water is not measured once more by the supply above it: it has the line of its treatment.
  if (meter.parentKey !== null && meter.activity !== 'wastewater') return 'sub-meter';
  return control === 'outside' ? 'outside-boundary' : 'use';
}

/** The days a meter is expected to have data for, as far as its own dates say; from its first value where no start is known (rule F2). */
export function serviceOf(meter: EstateMeter): DaySpan | null {
  const start = meter.from ?? meter.firstDay;
  if (start === null) return null;
  return { start, end: meter.to ?? FAR };
}

function siteService(site: EstateSite): DaySpan {
  return { start: site.opened?.on ?? NEAR, end: site.closed?.on ?? FAR };
}

/** The days of a span on which a site is in service and in the boundary, by its own dates (rules D1, F2). */
export function boundaryDays(site: EstateSite, span: DaySpan): DaySpan[] {
  const inService = intersect(siteService(site), span);
  if (inService === null) return [];
  const outside = datedSpans(site.controls).filter(({ value }) => value.control === 'outside');
  return cutAt(inService, outside)
    .filter(({ inside }) => !inside)
    .map(({ start, end }) => ({ start, end }));
}

const DEFAULT_CONTROL: EstateSite['controls'][number] = {
  from: null,
  control: 'operated',
  scope3Category: null,
  reason: null,
  leaseType: null,
};

/** Cuts segments of supplied water where a meter of its waste water comes into service or goes out of it (rule B7). */
function cutBySewer(segments: readonly Segment[], meter: EstateMeter, estate: Estate): Segment[] {
  if (meter.activity !== 'water') return [...segments];
  const billed = estate.meters.flatMap((below) =>
    below.activity === 'wastewater' && below.parentKey === meter.key ? (serviceOf(below) ?? []) : [],
  );
  const cuts = billed.flatMap(({ start, end }) => [start, end]);
  return segments.flatMap((segment) => {
    const inside = cuts.filter((day) => day > segment.start && day < segment.end);
    const edges = [...new Set([segment.start, ...inside, segment.end])].sort();
    return edges.slice(1).map((end, index): Segment => {
      const start = edges[index] ?? segment.start;
      const isBilled = billed.some((span) => span.start <= start && end <= span.end);
      return { ...segment, start, end, ...(isBilled && { sewerBilled: true as const }) };
    });
  });
}

/** All the days a meter is in service, cut where its site, its site's control or the operator of its heat changes. */
function timelineOf(meter: EstateMeter, estate: Estate): Segment[] {
  const service = serviceOf(meter);
  if (service === null) return [];
  const ownHeat = ownHeatDays(meter, estate);
  const segments: Segment[] = [];
  for (const placement of datedSpans(meter.placements)) {
    const site = estate.sites.get(placement.value.site);
    if (site === undefined) continue;
    const inService = intersect(service, siteService(site));
    const placed = inService === null ? null : intersect(placement, inService);
    if (placed === null) continue;
    const controls = datedSpans(site.controls);
    const first = controls[0];
    // Days before the first dated entry are operated: control is recorded when it changes.
    if (first === undefined || first.start > NEAR)
      controls.unshift({ start: NEAR, end: first?.start ?? FAR, value: DEFAULT_CONTROL });
    for (const period of controls) {
      const days = intersect(placed, period);
      if (days === null) continue;
      const { control, scope3Category, leaseType } = period.value;
      for (const { approach, from, to } of approachesIn(estate.settings.consolidation, days)) {
        const lease = approach === 'financial-control' ? leaseType : null;
        const reported = reportedAs(approach, control, lease);
        const place = { approach, control, reportedAs: reported, leaseType: lease, scope3Category };
        for (const { start, end, inside } of cutAt({ start: from, end: to }, ownHeat))
          segments.push({ start, end, meter, site, ...place, flow: flowOf(meter, control, inside) });
      }
    }
  }
  return cutBySewer(segments, meter, estate);
}

/** Timelines that were worked out already: an estate is a value, and many questions are asked of the same one. */
const timelines = new WeakMap<Estate, Map<EstateMeter, Segment[]>>();

/**
 * Cuts a meter's days of `window` where its site, its site's control or its service changes. Days outside service, of
 * the meter or the site, are in no segment: values there are kept and count nowhere (rule F2).
 */
export function segmentsOf(meter: EstateMeter, estate: Estate, window: DaySpan): Segment[] {
  const known = timelines.get(estate) ?? new Map<EstateMeter, Segment[]>();
  timelines.set(estate, known);
  const timeline = known.get(meter) ?? timelineOf(meter, estate);
  known.set(meter, timeline);
  const segments: Segment[] = [];
  for (const segment of timeline) {
    const days = intersect(segment, window);
    if (days !== null) segments.push({ ...segment, ...days });
  }
  return segments;
}

/** How long data of a meter usually takes to arrive, in days, where the operator states nothing (rule F3). */
const USUAL_DELAY_DAYS = { interval: 3, register: 35, billed: 45 } as const;

/** How many days data of a meter usually takes to arrive (rule F3). */
export function usualDelayDaysOf(meter: EstateMeter): number {
  return meter.usualDelayDays ?? USUAL_DELAY_DAYS[meter.kind];
}

/** Days of a segment so young that the meter's usual delay explains their absence (rule F3); null where there are none. */
export function pendingDays({ meter, start, end }: Segment, today: LocalDay): DaySpan | null {
  const young = addDays(today, -usualDelayDaysOf(meter));
  if (end <= young) return null;
  const unknownFrom = meter.lastDay === null ? young : later(young, addDays(meter.lastDay, 1));
  return intersect({ start, end }, { start: unknownFrom, end: today });
}

/** The end of the days that have elapsed by `today`: figures run to the end of yesterday (rule F2). */
export function elapsedEnd(end: LocalDay, today: LocalDay): LocalDay {
  return earlier(end, today);
}
