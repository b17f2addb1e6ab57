import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { parsePeriod } from '../../../domain/period.ts';
import { LIMITS } from '../../../limits.ts';
import type { CalorificValues } from '../../../services/gas/calorific-values.ts';
import { seqAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import { takeCsvBodies } from '../../csv-body.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { CALORIFIC_COLUMNS, fromCalorificBody, toCalorificOutcome, toCalorificValue } from './convert.ts';
import {
  CALORIFIC_QUERY,
  CalorificOutcomeSchema,
  CalorificPageSchema,
  type CalorificTable,
  CalorificTableSchema,
} from './schemas.ts';

const tags = ['Meter data'];

const CsvSchema = Type.String({
  description:
    'The table as CSV: columns zone, day and mjPerM3, or as published for the data items of the gas transmission system.',
  minLength: 1,
});

/** `/v1/calorific-values` */
export const calorificRoutes: FastifyPluginAsyncTypebox<{ calorificValues: CalorificValues; past: PastStore }> = async (
  app,
  { calorificValues, past },
) => {
  takeCsvBodies(app);

  app.post(
    '/calorific-values',
    {
      config: { scope: 'write-readings' },
      bodyLimit: LIMITS.calorificValuesBodyBytesMax,
      schema: {
        operationId: 'postCalorificValues',
        summary: 'Store daily calorific values of gas',
        description:
          'Lays a table of daily values by zone over those that stand, and derives the energy of the volumes that used them anew, as one change. The same table again writes nothing; a corrected value keeps the former one. A table is taken as JSON, or as CSV.',
        tags,
        body: {
          content: {
            'application/json': { schema: ref(CalorificTableSchema) },
            'text/csv': { schema: CsvSchema },
          },
        },
        response: { 200: ref(CalorificOutcomeSchema), 201: ref(CalorificOutcomeSchema) },
      },
    },
    async (request, reply) => {
      // The type of the body depends on its media type, which the types of routes do not say.
      const entries = fromCalorificBody(request.body as CalorificTable | string);
      const { outcome, outsideBand } = await calorificValues.put(entries, request.principal);
      return reply.code(outcome.seq === null ? 200 : 201).send(toCalorificOutcome(outcome, outsideBand));
    },
  );

  app.get(
    '/calorific-values',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listCalorificValues',
        summary: 'List daily calorific values of gas',
        description: 'The values that stand, or stood at `asOf`, by zone and day. With `Accept: text/csv` as CSV.',
        tags,
        querystring: CALORIFIC_QUERY,
        response: { 200: jsonOrCsv(ref(CalorificPageSchema), 'One page of the values.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, zone = null, period, asOf } = request.query;
      const filter = { zone, span: period === undefined ? null : parsePeriod(period, '?period') };
      const bound = { zone, period, asOf };
      const [afterZone, afterDay] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text', 'day']);
      const after = afterZone === undefined || afterDay === undefined ? null : { zone: afterZone, day: afterDay };
      const known = await seqAsked(past, asOf);
      const { items, next } = await calorificValues.list(filter, after, limit, known.seq);
      const nextCursor = next === null ? null : encodeCursor(bound, [next.zone, next.day]);
      const rows = items.map(toCalorificValue);
      return sendPage(request, reply, rows, CALORIFIC_COLUMNS, nextCursor, known.asOf);
    },
  );
};
