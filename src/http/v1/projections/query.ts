import { type Static, Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import type { MeasuresAsked, ProjectionQuestion } from '../../../services/projection/projections.ts';
import { asOf } from '../../schemas/as-of.ts';
import { key } from '../../schemas/atoms.ts';
import { list, splitList } from '../figures/query.ts';
import { fromNormaliseQuery, NORMALISE } from '../figures/weather-query.ts';

const closed = { additionalProperties: false } as const;

/** How use and factors are carried on. */
export const CARRIED_ON = {
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
};

export const PROJECTION_QUERY = Type.Object(
  {
    measures: Type.Optional(
      list(
        'Measures to count: keys, or `planned` for all that are planned (default), `all`, or `none`. In which order they are named changes nothing.',
      ),
    ),
    ...CARRIED_ON,
  },
  closed,
);
export type ProjectionQuery = Static<typeof PROJECTION_QUERY>;

/** Which measures are asked for, from their parameter. */
export function fromMeasures(text: string): MeasuresAsked {
  if (text === 'planned' || text === 'none' || text === 'all') return text;
  return splitList(text, 'measures');
}

type CarriedOn = Omit<ProjectionQuery, 'measures' | 'asOf'>;

/** How use and factors are carried on, from its parameters. */
export function fromCarriedOn({ gridPathway, trendYears, hold, ...weather }: CarriedOn) {
  return {
    gridPathway: gridPathway ?? null,
    trendYears: trendYears ?? LIMITS.trendYearsDefault,
    hold: splitList(hold, 'hold'),
    normalisation: fromNormaliseQuery(weather, null),
  };
}

/** What a projection is asked with, from its query. */
export function fromProjectionQuery({ measures, asOf: _moment, ...rest }: ProjectionQuery): ProjectionQuestion {
  return { ...fromCarriedOn(rest), measures: fromMeasures(measures ?? 'planned'), besides: 'none' };
}
