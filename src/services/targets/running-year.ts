import { reportingYearOf } from '../../domain/buckets.ts';
import type { Coverage } from '../../domain/coverage.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { type RowSums, rowCoverage } from '../../domain/row-sums.ts';
import { meanShare, type SeasonBasis, type SeasonYear, sameDays, seasonBasis } from '../../domain/targets/season.ts';
import type { Target } from '../../domain/targets/target.ts';
import { answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import type { Judged, TargetYear } from './judge-years.ts';
import { type Actuals, knownKg } from './target-figures.ts';
import { targetQuestion } from './target-question.ts';

/** What was emitted on some days, and how complete it is; null where nothing is known. */
export type PartOfYear = DaySpan & { kg: Decimal | null; coverage: Coverage | null };

/** The running year so far, against the same days of last year and against its allowed share by season (rule H6). */
export type RunningYear = {
  period: Period;
  soFar: PartOfYear;
  sameDaysOfLastYear: PartOfYear;
  /** Null where no year tells how emissions lie in the seasons, or the year cannot be set against the path. */
  season: { basis: SeasonBasis; share: Decimal; allowedKg: Decimal } | null;
  /** What a reader should know before comparing. */
  reasons: string[];
};

/** Some days as their row of a figure says, which is how whole years are read. */
function partFrom(target: Target, { start, end }: DaySpan, sums: RowSums | undefined): PartOfYear {
  return { start, end, kg: knownKg(target, sums), coverage: sums === undefined ? null : rowCoverage(sums) };
}

async function partOfYear(deps: FigureDeps, target: Target, { start, end }: DaySpan): Promise<PartOfYear> {
  const period = { label: `${start}/${end}`, start, end };
  const { figure } = await answerFigure(deps, { ...targetQuestion(target, period), interval: 'total' });
  return partFrom(target, period, figure.rows.find(({ flow }) => flow === 'use')?.sums);
}

/** Reporting years that are over, with what was emitted in them. */
function completeYears(target: Target, actuals: Actuals, running: Period, reportingYearStart: string): SeasonYear[] {
  return [...actuals].flatMap(([start, sums]): SeasonYear[] => {
    const kg = knownKg(target, sums);
    if (start >= running.start || kg === null) return [];
    return [{ period: reportingYearOf(start, reportingYearStart), kg, coverage: rowCoverage(sums) }];
  });
}

const yearNumber = ({ start }: DaySpan): number => Number(start.slice(0, 4));

type Asked = { deps: FigureDeps; judged: Judged; year: TargetYear };

/** What the path allows of the days so far, by the share of them in earlier years. */
async function seasonOf({ deps, judged, year }: Asked, lastYear: PartOfYear): Promise<RunningYear['season']> {
  const { target, actuals, estate, today } = judged;
  const { period } = year;
  const basis = seasonBasis(completeYears(target, actuals, period, estate.settings.reportingYearStart), period);
  // What is stated for a year has no seasons (rule H8).
  if (basis === null || year.notComparable.length > 0 || target.otherEmissions.length > 0) return null;
  const parts = await Promise.all(
    basis.years.map(async (told) => {
      const span = sameDays({ start: period.start, end: today }, yearNumber(period) - yearNumber(told.period));
      const { kg } = span.start === lastYear.start ? lastYear : await partOfYear(deps, target, span);
      return kg === null ? null : { partKg: kg, kg: told.kg };
    }),
  );
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length) return null;
  const share = meanShare(known);
  return { basis, share, allowedKg: year.allowedKg.times(share) };
}

function missingOf({ coverage }: PartOfYear, words: string, missingShareMax: Decimal): string[] {
  const missing = coverage === null ? 1 : coverage.missing + (coverage.pending ?? 0);
  return missingShareMax.gte(missing) ? [] : [`${Math.round(missing * 10_000) / 100} % of ${words} is missing`];
}

/** What is stated for whole years says nothing of some days of one (rule H8). */
function statedAlone({ otherEmissions }: Target): string[] {
  if (otherEmissions.length === 0) return [];
  return [
    `${otherEmissions.join(', ')} is stated by the year: these days are compared on metered energy and water alone`,
  ];
}

/** Compares the running year so far; null where the target has no running year, or none of it has passed. */
export async function runningYear(
  deps: FigureDeps,
  judged: Judged,
  years: readonly TargetYear[],
): Promise<RunningYear | null> {
  const { target, today, estate } = judged;
  const year = years.find(({ period }) => period.start < today && period.end > today);
  if (year === undefined) return null;
  const span = { start: year.period.start, end: today };
  // The running year was read with the others, as far as it has come.
  const soFar = partFrom(target, span, judged.actuals.get(year.period.start));
  const lastYear = await partOfYear(deps, target, sameDays(span, 1));
  const { missingShareMax } = estate.settings;
  return {
    period: year.period,
    soFar,
    sameDaysOfLastYear: lastYear,
    season: await seasonOf({ deps, judged, year }, lastYear),
    reasons: [
      ...missingOf(soFar, 'the days so far', missingShareMax),
      ...missingOf(lastYear, 'the same days of last year', missingShareMax),
      ...year.notComparable,
      ...statedAlone(target),
    ],
  };
}
