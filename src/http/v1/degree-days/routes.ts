import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { seqAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import type { DegreeDays } from '../../../services/weather/degree-days.ts';
import { takeCsvBodies } from '../../csv-body.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import {
  CURSOR_PARTS,
  DEGREE_DAY_COLUMNS,
  fromCursor,
  fromDegreeDayBody,
  fromDegreeDayQuery,
  toCursor,
  toDegreeDay,
  toDegreeDayOutcome,
} from './convert.ts';
import {
  DEGREE_DAY_QUERY,
  DegreeDayOutcomeSchema,
  DegreeDayPageSchema,
  type DegreeDayTable,
  DegreeDayTableSchema,
} from './schemas.ts';

const tags = ['Weather'];

const CsvSchema = Type.String({
  description:
    'The table as CSV: columns region, baseTemperatureC, source, degreeDays, day or month (or both, one of them filled in each row), and kind where there is cooling.',
  minLength: 1,
});

/** `/v1/degree-days` */
export const degreeDayRoutes: FastifyPluginAsyncTypebox<{ degreeDays: DegreeDays; past: PastStore }> = async (
  app,
  { degreeDays, past },
) => {
  takeCsvBodies(app);

  app.post(
    '/degree-days',
    {
      config: { scope: 'write-readings' },
      bodyLimit: LIMITS.degreeDaysBodyBytesMax,
      schema: {
        operationId: 'postDegreeDays',
        summary: 'Store degree days',
        description:
          'Lays degree days of regions over those that stand, by day, or by month where only totals are known, as one change. The same table again writes nothing; a corrected value keeps the former one. A table is taken as JSON, or as CSV.',
        tags,
        body: {
          content: {
            'application/json': { schema: ref(DegreeDayTableSchema) },
            'text/csv': { schema: CsvSchema },
          },
        },
        response: { 200: ref(DegreeDayOutcomeSchema), 201: ref(DegreeDayOutcomeSchema) },
      },
    },
    async (request, reply) => {
      // The type of the body depends on its media type, which the types of routes do not say.
      const entries = fromDegreeDayBody(request.body as DegreeDayTable | string);
      const outcome = await degreeDays.put(entries, request.principal);
      return reply.code(outcome.seq === null ? 200 : 201).send(toDegreeDayOutcome(outcome));
    },
  );

  app.get(
    '/degree-days',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listDegreeDays',
        summary: 'List degree days',
        description:
          'The degree days that stand, or stood at a moment, by region, kind, base and time. With `Accept: text/csv` as CSV, in the columns that a table is taken in.',
        tags,
        querystring: DEGREE_DAY_QUERY,
        response: { 200: jsonOrCsv(ref(DegreeDayPageSchema), 'One page of the degree days.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, ...filters } = request.query;
      const after = cursor === undefined ? null : fromCursor(decodeCursor(cursor, filters, CURSOR_PARTS));
      const known = await seqAsked(past, filters.asOf);
      const filter = fromDegreeDayQuery(filters);
      const { items, next } = await degreeDays.list(filter, after, limit, known.seq);
      const nextCursor = next === null ? null : encodeCursor(filters, toCursor(next));
      return sendPage(request, reply, items.map(toDegreeDay), DEGREE_DAY_COLUMNS, nextCursor, known.asOf);
    },
  );
};
