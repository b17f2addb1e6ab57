import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Statements } from '../../../services/statements/statements.ts';
import { sendCsv } from '../../csv.ts';
import { asOf } from '../../schemas/as-of.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { FIGURE_COLUMNS, RESTATEMENT_COLUMNS, toAnswer, toFigureRows, toHead, toRestatement } from './convert.ts';
import { statementPage } from './page.ts';
import { RestatementSchema } from './restatement-schemas.ts';
import { StatementSchema } from './schemas.ts';
import { StatementVerificationSchema } from './verification-schemas.ts';

const tags = ['Statements'];

export const STATEMENT_PARAMS = Type.Object({
  statement: Type.String({
    description: 'Number of the statement.',
    pattern: '^[1-9]\\d{0,17}$',
    'x-expects': 'the number of a statement',
  }),
});

/** `/v1/statements/{statement}`: read, printed, and what has changed since. */
export const statementReadingRoutes: FastifyPluginAsyncTypebox<{ statements: Statements }> = async (
  app,
  { statements },
) => {
  app.get(
    '/statements/:statement',
    {
      config: { scope: 'read', csv: true },
      schema: {
        operationId: 'getStatement',
        summary: 'Read a statement',
        description:
          'A statement with its content: of a published one exactly what was published, of a draft what would be published now. As CSV each single value is a row.',
        tags,
        params: STATEMENT_PARAMS,
        response: { 200: jsonOrCsv(ref(StatementSchema), 'The statement.') },
      },
    },
    async (request, reply) => {
      const answer = toAnswer(await statements.get(request.params.statement));
      if (request.representation === 'json') return answer;
      return sendCsv(reply, FIGURE_COLUMNS, toFigureRows(answer.content));
    },
  );

  app.get(
    '/statements/:statement/page',
    {
      config: { scope: 'read', ownFormat: true },
      schema: {
        operationId: 'printStatement',
        summary: 'A statement as a page',
        description: 'The statement as HTML to be read or printed. It loads nothing else.',
        tags,
        params: STATEMENT_PARAMS,
        response: {
          200: {
            description: 'The page.',
            content: { 'text/html': { schema: Type.String({ description: 'An HTML document.' }) } },
          },
        },
      },
    },
    async (request, reply) => {
      const page = statementPage(toAnswer(await statements.get(request.params.statement)));
      return reply
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
        .type('text/html; charset=utf-8')
        .send(page);
    },
  );

  app.get(
    '/statements/:statement/verification',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'verifyStatement',
        summary: 'Verify a statement',
        description:
          'Recomputes all that a published statement states from what is stored, as of the instant at which it was frozen, and says equal, or names each member that differs.',
        tags,
        params: STATEMENT_PARAMS,
        response: { 200: ref(StatementVerificationSchema) },
      },
    },
    async (request) => {
      const { kept, frozenAt, contentDigest, recomputedDigest, differences } = await statements.verify(
        request.params.statement,
      );
      const stated = kept.digest ?? '';
      const isEqual = stated === contentDigest && contentDigest === recomputedDigest;
      return {
        statement: toHead(kept),
        frozenAt,
        result: isEqual ? ('equal' as const) : ('different' as const),
        digest: { stated, ofContent: contentDigest, recomputed: recomputedDigest },
        differences,
      };
    },
  );

  app.get(
    '/statements/:statement/restatement',
    {
      config: { scope: 'read', csv: true },
      schema: {
        operationId: 'restateStatement',
        summary: 'What has changed since a statement was published',
        description:
          'Recomputes a published statement from what it was made from to what is known now, one kind of change after the other: late data, corrected data, factor versions, boundary, method. The parts add up exactly.',
        tags,
        params: STATEMENT_PARAMS,
        querystring: Type.Object({ asOf }, { additionalProperties: false }),
        response: { 200: jsonOrCsv(ref(RestatementSchema), 'What has changed.') },
      },
    },
    async (request, reply) => {
      const restatement = toRestatement(await statements.restatement(request.params.statement, request.query.asOf));
      if (request.representation === 'json') return restatement;
      return sendCsv(
        reply,
        RESTATEMENT_COLUMNS,
        restatement.causes.flatMap(({ data }) => data),
      );
    },
  );
};
