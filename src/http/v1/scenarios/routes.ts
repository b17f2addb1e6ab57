import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Scenarios } from '../../../services/scenario/scenarios.ts';
import { sendCsv } from '../../csv.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { TARGET_PARAMS } from '../targets/schemas.ts';
import { toScenario } from './convert.ts';
import { fromScenarioQuery, SCENARIO_QUERY } from './query.ts';
import { RANKED_COLUMNS } from './ranked-convert.ts';
import { TargetScenarioSchema } from './schemas.ts';

const tags = ['Targets'];
const config = { scope: 'read', entityTag: true, csv: true } as const;

/** `/v1/targets/{target}/scenario` */
export const scenarioRoutes: FastifyPluginAsyncTypebox<{ scenarios: Scenarios }> = async (app, { scenarios }) => {
  app.get(
    '/targets/:target/scenario',
    {
      config,
      schema: {
        operationId: 'getTargetScenario',
        summary: 'What a set of measures does to a target',
        description:
          'The projection of the target with a set of measures against the same without it: each year, the budget, and when it runs out. Each measure on its own and beside those that are ranked before it (handovers first), in tonnes and in pounds per tonne to the last milestone; what two of them save is counted once. A handover is a transfer and no saving. CSV has the measures as they are ranked. Refused as the projection is.',
        tags,
        params: TARGET_PARAMS,
        querystring: SCENARIO_QUERY,
        response: { 200: jsonOrCsv(ref(TargetScenarioSchema), 'The target with the set and without it.') },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const answer = toScenario(await scenarios.compare(params.target, fromScenarioQuery(query), query.asOf));
      if (request.representation === 'csv') return sendCsv(reply, RANKED_COLUMNS, answer.data);
      return answer;
    },
  );
};
