import { reportingYearOf } from '../../domain/buckets.ts';
import { localDayOf } from '../../domain/calendar.ts';
import type { Coverage } from '../../domain/coverage.ts';
import { Decimal, ZERO } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type RowSums, rowCoverage } from '../../domain/row-sums.ts';
import type { Recalculation } from '../../domain/targets/recalculation.ts';
import { isAreaTarget, type Target } from '../../domain/targets/target.ts';
import { verdictOf, type YearVerdict } from '../../domain/targets/target-status.ts';
import { judgedIn, targetYear } from '../../domain/targets/target-years.ts';
import { type PathStart, type Trajectory, trajectoryOf } from '../../domain/targets/trajectory.ts';
import { answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { type BaseYear, baseYearOf } from './base-year.ts';
import { judgedKg, targetQuestion } from './target-question.ts';

/** One year of a target, exact. */
export type TargetYear = {
  year: number;
  period: Period;
  allowedKg: Decimal;
  /** As reported: each change of the boundary by the day. */
  actualKg: Decimal | null;
  /** As it is judged: with a recalculated baseline, each transfer of the year for the whole year (rule D5). */
  comparableKg: Decimal | null;
  /** The baseline that the year is judged against, with what led to it. */
  recalculation: Recalculation;
  coverage: Coverage | null;
  provisional: string[];
  isMilestone: boolean;
  /** Null for a year that is not over: there is no verdict on it. */
  verdict: YearVerdict | null;
  cumulative: { allowedKg: Decimal; actualKg: Decimal } | null;
};

/** How a target stands. `startKg` is the amount its path starts from, in the year `startPeriod`. */
export type TargetProgress = {
  target: Target;
  seq: string;
  today: LocalDay;
  startPeriod: Period;
  startKg: Decimal;
  startCoverage: Coverage | null;
  /** The baseline as transfers until today leave it. */
  recalculation: Recalculation;
  significanceThreshold: Decimal;
  years: TargetYear[];
};

type Actuals = ReadonlyMap<string, RowSums>;

async function actualsOf(
  deps: FigureDeps,
  target: Target,
  first: Period,
  last: Period,
): Promise<{ actuals: Actuals; estate: Estate }> {
  const span = { label: `${first.start}/${last.end}`, start: first.start, end: last.end };
  const { figure, estate } = await answerFigure(deps, targetQuestion(target, span));
  const rows = figure.rows.filter((row) => row.flow === 'use');
  return { actuals: new Map(rows.map((row) => [row.bucket.start, row.sums])), estate };
}

function kgOf(target: Target, sums: RowSums | undefined): Decimal | null {
  return sums === undefined || sums.quantities.size === 0 ? null : judgedKg(target, sums);
}

/** Lines of a row that a total of scopes 1 to 3 misses; CO2 outside of scopes is in no total. */
function missingLines(sums: RowSums | undefined): string[] {
  return [...(sums?.notQuantified.keys() ?? []), ...(sums?.market?.notQuantified.keys() ?? [])].filter(
    (line) => !line.endsWith('.outside-of-scopes') && !line.endsWith('.own-generation'),
  );
}

type Start = Omit<PathStart, 'kg'> & { kg: (actuals: Actuals, period: Period) => Decimal | null };

function outsideData(target: Target): never {
  const { period } = target.baseline;
  const detail = `'${target.key}' counts from ${period}, for which the estate has no figure: give the estate's own published emissions of ${period} (baseline.emissionsKgCo2e with its source), or the area's emissions in a year with data as a share of ${period} (rebasing with its source)`;
  throw new Refusal('baseline-outside-data', detail, [{ pointer: '/baseline', code: 'baseline-outside-data', detail }]);
}

/** Where the path starts: the baseline year itself, or for an area target the year it is re-based in (rules H3, H5). */
function startOf(target: Target): Start {
  const { baseline, rebasing } = target;
  const published = baseline.emissionsKgCo2e;
  const year = targetYear(baseline.period, '/baseline/period');
  if (published !== undefined) return { year, kg: () => new Decimal(published), index: new Decimal(1) };
  const fromData = (actuals: Actuals, period: Period): Decimal | null => kgOf(target, actuals.get(period.start));
  if (rebasing !== null)
    return { year: targetYear(rebasing.period, '/rebasing/period'), kg: fromData, index: new Decimal(rebasing.index) };
  return isAreaTarget(target) ? outsideData(target) : { year, kg: fromData, index: new Decimal(1) };
}

type Context = {
  deps: FigureDeps;
  target: Target;
  estate: Estate;
  today: LocalDay;
  trajectory: Trajectory;
};

/** Why a year cannot be set against the baseline, or null when it can. */
function notComparable({ status, sites }: Recalculation): string | null {
  if (status !== 'recalculation-incomplete') return null;
  const unknown = sites.filter(({ effectKg }) => effectKg === null);
  const named = unknown.flatMap(({ changes }) => changes.map(({ site, reason, on }) => `${site} (${reason} on ${on})`));
  return `recalculation-incomplete: ${named.join(', ')} changed the boundary, and what it emitted in the base year is not known: state it with PUT /v1/targets/{target}/recalculations/{site}`;
}

async function yearsOf(
  context: Context,
  actuals: Actuals,
  baseYear: BaseYear,
  startReasons: readonly string[],
): Promise<TargetYear[]> {
  const { target, estate, today, trajectory } = context;
  const { start } = trajectory;
  const { settings } = estate;
  const milestones = new Set(target.milestones.map((milestone) => targetYear(milestone.period, '/milestones')));
  const years: TargetYear[] = [];
  let cumulative: { allowedKg: Decimal; actualKg: Decimal } | null = { allowedKg: ZERO, actualKg: ZERO };
  for (let year = start.year; year <= trajectory.lastYear; year += 1) {
    const period = judgedIn(year, target, settings.reportingYearStart);
    const reported = actuals.get(period.start);
    const recalculation = baseYear.until(period.end);
    const moved = recalculation.status === 'recalculated' && period.start < today;
    const sums = (moved ? await baseYear.comparable(period) : null) ?? reported;
    const comparableKg = kgOf(target, sums);
    const allowedKg = trajectory.allowedKg(year, recalculation.baselineKg);
    if (allowedKg === null) continue;
    const coverage = sums === undefined ? null : rowCoverage(sums);
    const isStart = year === start.year;
    if (!isStart && period.end <= today && cumulative !== null)
      cumulative =
        comparableKg === null
          ? null
          : { allowedKg: cumulative.allowedKg.plus(allowedKg), actualKg: cumulative.actualKg.plus(comparableKg) };
    const judged = period.end <= today && !isStart;
    const verdict = judged
      ? verdictOf({
          allowedKg,
          actualKg: comparableKg,
          coverage,
          notQuantified: missingLines(sums),
          startReasons,
          notComparable: notComparable(recalculation),
          isMilestone: milestones.has(year),
          cumulative: target.budgets.length > 0 ? cumulative : null,
          missingShareMax: settings.missingShareMax,
          estimatedShareMax: settings.estimatedShareMax,
        })
      : null;
    const provisional = [
      ...(sums?.provisional ?? []),
      ...(period.end > today && period.start < today ? ['year-running'] : []),
    ];
    years.push({
      year,
      period,
      allowedKg,
      actualKg: kgOf(target, reported),
      comparableKg,
      recalculation,
      coverage,
      provisional,
      isMilestone: milestones.has(year),
      verdict,
      cumulative: judged ? cumulative : null,
    });
  }
  return years;
}

/** A published baseline is on a basis of its own, and figures of another one must not be set against it (rule C2). */
function refuseOtherBasis({ key, basis, baseline }: Target): void {
  const stated = baseline.basis ?? 'location';
  if (baseline.emissionsKgCo2e === undefined || stated === basis) return;
  const detail = `'${key}' is on the ${basis} basis and its baseline on the ${stated} basis: expected both on one`;
  throw new Refusal('not-comparable', detail, [{ pointer: '/baseline/basis', code: 'not-comparable', detail }]);
}

/**
 * How a target stands, year by year (rules D5, H1 to H6): allowed, actual, gap and verdict. A frozen baseline is computed
 * from what was known when it was frozen (rule H5).
 * @throws Refusal `baseline-outside-data` where the path has nothing to start from, naming both ways out; `not-comparable`
 * where its published baseline is on the other scope 2 basis.
 */
export async function targetProgress(
  deps: FigureDeps,
  target: Target,
  frozen: FigureDeps | null,
): Promise<TargetProgress> {
  refuseOtherBasis(target);
  const today = localDayOf(deps.now());
  const start = startOf(target);
  const { reportingYearStart } = (await deps.currentEstate()).settings;
  const first = judgedIn(start.year, target, reportingYearStart);
  const running = reportingYearOf(today, reportingYearStart);
  const { actuals, estate } = await actualsOf(deps, target, first, first.start > running.start ? first : running);
  const startActuals = frozen === null ? actuals : (await actualsOf(frozen, target, first, first)).actuals;
  const startKg = start.kg(startActuals, first);
  if (startKg === null) {
    const detail = `'${target.key}' starts from ${first.label}, for which the estate has no data: expected meter data for ${first.start}/${first.end}, or a published figure with its source`;
    throw new Refusal('baseline-outside-data', detail, [
      { pointer: '/baseline', code: 'baseline-outside-data', detail },
    ]);
  }
  const fromData = target.baseline.emissionsKgCo2e === undefined;
  const startSums = fromData ? startActuals.get(first.start) : undefined;
  const startCoverage = startSums === undefined ? null : rowCoverage(startSums);
  const trajectory = trajectoryOf(target, { year: start.year, kg: startKg, index: start.index });
  const baseYear = await baseYearOf({ deps, frozen: frozen ?? deps }, estate, target, first, startKg, today);
  const startReasons =
    startSums === undefined ? [] : baselineReasons(startCoverage, estate, missingLines(startSums), first);
  const context = { deps, target, estate, today, trajectory };
  const years = await yearsOf(context, actuals, baseYear, startReasons);
  const { significanceThreshold } = estate.settings;
  const recalculation = baseYear.until(today);
  const found = { startPeriod: first, startKg, startCoverage, recalculation, significanceThreshold, years };
  return { target, seq: estate.seq, today, ...found };
}

/** Why a baseline computed from data cannot carry a verdict. */
function baselineReasons(
  coverage: Coverage | null,
  estate: Estate,
  lines: readonly string[],
  period: Period,
): string[] {
  const reasons = lines.map((line) => `${line} has no factor in ${period.label}, which the path starts from`);
  if (coverage !== null && estate.settings.missingShareMax.lt(coverage.missing))
    reasons.push(
      `${Math.round(coverage.missing * 10_000) / 100} % of ${period.label}, which the path starts from, is missing`,
    );
  return reasons;
}
