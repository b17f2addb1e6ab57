import type { Estate } from '../../src/domain/estate.ts';
import { composeFigure } from '../../src/domain/figure.ts';
import { type AnsweredRow, type AnsweredSums, answeredRow, answeredTotal } from '../../src/domain/figure-answer.ts';
import { type FigurePlan, planFigure } from '../../src/domain/figure-plan.ts';
import { addMarket } from '../../src/domain/market/compose-market.ts';
import type { MeterDay } from '../../src/domain/settle-meter.ts';
import { answerMarket, type MarketAnswer } from '../../src/services/figures/answer-market.ts';
import { FACTOR_SETS } from './factor-sets.ts';
import { type Asked, LATER, plannedUsage, questionOf } from './memory-figure.ts';
import { memoryUsage } from './memory-usage.ts';

/** A figure of meter-days in memory with the market basis beside, as it would be answered: rows in the total, and the total. */
export type MemoryMarket = { rows: AnsweredRow[]; total: AnsweredSums; market: MarketAnswer };

/** Answers a question on both bases about an estate whose meter-days are at hand, without a database. */
export async function marketFigureOf(estate: Estate, days: readonly MeterDay[], asked: Asked): Promise<MemoryMarket> {
  const question = { ...questionOf(asked), basis: 'market' as const };
  const today = LATER;
  const reader = memoryUsage(days);
  const read = async (planned: FigurePlan) => plannedUsage(planned, days);
  const plan = planFigure(estate, question, today);
  const usage = await read(plan);
  const { reportedLines } = estate.settings;
  const missingWeights = new Map();
  const figure = composeFigure({ plan, question, usage, missingWeights, sets: FACTOR_SETS, reportedLines, today });
  const market = await answerMarket(reader, read, { estate, question, plan, sets: FACTOR_SETS, today });
  addMarket(figure, market.entries, market.plan, today);
  const rows = figure.rows.filter(({ flow }) => flow === 'use').map((row) => answeredRow(row, today));
  return { rows, total: answeredTotal(figure, question.period, today), market };
}
