import type { Json } from '../canonical-json.ts';
import { datedSpans } from '../dated.ts';
import { cutAt, unionOf } from '../day-spans.ts';
import { type Decimal, sum, ZERO } from '../decimal.ts';
import type { Dated, EstateSite } from '../estate.ts';
import type { ExplainedLine } from '../explanation.ts';
import type { FigurePlan } from '../figure-plan.ts';
import { groupBy } from '../group-by.ts';
import { type DaySpan, intersect, lengthDays } from '../local-day.ts';
import { statedKg } from '../receipt-content.ts';
import { boundaryDays } from '../segments.ts';

/** Floor areas of a site, each from a day on. */
export type AreasOfSite = readonly Dated<{ areaM2: Decimal }>[];

/** What an intensity takes of a site. */
export type SiteArea = {
  /** Scopes 1 to 3, location-based; null where nothing is known. */
  kg: Decimal | null;
  /** Days of the period on which it is in service and in the boundary. */
  boundary: readonly DaySpan[];
  /** Days of the period on which its use is counted. */
  counted: readonly DaySpan[];
  areas: AreasOfSite;
};

const daysOf = (spans: readonly DaySpan[]): number => spans.reduce((days, span) => days + lengthDays(span), 0);

/** Square metres by day of some days, added up, and how many of these days have a floor area. */
function areaDays(areas: AreasOfSite, spans: readonly DaySpan[]): { m2Days: Decimal; known: number } {
  const parts = datedSpans(areas).flatMap(({ start, end, value }) =>
    spans.flatMap((span) => {
      const days = intersect({ start, end }, span);
      return days === null ? [] : [{ days: lengthDays(days), areaM2: value.areaM2 }];
    }),
  );
  return {
    m2Days: sum(parts.map(({ days, areaM2 }) => areaM2.times(days))),
    known: parts.reduce((total, { days }) => total + days, 0),
  };
}

/** What of the sites a figure is about has a figure, and on which days (rules D1, F2). */
export function siteAreas(
  { window, segments }: FigurePlan,
  lines: readonly ExplainedLine[],
  sites: Iterable<EstateSite>,
  areas: ReadonlyMap<string, { areas: AreasOfSite }>,
): SiteArea[] {
  if (window === null) return [];
  const used = segments.filter(({ segment }) => segment.flow === 'use').map(({ segment }) => segment);
  const segmentsOfSite = groupBy(used, ({ site }) => site.key);
  const inScopes = lines.filter(({ kg, scope }) => kg !== null && scope !== 'outside');
  const linesOfSite = groupBy(inScopes, ({ site }) => site);
  return [...sites].map((site): SiteArea => {
    const own = linesOfSite.get(site.key);
    return {
      kg: own === undefined ? null : sum(own.flatMap(({ kg }) => kg ?? [])),
      boundary: boundaryDays(site, window),
      counted: own === undefined ? [] : unionOf(segmentsOfSite.get(site.key) ?? []),
      areas: areas.get(site.key)?.areas ?? [],
    };
  });
}

/**
 * Kilograms per square metre of gross internal area and year: emissions over the floor area of the same sites, each weighted
 * by its days in the figure. Sites whose area is not known on all of these days are left out, and so is floor area on days
 * without a figure; how much of either is said.
 */
export function intensityOf(sites: readonly SiteArea[], days: number): Json {
  const counted = { sites: 0, kg: ZERO, m2Days: ZERO };
  const withoutArea = { sites: 0, kg: ZERO };
  const withoutFigure = { sites: 0, m2Days: ZERO };
  for (const site of sites) {
    const uncounted = site.boundary.flatMap((span) => cutAt(span, site.counted).filter(({ inside }) => !inside));
    const idle = areaDays(site.areas, uncounted).m2Days;
    if (!idle.isZero()) {
      withoutFigure.sites += 1;
      withoutFigure.m2Days = withoutFigure.m2Days.plus(idle);
    }
    if (site.kg === null) continue;
    const { m2Days, known } = areaDays(site.areas, site.counted);
    const isKnown = known === daysOf(site.counted) && !m2Days.isZero();
    const place = isKnown ? counted : withoutArea;
    place.sites += 1;
    place.kg = place.kg.plus(site.kg);
    if (isKnown) counted.m2Days = counted.m2Days.plus(m2Days);
  }
  const mean = (m2Days: Decimal): string => (days === 0 ? '0' : m2Days.div(days).toDecimalPlaces(3).toString());
  const perM2 = counted.m2Days.isZero() ? null : counted.kg.times(days).div(counted.m2Days);
  return {
    sites: counted.sites,
    floorAreaM2: mean(counted.m2Days),
    ...statedKg(counted.kg),
    exactKgCo2ePerM2: perM2?.toString() ?? null,
    kgCo2ePerM2: perM2 === null ? null : statedKg(perM2).kgCo2e,
    withoutFloorArea: { sites: withoutArea.sites, ...statedKg(withoutArea.kg) },
    withoutFigure: { sites: withoutFigure.sites, floorAreaM2: mean(withoutFigure.m2Days) },
  };
}
