import type { Decimal } from '../../domain/decimal.ts';
import type { Estate, EstateMeter } from '../../domain/estate.ts';
import { minuteTable } from '../../domain/expected-minutes.ts';
import type { FigurePlan } from '../../domain/figure-plan.ts';
import { scaleOf } from '../../domain/floor-split.ts';
import { groupBy } from '../../domain/group-by.ts';
import { type DaySpan, intersect } from '../../domain/local-day.ts';
import {
  addUse,
  type CorrectedUse,
  type Correction,
  correctUse,
  correctWhole,
  noUse,
} from '../../domain/weather/correct-use.ts';
import type { MeterFit } from '../../domain/weather/fit-meter.ts';
import type { WeatherEvidence } from '../../domain/weather/fit-points.ts';
import { mayHeat } from '../../domain/weather/heating-meter.ts';
import type { FigureDeps } from '../figures/answer-figure.ts';
import type { Calendars } from './fit-meters.ts';
import type { ReferenceFinder } from './reference-asked.ts';

/** What became of one meter: over one fit, or for one reason. */
export type MeterWeather = { meter: EstateMeter; fit: MeterFit; use: CorrectedUse };

/**
 * A run of days of one meter that feeds a stream with so much of its use: −1 takes it out of the meter above, a share is that
 * of a tenant (rule D3). `isMeters` says that it is the use of the meter itself.
 */
export type Feed = DaySpan & {
  meter: EstateMeter;
  stream: number;
  scale: Decimal;
  above: EstateMeter | null;
  isMeters: boolean;
};

/** What feeds the streams of a plan and may answer to the weather. */
export function feedsOf({ segments, deductions, streams }: FigurePlan): Feed[] {
  const own = segments.flatMap(({ segment: { meter, start, end }, stream }): Feed[] => {
    const fed = streams[stream];
    if (fed?.flow !== 'use' || !mayHeat(meter)) return [];
    return [{ meter, start, end, stream, scale: scaleOf(fed), above: null, isMeters: fed.split?.floor == null }];
  });
  const taken = deductions.flatMap(({ segment: { meter: above, start, end }, sub, stream }): Feed[] => {
    const fed = streams[stream];
    if (fed === undefined || !mayHeat(sub)) return [];
    return [{ meter: sub, start, end, stream, scale: scaleOf(fed).negated(), above, isMeters: false }];
  });
  return [...own, ...taken];
}

/** Where the weather region of a meter changes in a span, and to which. */
function regionSpans(meter: EstateMeter, estate: Estate, span: DaySpan): (DaySpan & { region: string | null })[] {
  return meter.placements.flatMap(({ from, site }, index) => {
    const placed = { start: from ?? span.start, end: meter.placements[index + 1]?.from ?? span.end };
    const days = intersect(placed, span);
    const region = estate.sites.get(site)?.weatherRegion ?? estate.settings.weatherRegion;
    return days === null ? [] : [{ ...days, region }];
  });
}

/** Days of a meter, with the fit that they are corrected by. */
export type FittedSpan = DaySpan & { meter: EstateMeter; fit: MeterFit };

function correctionOf(
  { fit, start, end }: FittedSpan,
  region: string | null,
  calendarOf: Calendars,
  referenceFor: ReferenceFinder,
): Correction {
  const span = { start, end };
  const { series, line, refused } = fit;
  if (refused !== null) return { ...span, ...refused };
  if (series === null || line === null) return { ...span, code: 'no-variation', detail: 'there is no line' };
  if (region !== series.region) {
    const detail = `the meter was fitted in region ${series.region}, and lies in ${region ?? 'none'} from ${start}`;
    return { ...span, code: 'region-changes', detail };
  }
  const referenceOf = referenceFor(series);
  if ('missing' in referenceOf) return { ...span, code: 'no-reference', detail: referenceOf.missing };
  const calendar = calendarOf(series);
  return {
    ...span,
    slopePerDegreeDay: line.slopePerDegreeDay,
    actualOf: calendar.of,
    referenceOf: referenceOf.of,
  };
}

/** Days on which both meters of a deduction are known: on the others nothing is taken out (rule D3). */
function knownOnBoth(evidence: ReadonlyMap<number, WeatherEvidence>, { meter, above }: Feed): WeatherEvidence['days'] {
  const days = evidence.get(meter.id)?.days ?? new Map();
  if (above === null) return days;
  const others = evidence.get(above.id)?.days ?? new Map();
  return new Map([...days].filter(([day]) => (others.get(day)?.quantity ?? null) !== null));
}

