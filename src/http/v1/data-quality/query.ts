import { type Static, Type } from 'typebox';
import { type FigureQuestion, METER_GROUPS } from '../../../domain/figure-question.ts';
import { oneOf } from '../../schemas/atoms.ts';
import { FILTERS, fromFilters, list, listOf } from '../figures/query.ts';

const { interval: _interval, estimates: _estimates, ...PLAIN_FILTERS } = FILTERS;

export const DATA_QUALITY_QUERY = Type.Object(
  {
    ...PLAIN_FILTERS,
    interval: Type.Optional(oneOf(['total', 'month'], 'Length of the rows of coverage in time. Default total.')),
    groupBy: Type.Optional(
      list(`What rows of coverage are grouped by: ${METER_GROUPS.join(', ')}. Default site,meter,activity.`),
    ),
    list: Type.Optional(
      oneOf(
        ['coverage', 'gaps', 'findings', 'boughtEnergy'],
        'Which list stands in CSV; JSON has them all. Default coverage.',
      ),
    ),
  },
  { additionalProperties: false },
);

export type DataQualityQuery = Static<typeof DATA_QUALITY_QUERY>;

/** The question behind a query about data quality. */
export function fromDataQualityQuery(query: DataQualityQuery): FigureQuestion {
  const { list: _list, asOf: _asOf, ...filters } = query;
  return fromFilters(filters, listOf(query.groupBy ?? 'site,meter,activity', 'groupBy', METER_GROUPS));
}
