import type { Activity } from '../activities.ts';
import type { Coverage } from '../coverage.ts';
import { inForce } from '../dated.ts';
import { unionOf } from '../day-spans.ts';
import type { Decimal } from '../decimal.ts';
import { addMonths, type DaySpan, type LocalDay } from '../local-day.ts';
import type { Period } from '../period.ts';
import type { Fault } from '../refusal.ts';
import { rowCoverage } from '../row-sums.ts';
import type { Segment } from '../segments.ts';
import type { Site } from '../site.ts';
import { type BenchmarkEdition, type Found, type SiteUse, useOfSite } from './benchmarks.ts';
import { fixedFactorOf, type OperationalRating, type RatingFactor, rateBuilding } from './operational-rating.ts';
import type { SharedSupply, SiteEnergy } from './site-energy.ts';

/** Why a site gets no operational rating (rule J). */
export const RATING_REFUSALS = [
  'not-twelve-months',
  'period-not-over',
  'no-benchmark',
  'mixed-uses',
  'benchmark-use-changed',
  'no-floor-area',
  'floor-area-changed',
  'no-data',
  'part-of-period',
  'start-unknown',
  'too-little-actual',
  'no-electricity',
  'other-fuel',
  'on-site-generation',
  'own-heat-network',
  'shared-supply',
] as const;
export type RatingRefusal = (typeof RATING_REFUSALS)[number];

/** One fuel of a rated building. */
export type RatedFuel = {
  activity: Activity;
  energyKwh: Decimal;
  coverage: Coverage;
  factor: RatingFactor;
};

/** A site with its rating and what it is made of. */
export type RatedSite = {
  site: Site;
  rated: OperationalRating;
  floorAreaM2: number;
  edition: BenchmarkEdition;
  use: SiteUse;
  /** In the order of the terms of the rating. */
  fuels: RatedFuel[];
};

/** A site with its rating, or with the reasons why it has none. */
export type SiteRating = RatedSite | { site: Site; rated: null; reasons: Fault[] };

/** What a rating goes by, the same for all sites of an answer. */
export type RatingBasis = {
  period: Period;
  edition: Found<BenchmarkEdition>;
  actualShareMin: number;
  shared: ReadonlyMap<string, SharedSupply>;
};

const fault = (code: RatingRefusal, pointer: string, detail: string): Fault => ({ pointer, code, detail });

/** Refuses a period that is not twelve whole calendar months which are over. */
export function periodFaults({ label, start, end }: Period, today: LocalDay): Fault[] {
  const pointer = '?period';
  if (start.slice(8) !== '01' || addMonths(start, 12) !== end) {
    const detail = `period '${label}' runs from ${start} to ${end} (exclusive): expected 12 complete months, such as 2024/25 or ${addMonths(start, 0)}/${addMonths(start, 12)}`;
    return [fault('not-twelve-months', pointer, detail)];
  }
  if (end <= today) return [];
  return [
    fault('period-not-over', pointer, `period '${label}' ends on ${end}: expected 12 months that are over by ${today}`),
  ];
}

function floorAreaOf({ key, floorAreas }: Site, period: Period): Found<number> {
  const pointer = '/floorAreas';
  const here = inForce(floorAreas, period.start);
  if (here === null) {
    const detail = `site '${key}' has no floor area on ${period.start}: expected the gross internal area in floorAreaM2 or floorAreas`;
    return { fault: fault('no-floor-area', pointer, detail) };
  }
  const { areaM2 } = here;
  const changed = floorAreas.find(
    (other) => other.from !== null && other.from > period.start && other.from < period.end && other.areaM2 !== areaM2,
  );
  if (changed === undefined) return { found: areaM2 };
  const detail = `the floor area of site '${key}' changes on ${changed.from} from ${areaM2} to ${changed.areaM2} m2: expected one area in all 12 months`;
  return { fault: fault('floor-area-changed', pointer, detail) };
}

/** Meters that are not what the two terms are about (rules B4, B6). */
function structureFaults(key: string, segments: readonly Segment[], shared: SharedSupply | undefined): Fault[] {
  const faults: Fault[] = [];
  const pointer = '/meters';
  const made = segments.find(({ flow }) => flow === 'generation' || flow === 'export');
  if (made !== undefined) {
    const detail = `meter '${made.meter.key}' of site '${key}' measures ${made.flow} in the period: expected none, since on-site renewables and exports are not in the two terms`;
    faults.push(fault('on-site-generation', pointer, detail));
  }
  // Heat below a fuel meter of the same site is that fuel once more, and is counted with it.
  const bought = segments.find(({ flow, meter }) => flow === 'own-heat-network' && meter.parentKey === null);
  if (bought !== undefined) {
    const detail = `meter '${bought.meter.key}' of site '${key}' measures heat of the council's own network, whose fuel is counted where it is burnt: expected energy that is counted at the site`;
    faults.push(fault('own-heat-network', pointer, detail));
  }
  if (shared !== undefined) {
    const { sub, subSite, main, mainSite } = shared;
    const detail = `meter '${sub}' of site '${subSite}' is fed by meter '${main}' of site '${mainSite}': expected meters that serve one site alone`;
    faults.push(fault('shared-supply', pointer, detail));
  }
  return faults;
}

/** The first day of a period that none of some spans holds; null where they hold all of it. */
function firstDayWithout(spans: readonly DaySpan[], { start, end }: DaySpan): LocalDay | null {
  const [first] = unionOf(spans);
  if (first === undefined || first.start > start) return start;
  return first.end < end ? first.end : null;
}

