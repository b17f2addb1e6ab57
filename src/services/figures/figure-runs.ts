import { figureComposer } from '../../domain/figure.ts';
import type { FigurePlan } from '../../domain/figure-plan.ts';
import type { FigureQuestion } from '../../domain/figure-question.ts';
import { figureWindows, usageInPlan } from '../../domain/figure-windows.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';
import {
  type AnsweredFigure,
  answerPrepared,
  type FigureDeps,
  type PreparedFigure,
  prepareFigure,
  usageOf,
} from './answer-figure.ts';
import { missingWeightsOf } from './missing-weights.ts';

/**
 * Answers of so many rows are worked out in one go; of longer ones so many sums of streams are read and put together at a
 * time, which takes some ten megabytes.
 */
const SIZES = { rowsAtOnce: 20_000, streamCellsAtOnce: 8_192 };

/** A part of an answer: the rows of some of its buckets. */
export type FigureRun = Pick<AnsweredFigure, 'figure' | 'plan' | 'today' | 'deprivation'>;

const rowsOf = ({ buckets, streams }: FigurePlan): number => buckets.length * streams.length;

function refuseTooManyRows(plan: FigurePlan): void {
  const rows = rowsOf(plan);
  if (plan.streams.length <= LIMITS.figureRowsMax && rows <= LIMITS.figureCsvRowsMax) return;
  const expected = `at most ${LIMITS.figureCsvRowsMax}, and ${LIMITS.figureRowsMax} of one interval`;
  const detail = `the answer may have ${rows} rows: expected ${expected}; ask for a longer interval, fewer groups or a shorter period`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?interval', code: 'too-many-rows', detail }]);
}

async function* runsOf(
  deps: FigureDeps,
  prepared: PreparedFigure,
  streamCellsAtOnce: number,
): AsyncGenerator<FigureRun> {
  const { question, estate, sets, plan, today, deprivation } = prepared;
  const { reportedLines } = estate.settings;
  const compose = figureComposer({ plan, question, sets, reportedLines, today });
  for (const window of figureWindows(plan, streamCellsAtOnce)) {
    const usage = usageInPlan((await usageOf(deps, window.read)).usage, window);
    const missingWeights = await missingWeightsOf(deps.usage, estate, plan, usage);
    const figure = compose({ cells: window.read.cells, usage, missingWeights });
    yield { figure, plan, today, deprivation };
  }
}

/** The runs of a generator whose first has been worked out, so that what fails at once fails before anything is sent. */
async function startedRuns(runs: AsyncGenerator<FigureRun>): Promise<AsyncIterable<FigureRun>> {
  const first = await runs.next();
  return (async function* () {
    try {
      if (first.done !== true) yield first.value;
      yield* runs;
    } finally {
      // Whoever stops listening to this stops the reading as well.
      await runs.return(undefined);
    }
  })();
}

/**
 * The rows of an answer on the location basis, run by run, in the order and to the digit in which `answerFigure` gives them.
 * A long answer is read in many statements, and is of one instant all the same: all are asked as of the moment that
 * `settled` names. It never holds more than a run.
 * @throws Refusal as `answerFigure`; `invalid-request` for more rows than a table has.
 */
export async function figureRuns(
  deps: FigureDeps,
  settled: () => Promise<FigureDeps>,
  question: FigureQuestion,
  sizes: typeof SIZES = SIZES,
): Promise<AsyncIterable<FigureRun> | Iterable<FigureRun>> {
  const prepared = await prepareFigure(deps, question);
  refuseTooManyRows(prepared.plan);
  if (rowsOf(prepared.plan) <= sizes.rowsAtOnce) return [await answerPrepared(deps, prepared)];
  const then = await settled();
  return startedRuns(runsOf(then, await prepareFigure(then, question), sizes.streamCellsAtOnce));
}
