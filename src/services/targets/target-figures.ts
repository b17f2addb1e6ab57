import type { Decimal } from '../../domain/decimal.ts';
import type { Estate } from '../../domain/estate.ts';
import type { FigureRow } from '../../domain/figure-table.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { RowSums } from '../../domain/row-sums.ts';
import { consolidationOf } from '../../domain/targets/comparability.ts';
import type { CoveredLines } from '../../domain/targets/covered-lines.ts';
import type { Target } from '../../domain/targets/target.ts';
import { answerFigure, type FigureDeps } from '../figures/answer-figure.ts';
import { judgedKg, targetQuestion } from './target-question.ts';

/** What was emitted in each reporting year, by its first day. */
export type Actuals = ReadonlyMap<string, RowSums>;

/** What was emitted in the years of a target, with the estate it was made of. */
export type TargetFigures = { actuals: Actuals; estate: Estate };

/** Figures as a target counts them: by its own consolidation approach, where it has one (rule D2). */
export function asTargetCounts(deps: FigureDeps, target: Target): FigureDeps {
  if (target.boundary.consolidationApproach === undefined) return deps;
  return {
    ...deps,
    currentEstate: async () => {
      const estate = await deps.currentEstate();
      const consolidation = consolidationOf(target, estate.settings);
      return { ...estate, settings: { ...estate.settings, consolidation } };
    },
  };
}

/** Where a target names the part that a figure's filter asks for. */
const PLACES: Readonly<Record<string, string>> = {
  '?site': '/boundary/part/sites',
  '?category': '/boundary/part/categories',
  '?portfolio': '/boundary/part/portfolios',
};

/** A refusal of a filter, said of the target that it comes from. */
function ofTarget(error: unknown): never {
  if (!(error instanceof Refusal)) throw error;
  const faults = error.faults.map((fault) => ({ ...fault, pointer: PLACES[fault.pointer] ?? fault.pointer }));
  throw new Refusal(error.code, error.message, faults);
}

/** The figures of a target from one reporting year to another, with the estate they were made of. */
export async function actualsOf(deps: FigureDeps, target: Target, first: Period, last: Period): Promise<TargetFigures> {
  const span = { label: `${first.start}/${last.end}`, start: first.start, end: last.end };
  const { figure, estate } = await answerFigure(deps, targetQuestion(target, span)).catch(ofTarget);
  const rows = figure.rows.filter((row) => row.flow === 'use');
  return { actuals: new Map(rows.map((row) => [row.bucket.start, row.sums])), estate };
}

/** Rows of what sites use, by site, as a target counts them: of each reporting year, or of a whole span. */
export async function rowsBySite(
  deps: FigureDeps,
  target: Target,
  { start, end }: DaySpan,
  interval: 'total' | 'reporting-year' = 'total',
): Promise<FigureRow[]> {
  const span = { label: `${start}/${end}`, start, end };
  const question = { ...targetQuestion(target, span), interval, groupBy: ['site'] as const };
  const { figure } = await answerFigure(deps, question).catch(ofTarget);
  return figure.rows.filter((row) => row.flow === 'use');
}

/** What a target counts of a year, exact; null where nothing is known of it. */
export function knownKg(target: Target, sums: RowSums | undefined): Decimal | null {
  return sums === undefined || sums.quantities.size === 0 ? null : judgedKg(target, sums);
}

/** The same with what the target covers beside the estate (rule H8). */
export function withLines(estateKg: Decimal | null, { kg }: CoveredLines): Decimal | null {
  return estateKg?.plus(kg) ?? null;
}

/** Lines of a row that a total of scopes 1 to 3 misses; CO2 outside of scopes is in no total. */
export function missingLines(sums: RowSums | undefined): string[] {
  return [...(sums?.marks.notQuantified.keys() ?? []), ...(sums?.market?.notQuantified.keys() ?? [])].filter(
    (line) => !line.endsWith('.outside-of-scopes') && !line.endsWith('.own-generation'),
  );
}
