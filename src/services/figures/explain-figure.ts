import { type ExplainedLine, explainFigure } from '../../domain/explanation.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { type AnsweredFigure, answerFigure, type FigureDeps } from './answer-figure.ts';

/** A figure with the lines it is the sum of. */
export type Explained = { answer: AnsweredFigure; lines: ExplainedLine[] };

/** Answers a question and lists the lines behind the answer: the same plan, read once, grouped by site and meter. */
export async function explainAnswer(deps: FigureDeps, question: FigureQuestion): Promise<Explained> {
  const detailed: FigureQuestion = { ...question, groupBy: ['site', 'meter'] };
  const answer = await answerFigure(deps, detailed);
  const { plan, usage, sets, estate } = answer;
  return { answer, lines: explainFigure(plan, detailed, usage, sets, estate.settings.reportedLines) };
}
