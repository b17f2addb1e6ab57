import { type Static, Type } from 'typebox';
import type { ChangeQuestion } from '../../../domain/change/change-question.ts';
import { isOutsideOnly } from '../../../domain/change/change-question.ts';
import { parsePeriod } from '../../../domain/period.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { oneOf } from '../../schemas/atoms.ts';
import { EMISSIONS_QUERY, fromEmissionsQuery, period } from '../figures/query.ts';

// Which sites a part holds may differ between the two periods, and no part of the change would say so.
const { interval: _interval, category: _category, portfolio: _portfolio, ...FIGURE } = EMISSIONS_QUERY.properties;

export const CHANGE_QUERY = Type.Object(
  {
    ...FIGURE,
    basis: Type.Optional({
      ...FIGURE.basis,
      description:
        'Basis of scope 2: location (default) splits the change of total, market that of totalMarket, and both the first with the other beside it (changeMarket).',
    }),
    comparedWith: { ...period, description: 'The period that the change is counted from, of the same grammar.' },
    lengths: Type.Optional(
      oneOf(
        ['same', 'any'],
        'Periods hold as many months or as many days as each other (same, default), or may differ (any): then they are laid side by side from their first day, and what faces nothing is inside use.',
      ),
    ),
    asOfFirst: Type.Optional({
      ...FIGURE.asOf,
      description:
        'The moment from whose knowledge the figure of comparedWith is taken, such as the one a report was made at. What has come of that figure since is the part revision.',
    }),
  },
  { additionalProperties: false },
);
export type ChangeQuery = Static<typeof CHANGE_QUERY>;

/**
 * A question about a change from its query. Without scopes it is about scopes 1 to 3.
 * @throws Refusal `invalid-request` for CO2 outside of scopes beside others: it is in no total.
 */
export function fromChangeQuery(query: ChangeQuery): ChangeQuestion {
  const { comparedWith, lengths, asOfFirst: _moment, ...figure } = query;
  const question = fromEmissionsQuery(figure);
  const scopes = question.scopes.length === 0 ? ([1, 2, 3] as const) : question.scopes;
  if (scopes.some((scope) => scope === 'outside') && !isOutsideOnly({ scopes })) {
    const detail = `scopes is '${query.scopes}': expected scopes of 1, 2 and 3, or outside alone, which is in no total`;
    throw new Refusal('invalid-request', detail, [{ pointer: '?scopes', code: 'not-allowed', detail }]);
  }
  if (query.estimates === 'exclude' && query.asOfFirst !== undefined) {
    const detail = "estimates is 'exclude' beside asOfFirst: expected one of them alone";
    throw new Refusal('invalid-request', detail, [{ pointer: '?estimates', code: 'ambiguous', detail }]);
  }
  return {
    figure: { ...question, scopes },
    comparedWith: parsePeriod(comparedWith, '?comparedWith'),
    anyLengths: lengths === 'any',
  };
}
