import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Now } from '../../../clock.ts';
import { LIMITS } from '../../../limits.ts';
import { knowledgeAt } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import type { Targets } from '../../../services/targets/targets.ts';
import { sendCsv } from '../../csv.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { echoOf, sendPage } from '../../list-reply.ts';
import { AS_OF_QUERY } from '../../schemas/as-of.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { fromTargetInput, fromTargetQuery, TARGET_COLUMNS, toTargetOutput, toVersion } from './convert.ts';
import { entriesPage } from './entries-page.ts';
import { ENTRIES_QUERY, TargetVersionsSchema } from './offset-schemas.ts';
import { PROGRESS_COLUMNS, toProgress } from './progress-convert.ts';
import { PROGRESS_QUERY, TargetProgressSchema } from './progress-schemas.ts';
import { TARGET_PARAMS, TARGET_QUERY, TargetInputSchema, TargetPageSchema, TargetSchema } from './schemas.ts';

const tags = ['Targets'];

/** `/v1/targets` */
export const targetRoutes: FastifyPluginAsyncTypebox<{ targets: Targets; now: Now; past: PastStore }> = async (
  app,
  { targets, now, past },
) => {
  app.put(
    '/targets/:target',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'putTarget',
        summary: 'Write a target',
        description:
          'Makes the target or replaces it whole. Sending the same again changes nothing; what was promised before is kept.',
        tags,
        params: TARGET_PARAMS,
        body: ref(TargetInputSchema),
        response: { 200: ref(TargetSchema), 201: ref(TargetSchema) },
      },
    },
    async (request, reply) => {
      const target = fromTargetInput(request.params.target, request.body);
      const { created, value } = await targets.put(target, request.principal);
      return reply.code(created ? 201 : 200).send(toTargetOutput(value));
    },
  );

  app.get(
    '/targets/:target',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getTarget',
        summary: 'Read a target',
        description: 'The target as it stands now, or stood at `asOf`.',
        tags,
        params: TARGET_PARAMS,
        querystring: AS_OF_QUERY,
        response: { 200: ref(TargetSchema) },
      },
    },
    async (request) => {
      const known = await knowledgeAt(past, now, request.query.asOf);
      return { ...toTargetOutput(await targets.get(request.params.target, known)), ...echoOf(known.asOf) };
    },
  );

  app.get(
    '/targets',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listTargets',
        summary: 'List targets',
        description: "The council's own targets and the published ones it may be read against, by key.",
        tags,
        querystring: TARGET_QUERY,
        response: { 200: jsonOrCsv(ref(TargetPageSchema), 'One page of the targets.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, asOf } = request.query;
      const filter = fromTargetQuery(request.query);
      const bound = asOf === undefined ? filter : { ...filter, asOf };
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text']);
      const known = await knowledgeAt(past, now, asOf);
      const { items, next } = await targets.list(filter, { after, limit }, known);
      const rows = items.map(toTargetOutput);
      const nextCursor = next === null ? null : encodeCursor(bound, [next]);
      return sendPage(request, reply, rows, TARGET_COLUMNS, nextCursor, known.asOf);
    },
  );

  app.get(
    '/targets/:target/versions',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'listTargetVersions',
        summary: 'Versions of a target',
        description:
          'Everything that was promised, the newest first, with the changes that wrote and ended it; of a deleted target too.',
        tags,
        params: TARGET_PARAMS,
        querystring: ENTRIES_QUERY,
        response: { 200: ref(TargetVersionsSchema) },
      },
    },
    async (request, reply) => {
      const { target } = request.params;
      const { bound, page } = entriesPage(target, request.query, 'number');
      const { items, next, asOf } = await targets.versions(target, page, request.query.asOf);
      const nextCursor = next === null ? null : encodeCursor(bound, [next]);
      return sendPage(request, reply, items.map(toVersion), [], nextCursor, asOf);
    },
  );

  app.delete(
    '/targets/:target',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteTarget',
        summary: 'Delete a target',
        description: 'Ends the target. What was promised is kept in its history.',
        tags,
        params: TARGET_PARAMS,
        response: { 204: Type.Null({ description: 'The target is deleted.' }) },
      },
    },
    async (request, reply) => {
      await targets.remove(request.params.target, request.principal);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/targets/:target/progress',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'getTargetProgress',
        summary: 'How a target stands',
        description:
          "Allowed and actual emissions of each year, the gap, and a verdict on each complete year; what is left of budgets, when they run out and the cut that is needed; the running year so far. A target of an area is read pro-rata, and only with a re-basing index or the estate's own figure for its baseline year.",
        tags,
        params: TARGET_PARAMS,
        querystring: PROGRESS_QUERY,
        response: { 200: jsonOrCsv(ref(TargetProgressSchema), 'How the target stands.') },
      },
    },
    async (request, reply) => {
      const progress = toProgress(await targets.progress(request.params.target, request.query.asOf));
      if (request.representation === 'json') return progress;
      return sendCsv(reply, PROGRESS_COLUMNS, progress.data);
    },
  );
};
