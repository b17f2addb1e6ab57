import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import type { Layouts } from '../../../services/layouts/layouts.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { fromLayoutInput, LAYOUT_COLUMNS, toLayoutOutput } from './convert.ts';
import { LAYOUT_LIST_QUERY, LAYOUT_PARAMS, LayoutInputSchema, LayoutPageSchema, LayoutSchema } from './schemas.ts';

const tags = ['Meter data'];

/** `/v1/layouts` */
export const layoutRoutes: FastifyPluginAsyncTypebox<{ layouts: Layouts }> = async (app, { layouts }) => {
  app.put(
    '/layouts/:layout',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'putLayout',
        summary: 'Keep a layout',
        description:
          "Keeps how a supplier's files are read, or replaces it whole. Files with exactly its header, and files sent with its name, are then read by it without a question. Sending the same again changes nothing; what it was before is kept.",
        tags,
        params: LAYOUT_PARAMS,
        body: ref(LayoutInputSchema),
        response: { 200: ref(LayoutSchema), 201: ref(LayoutSchema) },
      },
    },
    async (request, reply) => {
      const layout = fromLayoutInput(request.params.layout, request.body);
      const { created, value } = await layouts.put(layout, request.principal);
      return reply.code(created ? 201 : 200).send(toLayoutOutput(value));
    },
  );

  app.get(
    '/layouts/:layout',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getLayout',
        summary: 'Read a layout',
        description: 'The layout as it stands now.',
        tags,
        params: LAYOUT_PARAMS,
        response: { 200: ref(LayoutSchema) },
      },
    },
    async (request) => toLayoutOutput(await layouts.get(request.params.layout)),
  );

  app.get(
    '/layouts',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listLayouts',
        summary: 'List layouts',
        description: 'The layouts that are kept, by name.',
        tags,
        querystring: LAYOUT_LIST_QUERY,
        response: { 200: jsonOrCsv(ref(LayoutPageSchema), 'One page of the layouts.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault } = request.query;
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, {}, 1);
      const { items, next } = await layouts.list({ after, limit });
      const nextCursor = next === null ? null : encodeCursor({}, [next]);
      return sendPage(request, reply, items.map(toLayoutOutput), LAYOUT_COLUMNS, nextCursor);
    },
  );

  app.delete(
    '/layouts/:layout',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteLayout',
        summary: 'Delete a layout',
        description: 'Ends the layout. What was read by it stays as it was read.',
        tags,
        params: LAYOUT_PARAMS,
        response: { 204: Type.Null({ description: 'The layout is deleted.' }) },
      },
    },
    async (request, reply) => {
      await layouts.remove(request.params.layout, request.principal);
      return reply.code(204).send(null);
    },
  );
};
