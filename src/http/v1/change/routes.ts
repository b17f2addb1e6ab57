import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { explainChange } from '../../../services/change/explain-change.ts';
import { weatherOfChange } from '../../../services/change/weather-of-change.ts';
import { figuresAt, momentAsked } from '../../../services/past/known-at.ts';
import { sendCsv } from '../../csv.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { type FigureRouteDeps, knownTo } from '../figures/known-to.ts';
import { changeColumns, toChangeAnswer } from './convert.ts';
import { CHANGE_QUERY, fromChangeQuery } from './query.ts';
import { ChangeAnswerSchema } from './schemas.ts';

/** `/v1/emissions/change` */
export const changeRoutes: FastifyPluginAsyncTypebox<FigureRouteDeps> = async (app, deps) => {
  app.get(
    '/emissions/change',
    {
      config: { scope: 'read', csv: true, entityTag: true } as const,
      schema: {
        operationId: 'explainChange',
        summary: 'Why the emissions of two periods differ',
        description:
          'The change from one period to another, split into what came and went (boundary, openedClosed), what is only missing data, other factors, the weather, what is left (use), and what later knowledge made of the first figure (revision). The parts add up to the change in every row, to the gram.',
        tags: ['Figures'],
        querystring: CHANGE_QUERY,
        response: { 200: jsonOrCsv(ref(ChangeAnswerSchema), 'The change and its parts.') },
      },
    },
    async (request, reply) => {
      const question = fromChangeQuery(request.query);
      const { figures, echo } = await knownTo(deps, request.query);
      const moment = await momentAsked(deps.past, request.query.asOfFirst, 'asOfFirst');
      const published = moment === null ? null : figuresAt(deps.past, moment);
      const weatherOf = weatherOfChange(figures);
      const answer = toChangeAnswer(await explainChange({ figures, published, weatherOf }, question));
      if (request.representation === 'csv') return sendCsv(reply, changeColumns(question.figure), answer.data);
      return { ...answer, ...echo, ...(moment === null ? {} : { asOfFirst: moment.asOf }) };
    },
  );
};
