import { type Decimal, ZERO } from '../decimal.ts';
import { exactTotalKg } from '../figure-answer.ts';
import type { FigureQuestion } from '../figure-question.ts';
import { marketTotalKg } from '../market/answered-market.ts';
import type { RowSums } from '../row-sums.ts';
import { type ChangeBasis, isOutsideOnly } from './change-question.ts';

/**
 * The kilograms that a change on a basis is about: scopes 1 to 3, with the market-based scope 2 on the market basis (rule
 * C2), or CO2 outside of scopes where the question asks for that alone.
 */
export function exactKg(sums: RowSums, question: Pick<FigureQuestion, 'scopes'>, basis: ChangeBasis): Decimal {
  if (isOutsideOnly(question)) return sums.emissions.outsideOfScopes;
  return basis === 'location' ? exactTotalKg(sums) : (marketTotalKg(sums) ?? ZERO);
}
