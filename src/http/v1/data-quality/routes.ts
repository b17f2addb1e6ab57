import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { answerDataQuality, type DataQualityDeps } from '../../../services/data-quality/answer-data-quality.ts';
import { figuresAt, momentAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import { sendCsv } from '../../csv.ts';
import { echoOf } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import {
  allFindings,
  COVERAGE_COLUMNS,
  FINDING_COLUMNS,
  GAP_COLUMNS,
  SUPPLY_COLUMNS,
  toDataQuality,
} from './convert.ts';
import { DATA_QUALITY_QUERY, fromDataQualityQuery } from './query.ts';
import { DataQualitySchema } from './schemas.ts';

/** `/v1/data-quality` */
export const dataQualityRoutes: FastifyPluginAsyncTypebox<{ dataQuality: DataQualityDeps; past: PastStore }> = async (
  app,
  { dataQuality, past },
) => {
  app.get(
    '/data-quality',
    {
      config: { scope: 'read', csv: true, entityTag: true },
      schema: {
        operationId: 'getDataQuality',
        summary: 'How good the meter data of a period is',
        description:
          'Coverage as figures have it, every gap, and what the checks find: suspects, contradictions, overdue meters, totals that do not meet, each with its reason and its numbers. A suspect value is stored as received and stays in every figure. The thresholds are settings.',
        tags: ['Meter data'],
        querystring: DATA_QUALITY_QUERY,
        response: { 200: jsonOrCsv(ref(DataQualitySchema), 'The data of the period, judged.') },
      },
    },
    async (request, reply) => {
      const moment = await momentAsked(past, request.query.asOf);
      const known =
        moment === null ? dataQuality : { ...figuresAt(past, moment), evidence: past.evidenceAt(moment.reading.seq) };
      const answer = toDataQuality(await answerDataQuality(known, fromDataQualityQuery(request.query)));
      if (request.representation === 'json') return { ...answer, ...echoOf(moment?.asOf ?? null) };
      if (request.query.list === 'gaps') return sendCsv(reply, GAP_COLUMNS, answer.gaps);
      if (request.query.list === 'findings') return sendCsv(reply, FINDING_COLUMNS, allFindings(answer));
      if (request.query.list === 'boughtEnergy') return sendCsv(reply, SUPPLY_COLUMNS, answer.boughtEnergy);
      return sendCsv(reply, COVERAGE_COLUMNS, answer.coverage);
    },
  );
};
