import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Now } from '../../../clock.ts';
import { localDayOf } from '../../../domain/calendar.ts';
import { meterKeyOf } from '../../../domain/identifiers/meter-key.ts';
import { LIMITS } from '../../../limits.ts';
import type { Meters } from '../../../services/meters.ts';
import { knowledgeAt } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { echoOf, sendPage } from '../../list-reply.ts';
import { AS_OF_QUERY } from '../../schemas/as-of.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { fromMeterInput, fromMeterQuery, METER_COLUMNS, toMeterOutput } from './convert.ts';
import { METER_PARAMS, METER_QUERY, MeterInputSchema, MeterPageSchema, MeterSchema } from './schemas.ts';

const tags = ['Meters'];

/** `/v1/meters` */
export const meterRoutes: FastifyPluginAsyncTypebox<{ meters: Meters; now: Now; past: PastStore }> = async (
  app,
  { meters, now, past },
) => {
  app.put(
    '/meters/:meter',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'putMeter',
        summary: 'Write a meter',
        description:
          'Makes the meter or replaces it whole. Sending the same again changes nothing. With readings it keeps unit, activity, multiplier and direction.',
        tags,
        params: METER_PARAMS,
        body: ref(MeterInputSchema),
        response: { 200: ref(MeterSchema), 201: ref(MeterSchema) },
      },
    },
    async (request, reply) => {
      const meter = fromMeterInput(request.params.meter, request.body);
      const { created, value } = await meters.put(meter, request.principal);
      return reply.code(created ? 201 : 200).send(toMeterOutput(value, localDayOf(now())));
    },
  );

  app.get(
    '/meters/:meter',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getMeter',
        summary: 'Read a meter',
        description: 'The meter as it stands now, or stood at `asOf`.',
        tags,
        params: METER_PARAMS,
        querystring: AS_OF_QUERY,
        response: { 200: ref(MeterSchema) },
      },
    },
    async (request) => {
      const known = await knowledgeAt(past, now, request.query.asOf);
      return {
        ...toMeterOutput(await meters.get(meterKeyOf(request.params.meter), known), known.day),
        ...echoOf(known.asOf),
      };
    },
  );

  app.get(
    '/meters',
    {
      config: { scope: 'read', entityTag: true, csv: true },
      schema: {
        operationId: 'listMeters',
        summary: 'List meters',
        description:
          'The meters that pass every filter given, by key. With `Accept: text/csv` as CSV; the next page is then in the `Link` header.',
        tags,
        querystring: METER_QUERY,
        response: { 200: jsonOrCsv(ref(MeterPageSchema), 'One page of the meters.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault, asOf } = request.query;
      const filter = fromMeterQuery(request.query);
      const bound = asOf === undefined ? filter : { ...filter, asOf };
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, bound, ['text']);
      const known = await knowledgeAt(past, now, asOf);
      const { items, next } = await meters.list(filter, { after, limit }, known);
      const rows = items.map((meter) => toMeterOutput(meter, known.day));
      const nextCursor = next === null ? null : encodeCursor(bound, [next]);
      return sendPage(request, reply, rows, METER_COLUMNS, nextCursor, known.asOf);
    },
  );

  app.delete(
    '/meters/:meter',
    {
      config: { scope: 'write-estate' },
      schema: {
        operationId: 'deleteMeter',
        summary: 'Delete a meter',
        description:
          'Deletes a meter that has no readings and feeds no other meter. A meter that was used gets an end date with `to` instead.',
        tags,
        params: METER_PARAMS,
        response: { 204: Type.Null({ description: 'The meter is deleted.' }) },
      },
    },
    async (request, reply) => {
      await meters.remove(meterKeyOf(request.params.meter), request.principal);
      return reply.code(204).send(null);
    },
  );
};
