import { deductTenants } from '../../src/domain/deduct-tenants.ts';
import type { Estate } from '../../src/domain/estate.ts';
import { composeFigure, type Figure } from '../../src/domain/figure.ts';
import { type AnsweredRow, type AnsweredSums, answeredRow, answeredTotal } from '../../src/domain/figure-answer.ts';
import type { MissingWeights } from '../../src/domain/figure-completeness.ts';
import { type FigurePlan, planFigure } from '../../src/domain/figure-plan.ts';
import type { FigureQuestion } from '../../src/domain/figure-question.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import type { MeterDay } from '../../src/domain/settle-meter.ts';
import type { Usage } from '../../src/domain/usage.ts';
import { FACTOR_SETS } from './factor-sets.ts';
import { pairDaysOf, usageOf } from './memory-usage.ts';

/** What a test asks; the rest is a total of all lines, by the factors of the reporting year. */
export type Asked = Partial<Omit<FigureQuestion, 'period'>> & { period: string };

/** A day long after every period that tests ask about. */
export const LATER = '2030-01-01';

/** A question from what a test asks. */
export function questionOf({ period, ...fields }: Asked): FigureQuestion {
  return {
    period: parsePeriod(period),
    interval: 'total',
    groupBy: [],
    sites: [],
    meters: [],
    activities: [],
    scopes: [],
    lines: [],
    policy: { kind: 'reporting-year' },
    gas: 'co2e',
    ...fields,
  };
}

/** A figure made of meter-days in memory, exact and as it would be answered. */
export type MemoryFigure = { plan: FigurePlan; figure: Figure; rows: AnsweredRow[]; total: AnsweredSums };

/** What the meters of a plan used, tenants' parts taken out. */
export function plannedUsage(plan: FigurePlan, days: readonly MeterDay[]): Usage {
  const segments = plan.segments.map(({ segment, stream }) => ({ ...segment, meterId: segment.meter.id, stream }));
  const pairs = plan.deductions.map(({ segment, sub }) => ({ ...segment, mainId: segment.meter.id, subId: sub.id }));
  return deductTenants(plan, usageOf({ segments, cells: plan.cells }, days), pairDaysOf(pairs, days)).usage;
}

/** Answers a question about an estate whose meter-days are at hand, without a database. */
export function figureOf(
  estate: Estate,
  days: readonly MeterDay[],
  asked: Asked,
  today = LATER,
  missingWeights: MissingWeights = new Map(),
): MemoryFigure {
  const question = questionOf(asked);
  const plan = planFigure(estate, question, today);
  const usage = plannedUsage(plan, days);
  const { reportedLines } = estate.settings;
  const figure = composeFigure({ plan, question, usage, missingWeights, sets: FACTOR_SETS, reportedLines, today });
  const rows = figure.rows.map((row) => answeredRow(row, today));
  return { plan, figure, rows, total: answeredTotal(figure, question.period, today) };
}
