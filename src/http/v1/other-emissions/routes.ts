import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Now } from '../../../clock.ts';
import { LIMITS } from '../../../limits.ts';
import type { OtherEmissions } from '../../../services/footprint/other-emissions.ts';
import { knowledgeAt } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { echoOf, sendPage } from '../../list-reply.ts';
import { AS_OF_QUERY } from '../../schemas/as-of.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { fromOtherEmissionInput, keyOf, OTHER_EMISSION_COLUMNS, toOtherEmission } from './convert.ts';
import {
  OTHER_EMISSION_PARAMS,
  OTHER_EMISSION_QUERY,
  OtherEmissionInputSchema,
  OtherEmissionPageSchema,
  OtherEmissionSchema,
} from './schemas.ts';

const tags = ['Footprint'];
const url = '/other-emissions/:line/:period';

/** `/v1/other-emissions` */
export const otherEmissionRoutes: FastifyPluginAsyncTypebox<{
  otherEmissions: OtherEmissions;
  now: Now;
  past: PastStore;
}> = async (app, { otherEmissions, now, past }) => {
  app.put(
    url,
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'putOtherEmission',
        summary: 'State what a line emitted',
        description:
          'Makes the figure or replaces it whole: fleet, travel, refrigerants and whatever else no meter measures. Its days are over, at most a year, and share none with another figure of the line. Sending the same again changes nothing; what stood before is kept.',
        tags,
        params: OTHER_EMISSION_PARAMS,
        body: ref(OtherEmissionInputSchema),
        response: { 200: ref(OtherEmissionSchema), 201: ref(OtherEmissionSchema) },
      },
    },
    async (request, reply) => {
      const stated = fromOtherEmissionInput(request.params, request.body);
      const { created, value } = await otherEmissions.put(stated, request.principal);
      return reply.code(created ? 201 : 200).send(toOtherEmission(value));
    },
  );

  app.get(
    url,
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getOtherEmission',
        summary: 'Read what a line emitted',
        description: 'The figure of exactly this period as it stands now, or stood at `asOf`.',
        tags,
        params: OTHER_EMISSION_PARAMS,
        querystring: AS_OF_QUERY,
        response: { 200: ref(OtherEmissionSchema) },
      },
    },
    async (request) => {
      const known = await knowledgeAt(past, now, request.query.asOf);
      return { ...toOtherEmission(await otherEmissions.get(keyOf(request.params), known)), ...echoOf(known.asOf) };
    },
  );

  app.get(
    '/other-emissions',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listOtherEmissions',
        summary: 'List stated emissions',
        description: 'Figures that stand, or stood at a moment, by line and first day.',
        tags,
        querystring: OTHER_EMISSION_QUERY,
        response: { 200: jsonOrCsv(ref(OtherEmissionPageSchema), 'One page of the figures.') },
      },
    },
    async (request, reply) => {
      const { line, cursor, limit = LIMITS.pageSizeDefault, asOf } = request.query;
      const bound = { line, asOf };
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text']);
      const known = await knowledgeAt(past, now, asOf);
      const { items, next } = await otherEmissions.list(line ?? null, { after, limit }, known);
      const nextCursor = next === null ? null : encodeCursor(bound, [next]);
      const rows = items.map(toOtherEmission);
      return sendPage(request, reply, rows, OTHER_EMISSION_COLUMNS, nextCursor, known.asOf);
    },
  );

  app.delete(
    url,
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteOtherEmission',
        summary: 'Withdraw what a line emitted',
        description: 'Ends the figure of exactly this period. What stood is kept, and is found with `asOf`.',
        tags,
        params: OTHER_EMISSION_PARAMS,
        response: { 204: Type.Null({ description: 'It is withdrawn.' }) },
      },
    },
    async (request, reply) => {
      await otherEmissions.remove(keyOf(request.params), request.principal);
      return reply.code(204).send(null);
    },
  );
};
