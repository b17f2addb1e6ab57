import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { StatementStatus } from '../../../domain/statements/statement.ts';
import { STATEMENT_STATUSES } from '../../../domain/statements/statement.ts';
import { LIMITS } from '../../../limits.ts';
import type { Statements } from '../../../services/statements/statements.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { oneOf } from '../../schemas/atoms.ts';
import { jsonOrCsv, PAGE_QUERY } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { fromInput, HEAD_COLUMNS, toAnswer, toHead } from './convert.ts';
import { STATEMENT_PARAMS } from './reading-routes.ts';
import {
  StatementInputSchema,
  StatementPageSchema,
  StatementPublicationSchema,
  StatementRevisionSchema,
  StatementSchema,
  StatementWithdrawalSchema,
} from './schemas.ts';

const tags = ['Statements'];
const params = STATEMENT_PARAMS;
const write = { scope: 'write-estate' } as const;

const STATEMENT_QUERY = Type.Object(
  { ...PAGE_QUERY, status: Type.Optional(oneOf(STATEMENT_STATUSES, 'Only statements of this status.')) },
  { additionalProperties: false },
);

/** `/v1/statements`: drafting, publishing, withdrawing, listing. */
export const statementRoutes: FastifyPluginAsyncTypebox<{ statements: Statements }> = async (app, { statements }) => {
  app.post(
    '/statements',
    {
      config: write,
      schema: {
        operationId: 'draftStatement',
        summary: 'Draft a statement',
        description:
          'Keeps what the author states and answers with the whole statement as it would be published now, and with what stands against that. `supersedes` makes it the next version of a published one.',
        tags,
        body: ref(StatementInputSchema),
        response: { 201: ref(StatementSchema) },
      },
    },
    async (request, reply) => {
      const { supersedes = null, ...input } = request.body;
      const answer = toAnswer(await statements.draft(fromInput(input), supersedes, request.principal));
      return reply.code(201).header('location', `/v1/statements/${answer.id}`).send(answer);
    },
  );

  app.put(
    '/statements/:statement',
    {
      config: write,
      schema: {
        operationId: 'reviseStatement',
        summary: 'Revise a draft',
        description:
          'Replaces a draft whole. What was published cannot be revised: draft a version that supersedes it.',
        tags,
        params,
        body: ref(StatementRevisionSchema),
        response: { 200: ref(StatementSchema) },
      },
    },
    async (request) =>
      toAnswer(await statements.revise(request.params.statement, fromInput(request.body), request.principal)),
  );

  app.post(
    '/statements/:statement/publish',
    {
      config: write,
      schema: {
        operationId: 'publishStatement',
        summary: 'Publish a statement',
        description:
          'Freezes a draft at this instant: its content is kept whole under its SHA-256 and never changes. Refused on provisional factors, too little data, open conflicts of bills, and the like, unless an override gives a reason, which is printed.',
        tags,
        params,
        body: ref(StatementPublicationSchema),
        response: { 200: ref(StatementSchema) },
      },
    },
    async (request) => {
      const { approver, role, approvedOn, overrides = [] } = request.body;
      const approval = { name: approver, role, on: approvedOn };
      return toAnswer(await statements.publish(request.params.statement, approval, overrides, request.principal));
    },
  );

  app.post(
    '/statements/:statement/withdraw',
    {
      config: write,
      schema: {
        operationId: 'withdrawStatement',
        summary: 'Withdraw a statement',
        description: 'Marks a published statement as withdrawn, with the reason. It can still be read.',
        tags,
        params,
        body: ref(StatementWithdrawalSchema),
        response: { 200: ref(StatementSchema) },
      },
    },
    async (request) =>
      toAnswer(await statements.withdraw(request.params.statement, request.body.reason, request.principal)),
  );

  app.delete(
    '/statements/:statement',
    {
      config: write,
      schema: {
        operationId: 'deleteStatement',
        summary: 'Delete a draft',
        description: 'Removes a draft. What was published cannot be removed.',
        tags,
        params,
        response: { 204: Type.Null({ description: 'The draft is deleted.' }) },
      },
    },
    async (request, reply) => {
      await statements.remove(request.params.statement, request.principal);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/statements',
    {
      config: { scope: 'read', csv: true },
      schema: {
        operationId: 'listStatements',
        summary: 'List statements',
        description: 'Statements of every status without their content, the newest first.',
        tags,
        querystring: STATEMENT_QUERY,
        response: { 200: jsonOrCsv(ref(StatementPageSchema), 'One page of the statements.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, status } = request.query;
      const filter = { status };
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, filter, ['number']);
      const { items, next } = await statements.list((status as StatementStatus | undefined) ?? null, { after, limit });
      const cursorNext = next === null ? null : encodeCursor(filter, [next]);
      return sendPage(request, reply, items.map(toHead), HEAD_COLUMNS, cursorNext);
    },
  );
};
