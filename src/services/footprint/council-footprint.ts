import { asksMarket, type FigureQuestion } from '../../domain/figure-question.ts';
import { composeFootprint, type Footprint } from '../../domain/footprint/footprint.ts';
import type { OtherEmission } from '../../domain/footprint/other-emission.ts';
import { refuseCut, type StatedFigure, statedIn } from '../../domain/footprint/stated-figure.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type AnsweredFigure, answerFigure, type FigureDeps } from '../figures/answer-figure.ts';

/** A question about all that the council emits; `lines` are those that are stated, null for all of them. */
export type FootprintQuestion = { estate: FigureQuestion; lines: readonly string[] | null };

/** A council total, exact, with the answer about the estate that is part of it. */
export type AnsweredFootprint = { answer: AnsweredFigure; footprint: Footprint; lines: readonly string[] };

function linesOf({ estate, lines }: FootprintQuestion, all: readonly OtherEmission[]): string[] {
  const known = [...new Set(all.map(({ line }) => line))].sort();
  if (lines === null) {
    // A line is asked for by its scope; one that is never in the scopes asked says nothing about them.
    const { scopes } = estate;
    const isAsked = (line: string): boolean => all.some((entry) => entry.line === line && scopes.includes(entry.scope));
    return scopes.length === 0 ? known : known.filter(isAsked);
  }
  const unknown = lines.find((line) => !known.includes(line));
  if (unknown === undefined) return [...lines].sort();
  const detail = `nothing is stated of '${unknown}': expected ${known.length === 0 ? 'none, as no line is stated' : known.join(', ')}`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?otherEmissions', code: 'unknown-line', detail }]);
}

/**
 * What the council emits: its estate, and beside it what is stated of everything else (rule H8). Figures that a period cuts
 * are not apportioned.
 * @throws Refusal as `answerFigure`; `period-cuts-figures`; `invalid-request` for a line of which nothing is stated.
 */
export async function councilFootprint(deps: FigureDeps, question: FootprintQuestion): Promise<AnsweredFootprint> {
  const [answer, all] = await Promise.all([answerFigure(deps, question.estate), deps.otherEmissions()]);
  const { plan, today } = answer;
  const { gas, scopes } = question.estate;
  const lines = linesOf(question, all);
  const statedOf = new Map<string, StatedFigure[]>();
  for (const bucket of plan.buckets)
    statedOf.set(
      bucket.start,
      lines.map((line) => statedIn(line, all, bucket, today)),
    );
  refuseCut([...statedOf.values()].flat());
  const footprint = composeFootprint(answer.figure, plan.buckets, (bucket) => statedOf.get(bucket.start) ?? [], {
    gas,
    scopes,
    asksMarket: asksMarket(question.estate),
  });
  return { answer, footprint, lines };
}
