import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { seqAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import type { References } from '../../../services/weather/references.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { echoOf, sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { fromReferenceInput, REFERENCE_COLUMNS, referenceRows, toReference } from './convert.ts';
import {
  REFERENCE_PARAMS,
  REFERENCE_QUERY,
  REFERENCES_QUERY,
  ReferenceInputSchema,
  ReferencePageSchema,
  ReferenceSchema,
} from './schemas.ts';

const tags = ['Weather'];

/** `/v1/reference-degree-days` */
export const referenceRoutes: FastifyPluginAsyncTypebox<{ references: References; past: PastStore }> = async (
  app,
  { references, past },
) => {
  app.put(
    '/reference-degree-days/:reference',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'putReferenceDegreeDays',
        summary: 'Write reference degree days',
        description:
          'Long-term degree days of regions by month, which figures corrected for weather are brought to. Replaces the whole reference; sending the same again changes nothing, and what stood before is kept.',
        tags,
        params: REFERENCE_PARAMS,
        body: ref(ReferenceInputSchema),
        response: { 200: ref(ReferenceSchema), 201: ref(ReferenceSchema) },
      },
    },
    async (request, reply) => {
      const reference = fromReferenceInput(request.params.reference, request.body);
      const { created } = await references.put(reference, request.principal);
      return reply.code(created ? 201 : 200).send(toReference(reference));
    },
  );

  app.get(
    '/reference-degree-days/:reference',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getReferenceDegreeDays',
        summary: 'Read reference degree days',
        description: 'The reference as it stands, or stood at a moment.',
        tags,
        params: REFERENCE_PARAMS,
        querystring: REFERENCE_QUERY,
        response: { 200: ref(ReferenceSchema) },
      },
    },
    async (request) => {
      const { seq, asOf } = await seqAsked(past, request.query.asOf);
      return { ...toReference(await references.get(request.params.reference, seq)), ...echoOf(asOf) };
    },
  );

  app.get(
    '/reference-degree-days',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listReferenceDegreeDays',
        summary: 'List reference degree days',
        description:
          'The references that stand, or stood at a moment, by key. With `Accept: text/csv` one row for each month of each region.',
        tags,
        querystring: REFERENCES_QUERY,
        response: { 200: jsonOrCsv(ref(ReferencePageSchema), 'One page of the references.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, asOf } = request.query;
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, { asOf }, ['text']);
      const known = await seqAsked(past, asOf);
      const { items, next } = await references.list({ after, limit }, known.seq);
      const rows = items.map(toReference);
      const nextCursor = next === null ? null : encodeCursor({ asOf }, [next]);
      if (request.representation === 'json') return sendPage(request, reply, rows, [], nextCursor, known.asOf);
      return sendPage(request, reply, referenceRows(rows), REFERENCE_COLUMNS, nextCursor);
    },
  );

  app.delete(
    '/reference-degree-days/:reference',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteReferenceDegreeDays',
        summary: 'Delete reference degree days',
        description: 'Ends the reference. What stood is kept, and is found with `asOf`.',
        tags,
        params: REFERENCE_PARAMS,
        response: { 204: Type.Null({ description: 'The reference is deleted.' }) },
      },
    },
    async (request, reply) => {
      await references.remove(request.params.reference, request.principal);
      return reply.code(204).send(null);
    },
  );
};
