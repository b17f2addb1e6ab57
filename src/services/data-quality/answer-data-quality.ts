import { CHECKS, type Finding, type MeterFinding } from '../../domain/checks/finding.ts';
import { dayTypesOf, type MeterSeries, meterSeries } from '../../domain/checks/meter-series.ts';
import { checkMeterData } from '../../domain/checks/run-checks.ts';
import { type BalancedSeries, checkSelfUse } from '../../domain/checks/self-use.ts';
import { checkSubMeters } from '../../domain/checks/sub-meters.ts';
import { type Closure, dayTypesAt } from '../../domain/closures.ts';
import { inForce } from '../../domain/dated.ts';
import type { Estate, EstateMeter } from '../../domain/estate.ts';
import { askedOf, isAsked } from '../../domain/figure-filter.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { type Gap, gapsOf } from '../../domain/gaps.ts';
import { groupBy } from '../../domain/group-by.ts';
import { type DayType, dayTypeOf } from '../../domain/like-days.ts';
import { addDays, type DaySpan, earlier, type LocalDay, lengthDays } from '../../domain/local-day.ts';
import { type SupplyFinding, supplyFindings } from '../../domain/market/supply-findings.ts';
import { Refusal } from '../../domain/refusal.ts';
import { segmentsOf } from '../../domain/segments.ts';
import { type BalancedSegment, balanceSelfUse } from '../../domain/self-use.ts';
import { LIMITS } from '../../limits.ts';
import { type AnsweredFigure, answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { allocationOf } from '../figures/answer-market.ts';
import type { EvidenceReader } from './evidence-reader.ts';

/** What judging the data needs beside what figures need. */
export type DataQualityDeps = FigureDeps & { evidence: EvidenceReader };

/** How complete the data is, where it lacks, and what is odd about it. */
export type DataQuality = {
  answer: AnsweredFigure;
  gaps: Gap[];
  findings: Finding[];
  /** False where there was too much to look at intervals: only days were checked. */
  intervalsChecked: boolean;
  /** What is odd about instruments and heat networks. */
  supply: SupplyFinding[];
};

/** Days before the asked ones that checks of intervals compare with: a year and a week of it. */
const DAYS_BEFORE = 372;
/** Days after them: like days of eight weeks and as much again for settings. */
const DAYS_AFTER = 92;
const METERS_PER_BATCH = 16;

/** Sub-meters are compared by days alone, and intervals of many meters are large. */
const NO_SLOTS = { slots: new Float64Array(), delivered: new Float64Array() };

type Judged = { gaps: Gap[]; findings: Finding[] };
type Family = Map<string, MeterSeries>;

/** One round of work: what is asked, and what it is compared with. */
type Round = {
  estate: Estate;
  question: FigureQuestion;
  asked: DaySpan;
  window: DaySpan;
  /** The kinds of its days where nothing is closed, and what is closed when. */
  dayTypes: readonly DayType[];
  closures: readonly Closure[];
  today: LocalDay;
  withIntervals: boolean;
};

const ofMeter =
  (meter: EstateMeter) =>
  (finding: MeterFinding): Finding => ({
    ...finding,
    meter: meter.key,
    site: inForce(meter.placements, finding.start)?.site ?? null,
  });

/** Of which kind the days of the window are for a meter; the same list for all whose sites are never closed. */
function dayTypesFor(meter: EstateMeter, { estate, window, dayTypes, closures }: Round): readonly DayType[] {
  const typeOf = dayTypesAt(meter, estate, closures);
  return typeOf === dayTypeOf ? dayTypes : dayTypesOf(window, typeOf);
}

/** Service over all the time that a check looks at. */
function serviceSpans(meter: EstateMeter, { estate, window }: Round): DaySpan[] {
  return segmentsOf(meter, estate, window).map(({ start, end }) => ({ start, end }));
}

async function judgeBatch(
  reader: EvidenceReader,
  meters: readonly EstateMeter[],
  round: Round,
  family: Family,
): Promise<Judged> {
  const { estate, question, asked, window, today, withIntervals } = round;
  const ids = meters.map(({ id }) => id);
  const [days, totals, estimates] = await Promise.all([
    reader.readDays(ids, window, withIntervals),
    reader.readTotals(ids),
    reader.readEstimates(ids, asked),
  ]);
  const judged: Judged = { gaps: [], findings: [] };
  for (const meter of meters) {
    const stored = days.get(meter.id) ?? [];
    const series = meterSeries(meter, window, asked, stored, dayTypesFor(meter, round));
    if (family.has(meter.key)) family.set(meter.key, { ...series, ...NO_SLOTS });
    if (!isAsked(meter, question, estate)) continue;
    const known = new Map(stored.map((day) => [day.day, day.actualMinutes + day.estimatedMinutes]));
    for (const segment of segmentsOf(meter, estate, asked).flatMap((whole) => askedOf(whole, question, estate))) {
      judged.gaps.push(...gapsOf(segment, today, (day) => known.get(day) ?? 0));
    }
    const service = serviceSpans(meter, round);
    const fixed = totals.get(meter.id) ?? { bills: [], totals: [] };
    const own = estimates.get(meter.id) ?? [];
    const checked = { series, stored, ...fixed, estimates: own, asked, service, today };
    judged.findings.push(...checkMeterData(checked, estate.settings.checks).map(ofMeter(meter)));
  }
  return judged;
}

/** The meters with sub-meters among those asked, and their sub-meters, which are read even where they are not asked. */
function familiesOf(asked: readonly EstateMeter[], estate: Estate): { main: EstateMeter; children: EstateMeter[] }[] {
  return asked.flatMap((main) => {
    const children = estate.meters.filter(({ parentKey }) => parentKey === main.key);
    return children.length === 0 ? [] : [{ main, children }];
  });
}

/** Generation and export by site, on the days on which the site has both, of sites with a meter that is asked (rule B4). */
function selfUseBySite(asked: readonly EstateMeter[], { estate, asked: days }: Round): BalancedSegment[][] {
  const all = estate.meters.filter(({ direction }) => direction !== 'import');
  const segments = all.flatMap((meter) => segmentsOf(meter, estate, days));
  const balanced = balanceSelfUse(segments, estate).filter(({ selfUse }) => selfUse !== 0);
  const wanted = new Set(asked);
  return [...groupBy(balanced, ({ segment }) => segment.site.key).values()].filter((parts) =>
    parts.some(({ segment }) => wanted.has(segment.meter)),
  );
}

function refuseTooMany(count: number): void {
  if (count <= LIMITS.findingsMax) return;
  const detail = `the answer has more than ${LIMITS.findingsMax} gaps and findings: ask for a site, a meter or a shorter period`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?period', code: 'too-many-rows', detail }]);
}

async function judgeAll(reader: EvidenceReader, round: Round): Promise<Judged> {
  const { estate, question } = round;
  const asked = estate.meters.filter((meter) => isAsked(meter, question, estate));
  const families = familiesOf(asked, estate);
  const sites = selfUseBySite(asked, round);
  const family: Family = new Map();
  const relatives = new Set(asked);
  const compared = [
    ...families.flatMap(({ main, children }) => [main, ...children]),
    ...sites.flatMap((parts) => parts.map(({ segment }) => segment.meter)),
  ];
  for (const meter of compared) {
    relatives.add(meter);
    family.set(meter.key, meterSeries(meter, round.window, round.asked, [], round.dayTypes));
  }
  const meters = [...relatives];
  const judged: Judged = { gaps: [], findings: [] };
  for (let first = 0; first < meters.length; first += METERS_PER_BATCH) {
    const batch = await judgeBatch(reader, meters.slice(first, first + METERS_PER_BATCH), round, family);
    judged.gaps.push(...batch.gaps);
    judged.findings.push(...batch.findings);
    refuseTooMany(judged.gaps.length + judged.findings.length);
  }
  for (const { main, children } of families) {
    const series = family.get(main.key);
    if (series === undefined) continue;
    const below = children.flatMap(({ key }) => family.get(key) ?? []);
    judged.findings.push(...checkSubMeters(series, below, estate.settings.checks).map(ofMeter(main)));
  }
  for (const parts of sites) {
    const balanced = parts.flatMap((part): BalancedSeries[] => {
      const series = family.get(part.segment.meter.key);
      return series === undefined ? [] : [{ part, series }];
    });
    const exporting = parts.find(({ selfUse }) => selfUse === -1)?.segment.meter;
    if (exporting !== undefined) judged.findings.push(...checkSelfUse(balanced).map(ofMeter(exporting)));
  }
  return judged;
}

const SEVERITY_ORDER = Object.keys(CHECKS);

function inOrder(a: Finding, b: Finding): number {
  if (a.start !== b.start) return a.start < b.start ? -1 : 1;
  if (a.meter !== b.meter) return a.meter < b.meter ? -1 : 1;
  return SEVERITY_ORDER.indexOf(a.check) - SEVERITY_ORDER.indexOf(b.check);
}

/**
 * Judges the meter data of a period (rules E12, F1 to F3): coverage as figures have it, gaps, and what checks find. All of
 * it is worked out from what is stored when it is asked; nothing found changes a figure.
 * @throws Refusal as `answerFigure` does, and `invalid-request` for an answer of too many findings.
 */
export async function answerDataQuality(deps: DataQualityDeps, question: FigureQuestion): Promise<DataQuality> {
  const answer = await answerFigure(deps, question);
  const { estate, plan, today } = answer;
  const { window: asked } = plan;
  if (asked === null) return { answer, gaps: [], findings: [], intervalsChecked: true, supply: [] };
  const meters = estate.meters.filter((meter) => isAsked(meter, question, estate));
  const supply = supplyFindings(estate, meters, asked, await allocationOf(deps.usage, answer));
  const count = meters.length;
  const withIntervals = count * lengthDays(asked) <= LIMITS.checkedIntervalDaysMax;
  const { dayTotal, unitRatio } = estate.settings.checks;
  const weeksBefore = Math.max(dayTotal.weeks, unitRatio.historyWeeks) + 1;
  const daysBefore = withIntervals ? Math.max(DAYS_BEFORE, estate.settings.checks.spike.historyDays) : weeksBefore * 7;
  const window = { start: addDays(asked.start, -daysBefore), end: earlier(addDays(asked.end, DAYS_AFTER), today) };
  const dayTypes = dayTypesOf(window);
  const closures = await deps.evidence.readClosures();
  const { gaps, findings } = await judgeAll(deps.evidence, {
    estate,
    question,
    asked,
    window,
    dayTypes,
    closures,
    today,
    withIntervals,
  });
  return { answer, gaps, findings: findings.sort(inOrder), intervalsChecked: withIntervals, supply };
}
