import { type Static, Type } from 'typebox';
import { MEASURE_ORDERS } from '../../../domain/scenario/rank-measures.ts';
import type { ScenarioQuestion } from '../../../services/scenario/scenarios.ts';
import { oneOf } from '../../schemas/atoms.ts';
import { list } from '../figures/query.ts';
import { CARRIED_ON, fromCarriedOn, fromMeasures } from '../projections/query.ts';

const closed = { additionalProperties: false } as const;

export const AGAINST = ['none', 'planned'] as const;

export const SCENARIO_QUERY = Type.Object(
  {
    measures: Type.Optional(
      list(
        'The measures of the set: keys, or `all` that stand (default), `planned`, or `none`. In which order they are named changes nothing.',
      ),
    ),
    against: Type.Optional(
      oneOf(
        AGAINST,
        'What the set is compared with: no measures (none, the default), or those that are planned, which are then counted on both sides.',
      ),
    ),
    sort: Type.Optional(
      oneOf(
        MEASURE_ORDERS,
        'How measures are ranked, by what each does on its own: the fewest pounds per tonne first (gbpPerTonne, the default), or the most tonnes.',
      ),
    ),
    ...CARRIED_ON,
  },
  closed,
);
export type ScenarioQuery = Static<typeof SCENARIO_QUERY>;

/** What a scenario is asked with, from its query. */
export function fromScenarioQuery(query: ScenarioQuery): ScenarioQuestion {
  const { measures, against, sort, asOf: _moment, ...rest } = query;
  return {
    ...fromCarriedOn(rest),
    measures: fromMeasures(measures ?? 'all'),
    against: against ?? 'none',
    order: sort ?? 'gbpPerTonne',
  };
}
