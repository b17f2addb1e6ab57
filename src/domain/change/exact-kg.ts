import type { Decimal } from '../decimal.ts';
import { exactTotalKg } from '../figure-answer.ts';
import type { FigureQuestion } from '../figure-question.ts';
import type { RowSums } from '../row-sums.ts';
import { isOutsideOnly } from './change-question.ts';

/** The kilograms that a question about a change is about: scopes 1 to 3, or CO2 outside of scopes where it asks for that alone. */
export function exactKg(sums: RowSums, question: Pick<FigureQuestion, 'scopes'>): Decimal {
  return isOutsideOnly(question) ? sums.emissions.outsideOfScopes : exactTotalKg(sums);
}
