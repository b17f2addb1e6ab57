import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Targets } from '../../../services/targets/targets.ts';
import { encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { ref } from '../../schemas/ref.ts';
import { entriesPage } from './entries-page.ts';
import { ENTRIES_QUERY } from './offset-schemas.ts';
import {
  RECALCULATION_PARAMS,
  StatedBaseYearInputSchema,
  StatedBaseYearSchema,
  StatedBaseYearsSchema,
} from './recalculation-schemas.ts';
import { TARGET_PARAMS } from './schemas.ts';

const tags = ['Targets'];

/** `/v1/targets/{target}/recalculations`: what the operator states of base years (rule D5). */
export const recalculationRoutes: FastifyPluginAsyncTypebox<{ targets: Targets }> = async (app, { targets }) => {
  app.put(
    '/targets/:target/recalculations/:site',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'putRecalculation',
        summary: "State a site's base year",
        description:
          "What a site that joined or left emitted in the target's base year, in the target's scopes and lines, where the data does not tell. A part of the target, and versioned with it.",
        tags,
        params: RECALCULATION_PARAMS,
        body: ref(StatedBaseYearInputSchema),
        response: { 200: ref(StatedBaseYearSchema), 201: ref(StatedBaseYearSchema) },
      },
    },
    async (request, reply) => {
      const { target, site } = request.params;
      const { created, value } = await targets.putRecalculation(target, { site, ...request.body }, request.principal);
      return reply.code(created ? 201 : 200).send(value);
    },
  );

  app.get(
    '/targets/:target/recalculations',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'listRecalculations',
        summary: 'Stated base years of a target',
        description: 'What was stated of sites; what it does to the baseline is told by the progress of the target.',
        tags,
        params: TARGET_PARAMS,
        querystring: ENTRIES_QUERY,
        response: { 200: ref(StatedBaseYearsSchema) },
      },
    },
    async (request, reply) => {
      const { target } = request.params;
      const { bound, page } = entriesPage(target, request.query, 'text');
      const { items, next, asOf } = await targets.recalculations(target, page, request.query.asOf);
      return sendPage(request, reply, items, [], next === null ? null : encodeCursor(bound, [next]), asOf);
    },
  );

  app.delete(
    '/targets/:target/recalculations/:site',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteRecalculation',
        summary: "Withdraw a site's stated base year",
        description: 'Ends the statement; what was stated is kept in the history of the target.',
        tags,
        params: RECALCULATION_PARAMS,
        response: { 204: Type.Null({ description: 'The statement is withdrawn.' }) },
      },
    },
    async (request, reply) => {
      await targets.removeRecalculation(request.params.target, request.params.site, request.principal);
      return reply.code(204).send(null);
    },
  );
};
