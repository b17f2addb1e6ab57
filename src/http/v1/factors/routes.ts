import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { LIMITS } from '../../../limits.ts';
import type { Factors } from '../../../services/factors/factors.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { FACTOR_COLUMNS, fromFactorQuery, toFactorOutput, toFactorPosition, toFactorSetOutput } from './convert.ts';
import { VERSION_PARAMS } from './impact-schemas.ts';
import { FACTOR_QUERY, FACTOR_SET_QUERY, FactorPageSchema, FactorSetListSchema } from './schemas.ts';
import { fromOfficialRowsQuery, OFFICIAL_ROW_COLUMNS, toOfficialRowOutput } from './upload-convert.ts';
import { OFFICIAL_ROWS_QUERY, OfficialRowPageSchema } from './upload-schemas.ts';

const tags = ['Factors'];

/** `/v1/factor-sets` and `/v1/factors` */
export const factorRoutes: FastifyPluginAsyncTypebox<{ factors: Factors }> = async (app, { factors }) => {
  app.get(
    '/factor-sets',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'listFactorSets',
        summary: 'List factor sets',
        description:
          'Every version of the sets that are held, by year: shipped, uploaded and entered, with the history of each in this service. With `asOf` those that were recorded by then, and in use as they were then.',
        tags,
        querystring: FACTOR_SET_QUERY,
        response: { 200: ref(FactorSetListSchema) },
      },
    },
    async (request) => {
      const { publishedBy = null, asOf: moment } = request.query;
      const { items, asOf } = await factors.listSets(publishedBy, moment);
      return { data: items.map(toFactorSetOutput), ...(asOf !== null && { asOf }) };
    },
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
      const { cursor, limit = LIMITS.pageSizeDefault, asOf } = request.query;
      const filter = fromFactorQuery(request.query);
      const filters = { ...filter, asOf };
      const after =
        cursor === undefined
          ? {}
          : { after: toFactorPosition(decodeCursor(cursor, filters, ['text', 'text', 'text'])) };
      const { items, next, asOf: known } = await factors.find({ ...filter, ...after, limit }, asOf);
      const cursorToNext = next === null ? null : encodeCursor(filters, [next.key, next.set, next.version]);
      return sendPage(request, reply, items.map(toFactorOutput), FACTOR_COLUMNS, cursorToNext, known);
    },
  );

  app.get(
    '/factor-sets/:set/versions/:version/rows',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listOfficialRows',
        summary: "List the rows of a publisher's file",
        description:
          'Every row of the file behind a version, in its order and with its texts as printed, whether a line of this service takes it or not; none for a version whose file is not held. With `Accept: text/csv` as CSV.',
        tags,
        params: VERSION_PARAMS,
        querystring: OFFICIAL_ROWS_QUERY,
        response: { 200: jsonOrCsv(ref(OfficialRowPageSchema), 'One page of the rows.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, asOf } = request.query;
      const filter = fromOfficialRowsQuery(request.params, request.query);
      const filters = { ...filter, asOf };
      const [after] = cursor === undefined ? [] : decodeCursor(cursor, filters, ['row']);
      const {
        items,
        next,
        asOf: known,
      } = await factors.rows({ ...filter, after: after === undefined ? null : Number(after), limit }, asOf);
      const cursorToNext = next === null ? null : encodeCursor(filters, [String(next)]);
      const rows = items.map(toOfficialRowOutput);
      return sendPage(request, reply, rows, OFFICIAL_ROW_COLUMNS, cursorToNext, known);
    },
  );
};
