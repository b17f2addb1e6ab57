import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Now } from '../../../clock.ts';
import { GEOGRAPHIES } from '../../../domain/places/area-table.ts';
import { DEPRIVATION_NOTE } from '../../../domain/places/deprivation.ts';
import { LIMITS } from '../../../limits.ts';
import { knowledgeAt, momentAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import type { AreaTables } from '../../../services/places/area-tables.ts';
import type { PlacesReader } from '../../../services/places/area-tables-port.ts';
import { placesBy } from '../../../services/places/places.ts';
import { sendCsv } from '../../csv.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { echoOf, sendPage } from '../../list-reply.ts';
import { AS_OF_QUERY } from '../../schemas/as-of.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { fileBytes } from '../uploads/file-body.ts';
import { AREA_TABLE_COLUMNS, PLACE_COLUMNS, toAreaTable, toAreaTableOutcome, toPlace } from './convert.ts';
import {
  AREA_TABLE_LIST_QUERY,
  AREA_TABLE_PARAMS,
  AREA_TABLE_PUT_QUERY,
  AreaTableOutcomeSchema,
  AreaTablePageSchema,
  AreaTableSchema,
  PLACES_QUERY,
  PlacesSchema,
} from './schemas.ts';

const tags = ['Places'];

const CsvSchema = Type.String({
  description:
    'The table as CSV, as published or cut to the columns that matter: postcodes (`pcds`, `postcode`) and codes of areas (`lsoa21`, `LSOA code (2021)`), or codes of areas with the rank and decile of the index of multiple deprivation.',
});

type PlaceDeps = { areaTables: AreaTables; places: PlacesReader; past: PastStore; now: Now };

/** `/v1/area-tables` */
export const areaTableRoutes: FastifyPluginAsyncTypebox<PlaceDeps> = async (app, { areaTables, places, past, now }) => {
  // Tables of all postcodes are large: the body as the schema sees it is an empty text, the file stays in the request.
  app.addContentTypeParser('text/csv', (_request, _payload, done) => done(null, ''));

  app.put(
    '/area-tables/:table',
    {
      config: { scope: 'write-estate' },
      bodyLimit: LIMITS.areaTableBytesMax,
      schema: {
        operationId: 'putAreaTable',
        summary: 'Keep a look-up table of areas',
        description:
          'Keeps one edition of a table, whole or not at all: the small area of each postcode, or the deprivation of each small area. Which it is, and of which census, is told by its header. A table of the same key is replaced; what it was before still answers questions asked as of then.',
        tags,
        params: AREA_TABLE_PARAMS,
        querystring: AREA_TABLE_PUT_QUERY,
        body: { content: { 'text/csv': { schema: CsvSchema } } },
        response: { 200: ref(AreaTableOutcomeSchema), 201: ref(AreaTableOutcomeSchema) },
      },
    },
    async (request, reply) => {
      const { source, publishedOn = null, geography } = request.query;
      const census = GEOGRAPHIES.find((year) => year === geography) ?? null;
      const input = { key: request.params.table, source, publishedOn, geography: census };
      const outcome = await areaTables.put(input, fileBytes(request.raw), request.principal);
      return reply.code(outcome.outcome === 'created' ? 201 : 200).send(toAreaTableOutcome(outcome));
    },
  );

  app.get(
    '/area-tables',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listAreaTables',
        summary: 'List look-up tables of areas',
        description: 'The tables that are kept, by key.',
        tags,
        querystring: AREA_TABLE_LIST_QUERY,
        response: { 200: jsonOrCsv(ref(AreaTablePageSchema), 'One page of the tables.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, asOf } = request.query;
      const bound = { asOf };
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text']);
      const known = await knowledgeAt(past, now, asOf);
      const { items, next } = await areaTables.list({ after, limit }, known);
      const nextCursor = next === null ? null : encodeCursor(bound, [next]);
      return sendPage(request, reply, items.map(toAreaTable), AREA_TABLE_COLUMNS, nextCursor, known.asOf);
    },
  );

  app.get(
    '/area-tables/:table',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getAreaTable',
        summary: 'Read what a look-up table of areas is',
        description: 'Kind, census, source and size of the table as it stands now, or stood at `asOf`.',
        tags,
        params: AREA_TABLE_PARAMS,
        querystring: AS_OF_QUERY,
        response: { 200: ref(AreaTableSchema) },
      },
    },
    async (request) => {
      const known = await knowledgeAt(past, now, request.query.asOf);
      return { ...toAreaTable(await areaTables.get(request.params.table, known)), ...echoOf(known.asOf) };
    },
  );

  app.get(
    '/area-tables/:table/places',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listPlaces',
        summary: 'Where the sites stand',
        description:
          'Small area, national rank and decile of every site by one table of deprivation, how its area is known, and why where it is not.',
        tags,
        params: AREA_TABLE_PARAMS,
        querystring: PLACES_QUERY,
        response: { 200: jsonOrCsv(ref(PlacesSchema), 'Where the sites stand.') },
      },
    },
    async (request, reply) => {
      const moment = await momentAsked(past, request.query.asOf);
      const { table, rows } = await placesBy(places, request.params.table, moment?.reading ?? null);
      const data = rows.map(toPlace);
      if (request.representation === 'csv') return sendCsv(reply, PLACE_COLUMNS, data);
      return { ...echoOf(moment?.asOf ?? null), table: toAreaTable(table), note: DEPRIVATION_NOTE, data };
    },
  );

  app.delete(
    '/area-tables/:table',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteAreaTable',
        summary: 'Delete a look-up table of areas',
        description: 'Ends the table. Questions asked as of an earlier moment are still answered by it.',
        tags,
        params: AREA_TABLE_PARAMS,
        response: { 204: Type.Null({ description: 'The table is deleted.' }) },
      },
    },
    async (request, reply) => {
      await areaTables.remove(request.params.table, request.principal);
      return reply.code(204).send(null);
    },
  );
};
