import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { answerFigure } from '../../../services/figures/answer-figure.ts';
import { sendCsv } from '../../csv.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { consumptionColumns, emissionsColumns, toConsumptionAnswer, toEmissionsAnswer } from './convert.ts';
import { type FigureRouteDeps, knownTo } from './known-to.ts';
import { CONSUMPTION_QUERY, EMISSIONS_QUERY, fromConsumptionQuery, fromEmissionsQuery } from './query.ts';
import { ConsumptionAnswerSchema, EmissionsAnswerSchema } from './schemas.ts';

const tags = ['Figures'];
const config = { scope: 'read', csv: true, entityTag: true } as const;

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
      const { figures, echo } = await knownTo(deps, request.query);
      const answer = toConsumptionAnswer(await answerFigure(figures, question));
      if (request.representation === 'json') return { ...answer, ...echo };
      return sendCsv(reply, consumptionColumns(question.groupBy), answer.data);
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
          "Carbon by scope, in kilograms rounded once to the gram. A day's factors follow from the policy, the reporting year and the day alone, so months add up to quarters and quarters to years.",
        tags,
        querystring: EMISSIONS_QUERY,
        response: { 200: jsonOrCsv(ref(EmissionsAnswerSchema), 'Emissions of the period.') },
      },
    },
    async (request, reply) => {
      const question = fromEmissionsQuery(request.query);
      const { figures, echo } = await knownTo(deps, request.query);
      const answer = toEmissionsAnswer(await answerFigure(figures, question));
      if (request.representation === 'json') return { ...answer, ...echo };
      return sendCsv(reply, emissionsColumns(question), answer.data);
    },
  );
};
