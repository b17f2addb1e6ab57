import type { Activity, Unit } from '../../domain/activities.ts';
import { reportingYearOf } from '../../domain/buckets.ts';
import { localDayOf } from '../../domain/calendar.ts';
import { type Decimal, ZERO } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { FigureRow } from '../../domain/figure-table.ts';
import { addDays, type LocalDay } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { incompleteness } from '../../domain/projection/complete-year.ts';
import type { LeftYear, SeriesPart } from '../../domain/projection/use-series.ts';
import { rowCoverage } from '../../domain/row-sums.ts';
import { structuralChanges } from '../../domain/structural-change.ts';
import { isAreaTarget, partOf, type Target } from '../../domain/targets/target.ts';
import { wholeYearEstate } from '../../domain/whole-year-estate.ts';
import { LIMITS } from '../../limits.ts';
import { type AnsweredFigure, answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { targetQuestion } from '../targets/target-question.ts';

/** What an activity used in the years that are over, in one unit, with what makes years incomplete. */
export type ActivityHistory = {
  activity: Activity;
  unit: Unit;
  /** Measured quantities of complete years, oldest first. */
  complete: readonly { period: Period; quantity: Decimal }[];
  left: readonly LeftYear[];
  /** Whether a meter of it should have data in the newest year that is over. */
  isInUse: boolean;
  /** What it used in a year by what decides emissions. */
  partsIn(period: Period): SeriesPart[];
};

/** The years of a target that are over, in the boundary that it has today. */
export type UseHistory = {
  deps: FigureDeps;
  estate: Estate;
  today: LocalDay;
  years: readonly Period[];
  activities: readonly ActivityHistory[];
};

/** Reporting years that are over, oldest first. */
function pastYears(today: LocalDay, yearStart: string): Period[] {
  const years: Period[] = [];
  let day = reportingYearOf(today, yearStart).start;
  for (let count = 0; count < LIMITS.historyYearsMax; count += 1) {
    const year = reportingYearOf(addDays(day, -1), yearStart);
    years.unshift(year);
    day = year.start;
  }
  return years;
}

/** The estate in which sites that were transferred have always been what they are now, so that a transfer is no trend (rule D5). */
function comparableEstate(estate: Estate, target: Target, since: LocalDay, today: LocalDay): Estate {
  if (isAreaTarget(target)) return estate;
  const counted = { part: partOf(target.boundary.part), keepsScope3: target.scopes.includes(3) };
  return wholeYearEstate(estate, structuralChanges(estate, counted, since, today), since);
}

function partsReader(
  { plan, usage }: AnsweredFigure,
  activity: Activity,
  unit: Unit,
): (period: Period) => SeriesPart[] {
  return (period) => {
    const sums = new Map<number, Decimal>();
    for (const { stream, cell, quantity } of usage.cells) {
      const bucket = plan.buckets[plan.cells[cell]?.bucket ?? -1];
      if (bucket?.start === period.start) sums.set(stream, (sums.get(stream) ?? ZERO).plus(quantity));
    }
    return [...sums].flatMap(([number, quantity]) => {
      const stream = plan.streams[number];
      const isOf = stream?.flow === 'use' && stream.basis.activity === activity && stream.basis.unit === unit;
      return isOf ? [{ basis: stream.basis, quantity }] : [];
    });
  };
}

function historyOf(answer: AnsweredFigure, years: readonly Period[], activity: Activity, unit: Unit): ActivityHistory {
  const { estate, figure } = answer;
  const rows = new Map<string, FigureRow>(
    figure.rows.flatMap((row) =>
      row.flow === 'use' && row.dims.activity === activity ? [[row.bucket.start, row] as const] : [],
    ),
  );
  const judged = years.map((period) => {
    const sums = rows.get(period.start)?.sums;
    const coverage = sums === undefined ? null : rowCoverage(sums);
    const quantity = sums?.quantities.get(unit) ?? null;
    const reason = incompleteness(coverage, estate.settings) ?? (quantity === null ? 'nothing is known' : null);
    return { period, quantity, reason, isExpected: coverage !== null };
  });
  return {
    activity,
    unit,
    complete: judged.flatMap(({ period, quantity, reason }) =>
      reason === null && quantity !== null ? [{ period, quantity }] : [],
    ),
    left: judged.flatMap(({ period, reason }) => (reason === null ? [] : [{ period, reason }])),
    isInUse: judged.at(-1)?.isExpected ?? false,
    partsIn: partsReader(answer, activity, unit),
  };
}

/** Reads what a target's part of the estate used in the years that are over, by activity. */
export async function readHistory(deps: FigureDeps, target: Target): Promise<UseHistory> {
  const known = await deps.currentEstate();
  const today = localDayOf(deps.now());
  const years = pastYears(today, known.settings.reportingYearStart);
  const first = years[0]?.start ?? today;
  const estate = comparableEstate(known, target, first, today);
  const own = { ...deps, currentEstate: async () => estate };
  const end = years.at(-1)?.end ?? today;
  const span = { label: `${first}/${end}`, start: first, end };
  const answer = await answerFigure(own, { ...targetQuestion(target, span), groupBy: ['activity'] });
  const names = new Map<string, [Activity, Unit]>();
  for (const { flow, basis } of answer.plan.streams)
    if (flow === 'use') names.set(`${basis.activity} ${basis.unit}`, [basis.activity, basis.unit]);
  const sorted = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  const activities = sorted.map(([, [activity, unit]]) => historyOf(answer, years, activity, unit));
  return { deps: own, estate, today, years, activities };
}
