import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { LIMITS } from '../../../limits.ts';
import type { Factors } from '../../../services/factors.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { FACTOR_COLUMNS, fromFactorQuery, toFactorOutput, toFactorPosition, toFactorSetOutput } from './convert.ts';
import { FACTOR_QUERY, FACTOR_SET_QUERY, FactorPageSchema, FactorSetListSchema } from './schemas.ts';

const tags = ['Factors'];
const POSITION_PARTS = 3;

/** `/v1/factor-sets` and `/v1/factors` */
export const factorRoutes: FastifyPluginAsyncTypebox<{ factors: Factors }> = async (app, { factors }) => {
  app.get(
    '/factor-sets',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'listFactorSets',
        summary: 'List factor sets',
        description: 'The editions of published factors that are held, by year, with their history in this service.',
        tags,
        querystring: FACTOR_SET_QUERY,
        response: { 200: ref(FactorSetListSchema) },
      },
    },
    async (request) => ({ data: (await factors.listSets(request.query.publishedBy ?? null)).map(toFactorSetOutput) }),
  );

  app.get(
    '/factors',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listFactors',
        summary: 'List factors',
        description:
          'Published factors, by key, set and version, as they are stored in the official files. With `Accept: text/csv` as CSV; the next page is then in the `Link` header.',
        tags,
        querystring: FACTOR_QUERY,
        response: { 200: jsonOrCsv(ref(FactorPageSchema), 'One page of the factors.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault } = request.query;
      const filter = fromFactorQuery(request.query);
      const after =
        cursor === undefined ? {} : { after: toFactorPosition(decodeCursor(cursor, filter, POSITION_PARTS)) };
      const { items, next } = await factors.find({ ...filter, ...after, limit });
      const cursorToNext = next === null ? null : encodeCursor(filter, [next.key, next.set, next.version]);
      return sendPage(request, reply, items.map(toFactorOutput), FACTOR_COLUMNS, cursorToNext);
    },
  );
};
