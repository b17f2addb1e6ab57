import type { Estate, EstateMeter } from '../estate.ts';
import { type DaySpan, earlier, intersect, type LocalDay } from '../local-day.ts';
import { segmentsOf } from '../segments.ts';
import { activityOf } from '../supply/check-instrument.ts';
import { type Instrument, isCertificate } from '../supply/instrument.ts';
import { contractDays } from '../supply/product-overlap.ts';
import type { UsageRequest } from '../usage.ts';
import { type Standing, standingOf } from './instrument-standing.ts';

/** Days of one meter that an instrument covers. */
export type CoveredDays = DaySpan & { meter: EstateMeter };

/** A certificate with how it stands and the meter-days that share it. */
export type Claim = { instrument: Instrument; standing: Standing; covered: CoveredDays[] };

/** What must be read to know which share of each meter-day certificates cover; streams are meters, by id. */
export type CoveragePlan = { claims: Claim[]; slices: DaySpan[]; meters: EstateMeter[]; request: UsageRequest };

/** The meter-days of main meters that an instrument covers: what a sub-meter reads is in the meter above it. */
export function coveredDays(instrument: Instrument, estate: Estate): CoveredDays[] {
  const span = { start: instrument.from, end: instrument.to };
  const activity = activityOf(instrument);
  const keys = new Set(instrument.meters);
  return estate.meters.flatMap((meter) => {
    if (meter.activity !== activity || meter.direction !== 'import' || meter.parentKey !== null) return [];
    const named = keys.has(meter.key) ? [span] : [];
    const spans = instrument.contract === undefined ? named : contractDays(meter, instrument.contract);
    return spans.flatMap((days) => {
      const shared = intersect(days, span);
      return shared === null ? [] : segmentsOf(meter, estate, shared).map(({ start, end }) => ({ start, end, meter }));
    });
  });
}

/** The certificates that matter on some days: those that touch them, and those that share meter-days with these in turn. */
function claimsOn(window: DaySpan, estate: Estate): Claim[] {
  const all = estate.supply.instruments.filter(isCertificate);
  let span = window;
  let count = -1;
  let touching: Instrument[] = [];
  while (count !== touching.length) {
    count = touching.length;
    touching = all.filter(({ from, to }) => from < span.end && span.start < to);
    for (const { from, to } of touching)
      span = { start: earlier(span.start, from), end: span.end < to ? to : span.end };
  }
  return touching
    .sort((a, b) => (`${a.from} ${a.key}` < `${b.from} ${b.key}` ? -1 : 1))
    .map((instrument) => ({
      instrument,
      standing: standingOf(instrument),
      covered: coveredDays(instrument, estate),
    }));
}

function edgesOf({ covered, standing: { usable } }: Claim): LocalDay[] {
  const own = covered.flatMap(({ start, end }) => [start, end]);
  return usable === null ? own : [...own, usable.start, usable.end];
}

/** Plans what to read for the certificates that matter on the days of `window`; null where there are none. */
export function planCoverage(estate: Estate, window: DaySpan, today: LocalDay): CoveragePlan | null {
  const claims = claimsOn(window, estate);
  const edges = [...new Set(claims.flatMap(edgesOf).map((day) => earlier(day, today)))].sort();
  const slices = edges.slice(1).map((end, index) => ({ start: edges[index] ?? end, end }));
  if (slices.length === 0) return claims.length === 0 ? null : { claims, slices, meters: [], request: EMPTY };
  const meters = [...new Set(claims.flatMap(({ covered }) => covered.map(({ meter }) => meter)))];
  const whole = { start: slices[0]?.start ?? '', end: slices.at(-1)?.end ?? '' };
  const segments = meters.flatMap((meter, stream) =>
    segmentsOf(meter, estate, whole).map(({ start, end }) => ({ start, end, meterId: meter.id, stream })),
  );
  return { claims, slices, meters, request: { segments, cells: slices.map((days, bucket) => ({ ...days, bucket })) } };
}

const EMPTY: UsageRequest = { segments: [], cells: [] };
