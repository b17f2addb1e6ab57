import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { councilFootprint } from '../../../services/footprint/council-footprint.ts';
import { sendCsv } from '../../csv.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { type FigureRouteDeps, knownTo } from '../figures/known-to.ts';
import { FOOTPRINT_COLUMNS, fromFootprintQuery, toFootprint } from './convert.ts';
import { FOOTPRINT_QUERY, FootprintSchema } from './schemas.ts';

/** `/v1/footprint` */
export const footprintRoutes: FastifyPluginAsyncTypebox<FigureRouteDeps> = async (app, deps) => {
  app.get(
    '/footprint',
    {
      config: { scope: 'read', csv: true, entityTag: true },
      schema: {
        operationId: 'getFootprint',
        summary: 'What the council emits as a whole',
        description:
          'The estate as /v1/emissions gives it, each line that is stated of everything else, and both together, by scope. A line without a figure is named and never counted as nothing; a period that cuts a stated figure is refused, and nothing is apportioned.',
        tags: ['Footprint'],
        querystring: FOOTPRINT_QUERY,
        response: { 200: jsonOrCsv(ref(FootprintSchema), 'What the council emits.') },
      },
    },
    async (request, reply) => {
      const question = fromFootprintQuery(request.query);
      const { figures, echo } = await knownTo(deps, request.query);
      const answer = toFootprint(await councilFootprint(figures, question));
      if (request.representation === 'csv') return sendCsv(reply, FOOTPRINT_COLUMNS, answer.data);
      return { ...answer, ...echo };
    },
  );
};
