import { BOUNDARY_REASONS, type BoundaryReason } from '../control.ts';
import { datedSpans } from '../dated.ts';
import { unionOf } from '../day-spans.ts';
import type { Estate, EstateMeter, EstateSite } from '../estate.ts';
import type { FloorAreas } from '../floor-tenants.ts';
import { type DaySpan, earlier, intersect, type LocalDay, later } from '../local-day.ts';
import { type Segment, segmentsOf } from '../segments.ts';
import { operationsOf } from '../supply/heat-network.ts';
import { networkOf } from '../supply/heat-supply.ts';
import { type Tenancy, tenanciesIn } from '../tenancy.ts';
import type { Counted } from './counted.ts';

/** Reasons that no operator states: they follow from what the estate says. */
export const DERIVED_REASONS = ['moved', 'tenancy', 'network-handover', 'first-value', 'unstated'] as const;
export type DepartureReason = BoundaryReason | (typeof DERIVED_REASONS)[number];

/** Why something counts in one of two periods alone: structural is `boundary`, organic is `openedClosed` (rule D5). */
export type Departure = { part: 'boundary' | 'openedClosed'; on: LocalDay; reason: DepartureReason };

const EVER: DaySpan = { start: '0001-01-01', end: '9999-01-01' };

const isSame = (a: Segment, b: Segment): boolean =>
  a.site === b.site && a.reportedAs === b.reportedAs && a.scope3Category === b.scope3Category && a.flow === b.flow;

/** The days around `day` in which nothing about a meter changes but the wording of its entries. */
function stateAround(meter: EstateMeter, estate: Estate, day: LocalDay): DaySpan {
  const timeline = segmentsOf(meter, estate, EVER);
  const place = timeline.findIndex(({ start, end }) => start <= day && day < end);
  const held = timeline[place];
  if (held === undefined) return EVER;
  let { start, end } = held;
  for (const before of timeline.slice(0, place).reverse())
    if (before.end === start && isSame(before, held)) start = before.start;
  for (const after of timeline.slice(place + 1)) if (after.start === end && isSame(after, held)) end = after.end;
  return { start, end };
}

/** The tenancies behind what counts, or is taken out; of one who shares a meter with others their own alone. */
function tenanciesOf({ segment, stream: { split }, sub }: Counted): readonly Tenancy[] {
  if (split?.floor != null) return segment.meter.tenancies.filter(({ name }) => name === split.tenant);
  if (sub !== null) return sub.tenancies;
  return split === null ? [] : segment.meter.tenancies;
}

/** Days of a tenancy around `day`, also of tenants that follow each other in the same category. */
function tenancyAround(tenancies: readonly Tenancy[], day: LocalDay): DaySpan {
  const all = tenanciesIn(tenancies, EVER);
  const held = all.find(({ days }) => days.start <= day && day < days.end);
  if (held === undefined) return EVER;
  let { start, end } = held.days;
  for (const { tenancy, days } of all) {
    if (tenancy.scope3Category !== held.tenancy.scope3Category) continue;
    if (days.end === start) start = earlier(start, days.start);
    if (days.start === end) end = later(end, days.end);
  }
  return { start, end };
}

/** The days around `day` on which the floor area of a site is the same. */
function areaAround(areas: FloorAreas, day: LocalDay): DaySpan {
  return datedSpans(areas).find(({ start, end }) => start <= day && day < end) ?? EVER;
}

/** The meters of a site that make a self-use of what a generation or export meter reads: those of the other direction (rule B4). */
function counterpartsOf({ segment: { meter, site }, stream: { selfUse } }: Counted, estate: Estate): EstateMeter[] {
  if (selfUse === 0) return [];
  const direction = selfUse === 1 ? 'export' : 'generation';
  return estate.meters.filter(
    (other) =>
      other.activity === meter.activity &&
      other.direction === direction &&
      other.placements.some((placement) => placement.site === site.key),
  );
}

/** The days around `day` on which a site has any of some meters. */
function servedAround(meters: readonly EstateMeter[], site: EstateSite, estate: Estate, day: LocalDay): DaySpan {
  const served = meters.flatMap((meter) => segmentsOf(meter, estate, EVER).filter((segment) => segment.site === site));
  return unionOf(served).find(({ start, end }) => start <= day && day < end) ?? EVER;
}

function meterReasons(meter: EstateMeter, on: LocalDay): DepartureReason[] {
  const reasons: DepartureReason[] = [];
  if (meter.from === on) reasons.push(meter.fromReason ?? 'unstated');
  if (meter.to === on) reasons.push(meter.toReason ?? 'unstated');
  if (meter.from === null && meter.firstDay === on) reasons.push('first-value');
  if (meter.placements.some(({ from }) => from === on)) reasons.push('moved');
  return reasons;
}

function reasonsAt(counted: Counted, estate: Estate, on: LocalDay): DepartureReason[] {
  const { segment, stream, sub } = counted;
  const { meter, site } = segment;
  const network = networkOf(meter.heatNetwork, estate);
  const others = [...counterpartsOf(counted, estate), ...(sub === null ? [] : [sub])];
  const reasons = [meter, ...others].flatMap((own) => meterReasons(own, on));
  for (const edge of [site.opened, site.closed]) if (edge?.on === on) reasons.push(edge.reason);
  for (const { from, reason } of site.controls) if (from === on) reasons.push(reason ?? 'unstated');
  if (tenanciesOf(counted).some(({ from, to }) => from === on || to === on)) reasons.push('tenancy');
  // With the floor area of the site the share of its tenants is another one.
  if (stream.split?.floor != null && site.floorAreas.some(({ from }) => from === on)) reasons.push('tenancy');
  if (network !== null && operationsOf(network).some(({ from }) => from === on)) reasons.push('network-handover');
  return reasons;
}

/** What weighs first where several things happened on one day. */
function rankOf(reason: DepartureReason): number {
  if (reason === 'unstated') return 5;
  if (reason === 'first-value') return 4;
  if (reason === 'moved') return 2;
  if (reason === 'tenancy' || reason === 'network-handover') return 1;
  return BOUNDARY_REASONS[reason] === 'structural' ? 0 : 3;
}

/**
 * Why what counts on `day` does not count `towards` the other period (rules D5, G1): what happened on the day on which its
 * present state ended, or began. A change of control for which no reason is stated is structural, and so is one of the
 * consolidation approach.
 */
export function departureOf(counted: Counted, estate: Estate, day: LocalDay, towards: 'earlier' | 'later'): Departure {
  const { segment, stream, sub } = counted;
  const tenancies = tenanciesOf(counted);
  const around = [stateAround(segment.meter, estate, day)];
  if (sub !== null) around.push(stateAround(sub, estate, day));
  if (stream.selfUse !== 0) around.push(servedAround(counterpartsOf(counted, estate), segment.site, estate, day));
  if (tenancies.length > 0) around.push(tenancyAround(tenancies, day));
  if (stream.split?.floor != null) around.push(areaAround(segment.site.floorAreas, day));
  const state = around.reduce((days, other) => intersect(days, other) ?? days);
  const on = towards === 'later' ? state.end : state.start;
  const [reason = 'unstated'] = reasonsAt(counted, estate, on).sort((a, b) => rankOf(a) - rankOf(b));
  const changes = [...segment.site.controls, ...estate.settings.consolidation];
  const ofControl = changes.some(({ from }) => from === on);
  const structural = rankOf(reason) <= 2 || (reason === 'unstated' && ofControl);
  return { part: structural ? 'boundary' : 'openedClosed', on, reason };
}
