import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { asksMarket, type FigureQuestion } from '../../../domain/figure-question.ts';
import { type AnsweredFigure, answerFigure, type FigureDeps } from '../../../services/figures/answer-figure.ts';
import { figureRuns } from '../../../services/figures/figure-runs.ts';
import { answerNormalised, type NormalisedFigure } from '../../../services/weather/normalise-figure.ts';
import { sendCsv } from '../../csv.ts';
import type { Representation } from '../../plugins/representation.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import {
  consumptionColumns,
  emissionsColumns,
  toConsumptionAnswer,
  toEmissionsAnswer,
  toEmissionsRows,
} from './convert.ts';
import { type FigureRouteDeps, type Known, knownTo } from './known-to.ts';
import { CONSUMPTION_QUERY, EMISSIONS_FIGURE_QUERY, fromConsumptionQuery, fromEmissionsQuery } from './query.ts';
import { ConsumptionAnswerSchema, EmissionsAnswerSchema, type EmissionsRow } from './schemas.ts';
import { WEATHER_COLUMNS } from './weather-convert.ts';
import { fromNormaliseQuery, type NormaliseQuery } from './weather-query.ts';

const tags = ['Figures'];
const config = { scope: 'read', csv: true, entityTag: true } as const;

/** The answer to a question, in reference weather where that is asked for. */
async function answered(
  figures: FigureDeps,
  question: FigureQuestion,
  query: NormaliseQuery,
): Promise<AnsweredFigure | NormalisedFigure> {
  const normalisation = fromNormaliseQuery(query, question.interval === 'total' ? question.period : null);
  return normalisation === null ? answerFigure(figures, question) : answerNormalised(figures, question, normalisation);
}

const weatherColumns = ({ normalise }: NormaliseQuery) => (normalise === undefined ? [] : WEATHER_COLUMNS);

/** Whether an answer is rows alone, each of which can be given before the next is known. */
function isTable(
  { representation, query }: { representation: Representation; query: unknown },
  question: FigureQuestion,
) {
  return representation === 'csv' && (query as NormaliseQuery).normalise === undefined && !asksMarket(question);
}

/** The rows of a table of any length. */
async function tableRows({ figures, settled }: Known, question: FigureQuestion): Promise<AsyncIterable<EmissionsRow>> {
  const runs = await figureRuns(figures, settled, question);
  return (async function* () {
    for await (const run of runs) yield* toEmissionsRows(run);
  })();
}

/** `/v1/consumption` and `/v1/emissions` */
export const figureRoutes: FastifyPluginAsyncTypebox<FigureRouteDeps> = async (app, deps) => {
  app.get(
    '/consumption',
    {
      config,
      schema: {
        operationId: 'getConsumption',
        summary: 'Consumption of a period',
        description:
          'Energy and water used, by activity and what else is asked, with how complete each figure is. Export, generation and sub-meters stand in rows of their own and are in no total.',
        tags,
        querystring: CONSUMPTION_QUERY,
        response: { 200: jsonOrCsv(ref(ConsumptionAnswerSchema), 'Consumption of the period.') },
      },
    },
    async (request, reply) => {
      const question = fromConsumptionQuery(request.query);
      const known = await knownTo(deps, request.query);
      if (isTable(request, question))
        return sendCsv(reply, consumptionColumns(question.groupBy), await tableRows(known, question));
      const { figures, echo } = known;
      const answer = toConsumptionAnswer(await answered(figures, question, request.query));
      if (request.representation === 'json') return { ...answer, ...echo };
      return sendCsv(reply, [...consumptionColumns(question.groupBy), ...weatherColumns(request.query)], answer.data);
    },
  );

  app.get(
    '/emissions',
    {
      config,
      schema: {
        operationId: 'getEmissions',
        summary: 'Emissions of a period',
        description:
          "Carbon by scope, in kilograms rounded once to the gram. A day's factors follow from the policy, the reporting year and the day alone, so months add up to quarters and quarters to years. As CSV it may have far more rows than as JSON: they are given while they are worked out, all of one instant.",
        tags,
        querystring: EMISSIONS_FIGURE_QUERY,
        response: { 200: jsonOrCsv(ref(EmissionsAnswerSchema), 'Emissions of the period.') },
      },
    },
    async (request, reply) => {
      const question = fromEmissionsQuery(request.query);
      const known = await knownTo(deps, request.query);
      if (isTable(request, question))
        return sendCsv(reply, emissionsColumns(question), await tableRows(known, question));
      const { figures, echo } = known;
      const answer = toEmissionsAnswer(await answered(figures, question, request.query));
      if (request.representation === 'json') return { ...answer, ...echo };
      return sendCsv(reply, [...emissionsColumns(question), ...weatherColumns(request.query)], answer.data);
    },
  );
};
