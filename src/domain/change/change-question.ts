import type { FigureQuestion } from '../figure-question.ts';
import { addDays, type LocalDay } from '../local-day.ts';
import type { Period } from '../period.ts';
import { Refusal } from '../refusal.ts';
import { type Alignment, alignPeriods } from './align-periods.ts';

/** A question about the change from one period to another: `figure.period` is the later one of the pair as a rule. */
export type ChangeQuestion = {
  figure: FigureQuestion;
  comparedWith: Period;
  /** Periods of different lengths are taken. */
  anyLengths: boolean;
};

/** The basis that a split is made on: that of scope 2 in the figures that it lies between (rule C2). */
export type ChangeBasis = 'location' | 'market';

/** The basis that the answer to a question leads with: the market basis only where it is asked alone. */
export function leadingBasis({ basis }: Pick<FigureQuestion, 'basis'>): ChangeBasis {
  return basis === 'market' ? 'market' : 'location';
}

/** The question about one of the two periods. */
export function legQuestion({ figure, comparedWith }: ChangeQuestion, leg: 'first' | 'second'): FigureQuestion {
  return leg === 'first' ? { ...figure, period: comparedWith } : figure;
}

/**
 * Lays the two periods of a question side by side.
 * @throws Refusal `invalid-period` for periods of different lengths, unless the question takes them.
 */
export function alignQuestion({ figure, comparedWith, anyLengths }: ChangeQuestion): Alignment {
  const alignment = alignPeriods(comparedWith, figure.period, anyLengths);
  if (alignment !== null) return alignment;
  const detail = `comparedWith '${comparedWith.label}' and period '${figure.period.label}' differ in length: expected two periods of as many months or days, or lengths=any`;
  throw new Refusal('invalid-period', detail, [{ pointer: '?comparedWith', code: 'different-lengths', detail }]);
}

/**
 * Refuses a period that is not over: what is left of it would be told as a change.
 * @throws Refusal `invalid-period` naming the period and the day.
 */
export function refuseRunning(period: Period, today: LocalDay, pointer: string): void {
  if (period.end <= today) return;
  const last = addDays(period.end, -1);
  const detail = `${period.label} is not over on ${today}: expected a period whose last day (${last}) has passed`;
  throw new Refusal('invalid-period', detail, [{ pointer, code: 'period-running', detail }]);
}

/** True where the question is about CO2 outside of scopes, which is in no total and has a change of its own. */
export function isOutsideOnly({ scopes }: Pick<FigureQuestion, 'scopes'>): boolean {
  return scopes.length === 1 && scopes[0] === 'outside';
}
