import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import type { Benchmarks } from '../../../services/buildings/benchmarks.ts';
import { seqAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { echoOf, sendPage } from '../../list-reply.ts';
import { AS_OF_QUERY } from '../../schemas/as-of.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { BENCHMARK_COLUMNS, benchmarkRows, fromBenchmarkInput, toBenchmarkEdition } from './convert.ts';
import {
  BENCHMARK_PARAMS,
  BENCHMARKS_QUERY,
  BenchmarkEditionInputSchema,
  BenchmarkEditionSchema,
  BenchmarkPageSchema,
} from './schemas.ts';

const tags = ['Display energy'];

/** `/v1/benchmarks` */
export const benchmarkRoutes: FastifyPluginAsyncTypebox<{ benchmarks: Benchmarks; past: PastStore }> = async (
  app,
  { benchmarks, past },
) => {
  app.put(
    '/benchmarks/:table/:edition',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'putBenchmarks',
        summary: 'Keep an edition of benchmarks',
        description:
          'Typical energy per square metre by use, which operational ratings are set against. None is shipped. An edition is never edited: the same again changes nothing, another content is refused, and a correction is an edition of its own.',
        tags,
        params: BENCHMARK_PARAMS,
        body: ref(BenchmarkEditionInputSchema),
        response: { 200: ref(BenchmarkEditionSchema), 201: ref(BenchmarkEditionSchema) },
      },
    },
    async (request, reply) => {
      const edition = fromBenchmarkInput(request.params, request.body);
      const outcome = await benchmarks.put(edition, request.principal);
      return reply.code(outcome === 'created' ? 201 : 200).send(toBenchmarkEdition(edition));
    },
  );

  app.get(
    '/benchmarks/:table/:edition',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getBenchmarks',
        summary: 'Read an edition of benchmarks',
        description: 'The edition as it was uploaded, where it stands, or stood at a moment.',
        tags,
        params: BENCHMARK_PARAMS,
        querystring: AS_OF_QUERY,
        response: { 200: ref(BenchmarkEditionSchema) },
      },
    },
    async (request) => {
      const known = await seqAsked(past, request.query.asOf);
      const edition = await benchmarks.get(request.params, known.seq);
      return { ...toBenchmarkEdition(edition), ...echoOf(known.asOf) };
    },
  );

  app.get(
    '/benchmarks',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listBenchmarks',
        summary: 'List the benchmarks',
        description:
          'The editions that stand, or stood at a moment, by table and edition. With `Accept: text/csv` one row for each use.',
        tags,
        querystring: BENCHMARKS_QUERY,
        response: { 200: jsonOrCsv(ref(BenchmarkPageSchema), 'One page of the editions.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, asOf } = request.query;
      const [table = '', edition = ''] = cursor === undefined ? [] : decodeCursor(cursor, { asOf }, ['text', 'text']);
      const after = cursor === undefined ? null : { table, edition };
      const known = await seqAsked(past, asOf);
      const { items, next } = await benchmarks.list(after, limit, known.seq);
      const rows = items.map(toBenchmarkEdition);
      const nextCursor = next === null ? null : encodeCursor({ asOf }, [next.table, next.edition]);
      const echo = known.asOf;
      if (request.representation === 'json') return sendPage(request, reply, rows, [], nextCursor, echo);
      return sendPage(request, reply, benchmarkRows(rows), BENCHMARK_COLUMNS, nextCursor, echo);
    },
  );

  app.delete(
    '/benchmarks/:table/:edition',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteBenchmarks',
        summary: 'Withdraw an edition of benchmarks',
        description:
          'Ends the edition: ratings no longer go by it. Its name stays given to its content, and questions asked as of an earlier moment are still answered by it.',
        tags,
        params: BENCHMARK_PARAMS,
        response: { 204: Type.Null({ description: 'The edition is withdrawn.' }) },
      },
    },
    async (request, reply) => {
      await benchmarks.remove(request.params, request.principal);
      return reply.code(204).send(null);
    },
  );
};
