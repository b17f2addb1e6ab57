import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type TSchema, Type } from 'typebox';
import type { Now } from '../clock.ts';
import { LIMITS } from '../limits.ts';
import type { KeyedRecords } from '../services/keyed-records.ts';
import { knowledgeAt } from '../services/past/known-at.ts';
import type { PastStore } from '../services/past/past-store.ts';
import type { CsvColumn } from './csv.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { echoOf, sendPage } from './list-reply.ts';
import { AS_OF_QUERY, asOf } from './schemas/as-of.ts';
import { key } from './schemas/atoms.ts';
import { jsonOrCsv, PAGE_QUERY } from './schemas/page-schemas.ts';
import { ref } from './schemas/ref.ts';

type Named = TSchema & { $id?: string };

/** What tells the routes of one kind of record from those of another. */
export type KeyedResource<Value, Output> = {
  /** Address below /v1, such as `heat-networks`. */
  path: string;
  /** Name of the key in the address. */
  param: string;
  /** Singular and plural as operations name them, such as HeatNetwork and HeatNetworks. */
  names: [one: string, many: string];
  /** The same as people read it. */
  words: [one: string, many: string];
  tag: string;
  describe: { put: string; list: string; remove: string; key: string };
  input: Named;
  output: Named;
  page: Named;
  from(key: string, body: never): Value;
  to(value: Value): Output;
  columns: readonly CsvColumn<Output>[];
};

const closed = { additionalProperties: false } as const;

/** PUT, GET, list and DELETE of records that are kept by key with every version that they had. */
export function keyedRoutes<Value, Output>(
  resource: KeyedResource<Value, Output>,
): FastifyPluginAsyncTypebox<{ records: KeyedRecords<Value>; now: Now; past: PastStore }> {
  const { path, names, words, describe, from, to } = resource;
  const tags = [resource.tag];
  const params = Type.Object({ [resource.param]: key(describe.key) }, closed);
  const url = `/${path}/:${resource.param}`;
  const keyIn = (given: unknown): string => (given as Record<string, string>)[resource.param] ?? '';
  return async (app, { records, now, past }) => {
    app.put(
      url,
      {
        config: { scope: 'write-estate' },
        schema: {
          operationId: `put${names[0]}`,
          summary: `Write ${words[0]}`,
          description: describe.put,
          tags,
          params,
          body: ref(resource.input),
          response: { 200: ref(resource.output), 201: ref(resource.output) },
        },
      },
      async (request, reply) => {
        const value = from(keyIn(request.params), request.body as never);
        const outcome = await records.put(value, request.principal);
        return reply.code(outcome.created ? 201 : 200).send(to(outcome.value) as never);
      },
    );

    app.get(
      url,
      {
        config: { scope: 'read', entityTag: true },
        schema: {
          operationId: `get${names[0]}`,
          summary: `Read ${words[0]}`,
          description: 'As it stands now, or stood at `asOf`.',
          tags,
          params,
          querystring: AS_OF_QUERY,
          response: { 200: ref(resource.output) },
        },
      },
      async (request) => {
        const known = await knowledgeAt(past, now, request.query.asOf);
        const value = await records.get(keyIn(request.params), known);
        return { ...to(value), ...echoOf(known.asOf) } as never;
      },
    );

    app.get(
      `/${path}`,
      {
        config: { scope: 'read', entityTag: true, csv: true },
        schema: {
          operationId: `list${names[1]}`,
          summary: `List ${words[1]}`,
          description: describe.list,
          tags,
          querystring: Type.Object({ asOf, ...PAGE_QUERY }, closed),
          response: { 200: jsonOrCsv(ref(resource.page), `One page of the ${words[1]}.`) },
        },
      },
      async (request, reply) => {
        const { cursor, limit = LIMITS.pageSizeDefault, asOf } = request.query;
        const bound = { asOf };
        const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text']);
        const known = await knowledgeAt(past, now, asOf);
        const { items, next } = await records.list({ after, limit }, known);
        const nextCursor = next === null ? null : encodeCursor(bound, [next]);
        return sendPage(request, reply, items.map(to), resource.columns, nextCursor, known.asOf);
      },
    );

    app.delete(
      url,
      {
        config: { scope: 'write-estate' },
        schema: {
          operationId: `delete${names[0]}`,
          summary: `Delete ${words[0]}`,
          description: describe.remove,
          tags,
          params,
          response: { 204: Type.Null({ description: 'It is deleted.' }) },
        },
      },
      async (request, reply) => {
        await records.remove(keyIn(request.params), request.principal);
        return reply.code(204).send(null);
      },
    );
  };
}
