import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { meterKeyOf } from '../../../domain/identifiers/meter-key.ts';
import { parsePeriod } from '../../../domain/period.ts';
import type { FigureDeps } from '../../../services/figures/answer-figure.ts';
import { meterBalance } from '../../../services/figures/meter-balance.ts';
import { figuresAt, momentAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import { sendCsv } from '../../csv.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { BALANCE_COLUMNS, balanceLines, toBalance } from './convert.ts';
import { BALANCE_PARAMS, BALANCE_QUERY, BalanceSchema } from './schemas.ts';

/** `/v1/meters/{meter}/balance` */
export const balanceRoutes: FastifyPluginAsyncTypebox<{ figures: FigureDeps; past: PastStore }> = async (
  app,
  { figures, past },
) => {
  app.get(
    '/meters/:meter/balance',
    {
      config: { scope: 'read', csv: true, entityTag: true },
      schema: {
        operationId: 'getMeterBalance',
        summary: 'A meter against the ones it feeds',
        description:
          'What the meter read, what each sub-meter directly below it read, and what is left. All as metered: tenants change nothing here.',
        tags: ['Figures'],
        params: BALANCE_PARAMS,
        querystring: BALANCE_QUERY,
        response: { 200: jsonOrCsv(ref(BalanceSchema), 'The meter against the ones it feeds.') },
      },
    },
    async (request, reply) => {
      const period = parsePeriod(request.query.period);
      const moment = await momentAsked(past, request.query.asOf);
      const known = moment === null ? figures : figuresAt(past, moment);
      const key = meterKeyOf(request.params.meter);
      const balance = toBalance(await meterBalance(known, key, period, request.query.interval ?? 'total'));
      if (request.representation === 'csv') return sendCsv(reply, BALANCE_COLUMNS, balanceLines(balance));
      return { ...balance, ...(moment === null ? {} : { asOf: moment.asOf }) };
    },
  );
};
