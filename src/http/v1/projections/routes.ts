import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Projections } from '../../../services/projection/projections.ts';
import { sendCsv } from '../../csv.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { TARGET_PARAMS } from '../targets/schemas.ts';
import { PROJECTION_COLUMNS, toProjection } from './convert.ts';
import { fromProjectionQuery, PROJECTION_QUERY } from './query.ts';
import { TargetProjectionSchema } from './schemas.ts';

const tags = ['Targets'];
const config = { scope: 'read', entityTag: true, csv: true } as const;

/** `/v1/targets/{target}/projection` */
export const projectionRoutes: FastifyPluginAsyncTypebox<{ projections: Projections }> = async (
  app,
  { projections },
) => {
  app.get(
    '/targets/:target/projection',
    {
      config,
      schema: {
        operationId: 'getTargetProjection',
        summary: 'Where a target is heading',
        description:
          'Carries the target on to its milestones: each activity by the trend of its newest complete comparable years, in reference weather where one is named; factors by the pathway that is named, or held at the newest edition; and the measures that are planned. Expected gaps with their range, and no status. Refused with the reasons where there are fewer than three such years.',
        tags,
        params: TARGET_PARAMS,
        querystring: PROJECTION_QUERY,
        response: { 200: jsonOrCsv(ref(TargetProjectionSchema), 'Where the target is heading.') },
      },
    },
    async (request, reply) => {
      const question = fromProjectionQuery(request.query);
      const answer = toProjection(await projections.project(request.params.target, question, request.query.asOf));
      if (request.representation === 'csv') return sendCsv(reply, PROJECTION_COLUMNS, answer.data);
      return answer;
    },
  );
};
