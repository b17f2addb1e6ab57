import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { LIMITS } from '../../../limits.ts';
import type { PageRequest } from '../../../services/page.ts';
import { listBills, listReads, type MeterTotalsDeps } from '../../../services/readings/meter-totals.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { BILL_COLUMNS, READ_COLUMNS, toBill, toRead } from './convert.ts';
import { BillPageSchema, ReadPageSchema, TOTALS_PARAMS, TOTALS_QUERY } from './schemas.ts';

const tags = ['Meter data'];

type Asked = { params: { meter: string }; query: { cursor?: string; limit?: number } };

function pageAsked({ params, query }: Asked): PageRequest {
  const { cursor, limit = LIMITS.pageSizeDefault } = query;
  const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, params, ['dayAndNumber']);
  return { limit, after };
}

/** `/v1/meters/{meter}/bills` and `/v1/meters/{meter}/register-readings` */
export const meterTotalsRoutes: FastifyPluginAsyncTypebox<{ totals: MeterTotalsDeps }> = async (app, { totals }) => {
  app.get(
    '/meters/:meter/bills',
    {
      config: { scope: 'read', csv: true },
      schema: {
        operationId: 'listBills',
        summary: 'The bills of a meter',
        description:
          'Every billed period as it came, in the order of its days, superseded ones too, with what became of it: spread, merged, covered by better evidence and how far it differs from that, in conflict, cancelled. With `Accept: text/csv` as CSV; the next page is then in the `Link` header.',
        tags,
        params: TOTALS_PARAMS,
        querystring: TOTALS_QUERY,
        response: { 200: jsonOrCsv(ref(BillPageSchema), 'One page of the bills.') },
      },
    },
    async (request, reply) => {
      const page = await listBills(totals, request.params.meter, pageAsked(request));
      const next = page.next === null ? null : encodeCursor(request.params, [page.next]);
      return sendPage(request, reply, page.items.map(toBill), BILL_COLUMNS, next);
    },
  );

  app.get(
    '/meters/:meter/register-readings',
    {
      config: { scope: 'read', csv: true },
      schema: {
        operationId: 'listRegisterReadings',
        summary: 'The register readings of a meter',
        description:
          'Every register reading as it came, in the order of its days, superseded ones too, with what became of it and the advance that ends on it. With `Accept: text/csv` as CSV; the next page is then in the `Link` header.',
        tags,
        params: TOTALS_PARAMS,
        querystring: TOTALS_QUERY,
        response: { 200: jsonOrCsv(ref(ReadPageSchema), 'One page of the register readings.') },
      },
    },
    async (request, reply) => {
      const page = await listReads(totals, request.params.meter, pageAsked(request));
      const next = page.next === null ? null : encodeCursor(request.params, [page.next]);
      return sendPage(request, reply, page.items.map(toRead), READ_COLUMNS, next);
    },
  );
};