/** Adds what becomes of the feeds, by stream and cell, and by meter and fit. */
function openLedger() {
  const byCell = new Map<string, CorrectedUse>();
  const byFit = new Map<string, MeterWeather>();
  return {
    add(feed: Feed, cell: number, { meter, fit }: FittedSpan, use: CorrectedUse): void {
      const key = `${feed.stream} ${cell}`;
      const inCell = byCell.get(key) ?? noUse();
      addUse(inCell, scaledUse(use, feed.scale));
      byCell.set(key, inCell);
      if (!feed.isMeters) return;
      const name = `${meter.key} ${fit.period.start}/${fit.period.end}`;
      const entry = byFit.get(name) ?? { meter, fit, use: noUse() };
      addUse(entry.use, use);
      byFit.set(name, entry);
    },
    byCell,
    meters: () => [...byFit.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry),
  };
}

function scaledUse({ measured, correction, days, left }: CorrectedUse, scale: Decimal): CorrectedUse {
  const rest = [...left].map(([code, entry]) => [code, { ...entry, measured: entry.measured.times(scale) }] as const);
  return { measured: measured.times(scale), correction: correction.times(scale), days, left: new Map(rest) };
}

/** What is asked to be corrected, and by what. */
export type FeedsAsked = {
  plan: FigurePlan;
  estate: Estate;
  feeds: readonly Feed[];
  fitted: readonly FittedSpan[];
  calendarOf: Calendars;
  referenceFor: ReferenceFinder;
};

/** Days of a feed on which everything that it is corrected by stays the same. */
type Part = DaySpan & { feed: Feed; span: FittedSpan; correction: Correction };

function partsOf({ estate, feeds, fitted, calendarOf, referenceFor }: FeedsAsked): Part[] {
  const byMeter = groupBy(fitted, ({ meter }) => meter.id);
  return feeds.flatMap((feed) =>
    (byMeter.get(feed.meter.id) ?? []).flatMap((span): Part[] => {
      const within = intersect(span, feed);
      if (within === null) return [];
      return regionSpans(feed.meter, estate, within).map(({ region, ...days }) => {
        const correction = correctionOf({ ...span, ...days }, region, calendarOf, referenceFor);
        return { ...days, feed, span, correction };
      });
    }),
  );
}

/** What the days of a part in a cell hold, where all of them are known whole. */
type WholeSums = (part: number, cell: number, days: DaySpan) => Decimal | null;

/** Reads the sums of parts by cell: a portfolio has many days, and of most cells none is missing. */
async function readSums(
  { usage: reader }: FigureDeps,
  { cells }: FigurePlan,
  parts: readonly Part[],
): Promise<WholeSums> {
  const first = cells[0];
  if (first === undefined) return () => null;
  const asked = cells.map(({ start, end }, bucket) => ({ start, end, bucket }));
  const segments = parts.map(({ feed, start, end }, stream) => ({ meterId: feed.meter.id, stream, start, end }));
  const { cells: sums, completeness } = await reader.readUsage({ segments, cells: asked });
  const place = (stream: number, cell: number): number => stream * cells.length + cell;
  const quantities = new Map(sums.map(({ stream, cell, quantity }) => [place(stream, cell), quantity]));
  const minutes = new Map(
    completeness.flatMap(({ stream, bucket, actualMinutes, estimatedMinutes }) =>
      bucket === null ? [] : [[place(stream, bucket), actualMinutes + estimatedMinutes] as const],
    ),
  );
  const table = minuteTable({ start: first.start, end: asked.at(-1)?.end ?? first.end });
  return (part, cell, days) => {
    const known = minutes.get(place(part, cell)) ?? 0;
    return known < table.minutesOf(days) ? null : (quantities.get(place(part, cell)) ?? null);
  };
}

/**
 * Brings what feeds the streams of a figure to reference weather, cell by cell. What is known whole is corrected by its sum;
 * of what is not, and of what a tenant takes out of a meter, each day is decided by itself.
 */
export async function correctFeeds(deps: FigureDeps, asked: FeedsAsked): Promise<ReturnType<typeof openLedger>> {
  const { plan } = asked;
  const parts = partsOf(asked);
  const wholeSum = await readSums(deps, plan, parts);
  const pieces = parts.flatMap((part, number) =>
    plan.cells.flatMap((each, cell) => {
      const days = intersect(each, part);
      const sum = days === null || part.feed.above !== null ? null : wholeSum(number, cell, days);
      const use = sum === null || days === null ? null : correctWhole(sum, days, part.correction);
      return days === null ? [] : [{ part, cell, days, use }];
    }),
  );
  const byDay = pieces.flatMap(({ part: { feed }, use }) => (use === null ? [feed] : []));
  const ids = [...new Set(byDay.flatMap(({ meter, above }) => (above === null ? [meter.id] : [meter.id, above.id])))];
  const evidence = plan.window === null || ids.length === 0 ? new Map() : await deps.weather.evidence(ids, plan.window);
  const daysOf = new Map([...new Set(byDay)].map((feed) => [feed, knownOnBoth(evidence, feed)]));
  const ledger = openLedger();
  for (const { part, cell, days, use } of pieces) {
    const known = daysOf.get(part.feed) ?? new Map();
    ledger.add(part.feed, cell, part.span, use ?? correctUse(known, days, part.correction));
  }
  return ledger;
}