/**
 * Whether meters in the totals serve the site on every day, and since when each is known. A building that is used has
 * electricity on all of them; another fuel may come and go where the meter says since when and until when.
 */
function serviceFaults(key: string, used: readonly Segment[], period: Period): Fault[] {
  if (used.length === 0) {
    const detail = `site '${key}' has no energy meter in the totals in ${period.label}: expected meters in service and in the boundary`;
    return [fault('no-data', '?period', detail)];
  }
  const electricity = used.filter(({ meter }) => meter.activity === 'electricity');
  const day = firstDayWithout(electricity.length === 0 ? used : electricity, period);
  const faults: Fault[] = [];
  if (day !== null) {
    const what = electricity.length === 0 ? 'energy' : 'electricity';
    const detail = `no meter of ${what} of site '${key}' is in the totals on ${day}: expected 12 complete months, in service and in the boundary on every day`;
    faults.push(fault('part-of-period', '?period', detail));
  }
  const unknown = used.find(({ meter }) => meter.from === null && (meter.firstDay ?? '') > period.start);
  if (unknown === undefined) return faults;
  const { meter } = unknown;
  const detail = `the first value of meter '${meter.key}' of site '${key}' is of ${meter.firstDay} and it states no first day of service: expected 'from' of the meter, or its data since ${period.start}`;
  return [...faults, fault('start-unknown', '/meters', detail)];
}

/** What a fuel counts: its fixed factor, or the conversion that the operator states for it. */
function factorOf(
  activity: Activity,
  segments: readonly Segment[],
  edition: BenchmarkEdition | null,
): RatingFactor | null {
  const fixed = fixedFactorOf(activity);
  if (fixed !== null || edition === null) return fixed;
  const networks = new Set(
    segments.filter(({ meter }) => meter.activity === activity).map(({ meter }) => meter.heatNetwork),
  );
  const of = edition.conversions.filter((conversion) => conversion.activity === activity);
  const found = [...networks].map(
    (network) =>
      of.find(({ heatNetwork }) => heatNetwork !== null && heatNetwork === network) ??
      of.find(({ heatNetwork }) => heatNetwork === null),
  );
  const [first] = found;
  if (first === undefined || found.some((other) => other?.kgCo2PerKwh.eq(first.kgCo2PerKwh) !== true)) return null;
  return { kgCo2PerKwh: first.kgCo2PerKwh, source: 'operator', stated: first.source };
}

function fuelsOf(
  key: string,
  { rows, segments }: SiteEnergy,
  edition: BenchmarkEdition | null,
  { period, actualShareMin }: RatingBasis,
): { fuels: RatedFuel[]; faults: Fault[] } {
  const fuels: RatedFuel[] = [];
  const faults: Fault[] = [];
  for (const { flow, dims, sums } of rows) {
    if (flow !== 'use') continue;
    const activity = dims.activity as Activity;
    const coverage = rowCoverage(sums);
    if (sums.energyKwh === null || coverage === null) {
      const detail = `nothing is known of ${activity} of site '${key}' in ${period.label}: expected at least ${actualShareMin} of it as actual data`;
      faults.push(fault('no-data', '?period', detail));
      continue;
    }
    if (coverage.actual < actualShareMin) {
      const detail = `${activity} of site '${key}' is actual to a share of ${coverage.actual} in ${period.label} (estimated ${coverage.estimated}, missing ${coverage.missing}): expected at least ${actualShareMin}`;
      faults.push(fault('too-little-actual', '?period', detail));
    }
    const factor = factorOf(activity, segments, edition);
    if (factor !== null) fuels.push({ activity, energyKwh: sums.energyKwh, coverage, factor });
    else if (edition !== null) {
      const detail = `site '${key}' uses ${activity}, which the two terms do not cover: expected electricity and natural-gas alone, or a conversion of ${activity} in the benchmarks ${edition.table} ${edition.edition}`;
      faults.push(fault('other-fuel', '/conversions', detail));
    }
  }
  if (rows.length > 0 && !rows.some(({ flow, dims }) => flow === 'use' && dims.activity === 'electricity')) {
    const detail = `site '${key}' has no electricity in the totals in ${period.label}: expected the whole energy of the building`;
    faults.push(fault('no-electricity', '/meters', detail));
  }
  return { fuels, faults };
}

/**
 * Rates one site, or says everything that stands against it (rule J). What is refused would mislead: the rating is set
 * beside certificates, which are whole years of whole buildings.
 */
export function rateSite(site: Site, energy: SiteEnergy, basis: RatingBasis): SiteRating {
  const { period, edition } = basis;
  const table = 'found' in edition ? edition.found : null;
  const use = 'found' in edition ? useOfSite(site, edition.found, period) : edition;
  const area = floorAreaOf(site, period);
  const used = energy.segments.filter(({ flow }) => flow === 'use');
  const { fuels, faults } = fuelsOf(site.key, energy, table, basis);
  const reasons = [
    ...('fault' in use ? [use.fault] : []),
    ...('fault' in area ? [area.fault] : []),
    ...serviceFaults(site.key, used, period),
    ...structureFaults(site.key, energy.segments, basis.shared.get(site.key)),
    ...faults,
  ];
  if (reasons.length > 0 || table === null || 'fault' in use || 'fault' in area) return { site, rated: null, reasons };
  const rated = rateBuilding(fuels, area.found, use.found.use);
  return { site, rated, floorAreaM2: area.found, edition: table, use: use.found, fuels };
}
