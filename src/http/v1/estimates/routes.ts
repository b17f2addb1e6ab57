import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { localDayOf } from '../../../domain/calendar.ts';
import { answeredPeriod } from '../../../domain/figure-answer.ts';
import { parsePeriod } from '../../../domain/period.ts';
import { type EstimateDeps, postEstimates } from '../../../services/estimates/post-estimates.ts';
import { refuseTooLong } from '../../../services/figures/answer-figure.ts';
import { ref } from '../../schemas/ref.ts';
import { toEstimatesOutcome, toEstimationMethods } from './convert.ts';
import { EstimatesInputSchema, EstimatesOutcomeSchema, EstimationMethodsSchema } from './schemas.ts';

const tags = ['Meter data'];

/** `/v1/estimates` and `/v1/estimation-methods` */
export const estimateRoutes: FastifyPluginAsyncTypebox<{ estimates: EstimateDeps }> = async (app, { estimates }) => {
  app.post(
    '/estimates',
    {
      config: { scope: 'write-readings' },
      schema: {
        operationId: 'postEstimates',
        summary: 'Estimate the gaps of a period',
        description:
          'Estimates what no evidence covers, by the methods and within the limits that `GET /v1/estimation-methods` states, as one change. Only measured values feed estimates. Each estimate keeps its method and what it was made of, ends with the first value that arrives for its day, and is left out of a figure asked with `estimates=exclude`. The same again changes nothing.',
        tags,
        body: ref(EstimatesInputSchema),
        response: { 200: ref(EstimatesOutcomeSchema), 201: ref(EstimatesOutcomeSchema) },
      },
    },
    async (request, reply) => {
      const { meters = [], dryRun = false } = request.body;
      const period = parsePeriod(request.body.period, '/period');
      refuseTooLong(period);
      const outcome = await postEstimates(estimates, { period, meters, dryRun }, request.principal);
      const answered = answeredPeriod(period, localDayOf(estimates.now()));
      return reply.code(outcome.seq === null ? 200 : 201).send(toEstimatesOutcome(outcome, answered, dryRun));
    },
  );

  app.get(
    '/estimation-methods',
    {
      config: { scope: 'read', entityTag: true },
      schema: {
        operationId: 'getEstimationMethods',
        summary: 'How gaps are estimated',
        description:
          'The methods, the limits that hold now, and the precedence of evidence: an estimate of this service ranks below all of it.',
        tags,
        response: { 200: ref(EstimationMethodsSchema) },
      },
    },
    async () => toEstimationMethods((await estimates.currentEstate()).settings.estimation),
  );
};
