import { type Static, Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import type { MeasuresAsked, ProjectionQuestion } from '../../../services/projection/projections.ts';
import { asOf } from '../../schemas/as-of.ts';
import { key } from '../../schemas/atoms.ts';
import { list, splitList } from '../figures/query.ts';
import { fromNormaliseQuery, NORMALISE } from '../figures/weather-query.ts';

const closed = { additionalProperties: false } as const;

export const PROJECTION_QUERY = Type.Object(
  {
    measures: Type.Optional(
      list(
        'Measures to count: keys, or `planned` for all that are planned (default), or `none`. In which order they are named changes nothing.',
      ),
    ),
    gridPathway: Type.Optional(
      key(
        'Grid factors of years to come, by the key of a pathway. Absent: factors are held at the newest published edition.',
      ),
    ),
    trendYears: Type.Optional(
      Type.Integer({
        description: `How many of the newest complete comparable years make a trend. Default ${LIMITS.trendYearsDefault}.`,
        minimum: 3,
        maximum: LIMITS.trendYearsMax,
        'x-unit': 'years',
      }),
    ),
    hold: Type.Optional(
      list(
        'Activities and stated lines that are held at their newest complete year and have no trend, and no range. All of them are named.',
      ),
    ),
    ...NORMALISE,
    asOf,
  },
  closed,
);
export type ProjectionQuery = Static<typeof PROJECTION_QUERY>;

function fromMeasures(text: string | undefined): MeasuresAsked {
  if (text === undefined || text === 'planned') return 'planned';
  return text === 'none' ? 'none' : splitList(text, 'measures');
}

/** What a projection is asked with, from its query. */
export function fromProjectionQuery(query: ProjectionQuery): ProjectionQuestion {
  const { measures, gridPathway, trendYears, hold, ...weather } = query;
  return {
    measures: fromMeasures(measures),
    gridPathway: gridPathway ?? null,
    trendYears: trendYears ?? LIMITS.trendYearsDefault,
    hold: splitList(hold, 'hold'),
    normalisation: fromNormaliseQuery(weather, null),
  };
}
