import { type ExplainedLine, explainFigure } from '../../domain/explanation.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { evidencePieces, type LineEvidence } from '../../domain/line-evidence.ts';
import { explainMarket } from '../../domain/market/explain-market.ts';
import { type AnsweredFigure, answerFigure, type FigureDeps } from './answer-figure.ts';
import type { LineEvidenceReader } from './line-evidence-reader.ts';

/** A figure with the lines it is the sum of. */
export type Explained = { answer: AnsweredFigure; lines: ExplainedLine[] };

/** Some of the lines of a figure, with the evidence behind them by the lines' names. */
export type EvidencedLines = { lines: readonly ExplainedLine[]; evidence: ReadonlyMap<string, LineEvidence> };

/** Answers a question and lists the lines behind the answer: the same plan, read once, grouped by site and meter. */
export async function explainAnswer(deps: FigureDeps, question: FigureQuestion): Promise<Explained> {
  const detailed: FigureQuestion = {
    ...question,
    groupBy: [...new Set([...question.groupBy, 'site', 'meter'] as const)],
  };
  const answer = await answerFigure(deps, detailed);
  const { plan, usage, sets, estate, market } = answer;
  const location = explainFigure(plan, question, usage, sets, estate.settings.reportedLines);
  const lines = market === null ? location : explainMarket(location, market.entries, plan, question);
  return { answer: { ...answer, question }, lines };
}

/** Reads where the quantities of some lines of an explained figure come from. */
export async function withEvidence(
  read: LineEvidenceReader,
  { answer }: Explained,
  lines: readonly ExplainedLine[],
): Promise<EvidencedLines> {
  const wanted = new Set(lines.map(({ name }) => name));
  const pieces = evidencePieces(answer.plan).filter(({ line }) => wanted.has(line));
  return { lines, evidence: await read(pieces) };
}
