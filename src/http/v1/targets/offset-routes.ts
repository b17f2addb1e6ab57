import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Targets } from '../../../services/targets/targets.ts';
import { encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { ref } from '../../schemas/ref.ts';
import { entriesPage } from './entries-page.ts';
import { ENTRIES_QUERY, OFFSET_PARAMS, OffsetInputSchema, OffsetSchema, OffsetsSchema } from './offset-schemas.ts';
import { TARGET_PARAMS } from './schemas.ts';

const tags = ['Targets'];

/** `/v1/targets/{target}/offsets`: what was retired for a target, listed beside its progress and never in it (rule H7). */
export const offsetRoutes: FastifyPluginAsyncTypebox<{ targets: Targets }> = async (app, { targets }) => {
  app.put(
    '/targets/:target/offsets/:offset',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'putTargetOffset',
        summary: 'List offsets that were retired',
        description:
          'Lists offsets beside the progress of a target, for the reader alone: progress is gross. A part of the target, and versioned with it.',
        tags,
        params: OFFSET_PARAMS,
        body: ref(OffsetInputSchema),
        response: { 200: ref(OffsetSchema), 201: ref(OffsetSchema) },
      },
    },
    async (request, reply) => {
      const { target, offset: key } = request.params;
      const { created, value } = await targets.putOffset(target, { key, ...request.body }, request.principal);
      return reply.code(created ? 201 : 200).send(value);
    },
  );

  app.get(
    '/targets/:target/offsets',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'listTargetOffsets',
        summary: 'Offsets of a target',
        description: 'Offsets that were retired for the target. They are in none of its figures.',
        tags,
        params: TARGET_PARAMS,
        querystring: ENTRIES_QUERY,
        response: { 200: ref(OffsetsSchema) },
      },
    },
    async (request, reply) => {
      const { target } = request.params;
      const { bound, page } = entriesPage(target, request.query, 'text');
      const { items, next, asOf } = await targets.offsets(target, page, request.query.asOf);
      return sendPage(request, reply, items, [], next === null ? null : encodeCursor(bound, [next]), asOf);
    },
  );

  app.delete(
    '/targets/:target/offsets/:offset',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteTargetOffset',
        summary: 'Take offsets off the list',
        description: 'Ends the entry; what was listed is kept in the history of the target.',
        tags,
        params: OFFSET_PARAMS,
        response: { 204: Type.Null({ description: 'The entry is gone.' }) },
      },
    },
    async (request, reply) => {
      await targets.removeOffset(request.params.target, request.params.offset, request.principal);
      return reply.code(204).send(null);
    },
  );
};
