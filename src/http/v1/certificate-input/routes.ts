import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { parsePeriod } from '../../../domain/period.ts';
import type { CertificateInputs } from '../../../services/buildings/certificate-inputs.ts';
import { sendCsv } from '../../csv.ts';
import { echoOf } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { CERTIFICATE_INPUT_COLUMNS, certificateInputRows, toCertificateInput } from './convert.ts';
import { CERTIFICATE_INPUT_PARAMS, CERTIFICATE_INPUT_QUERY, CertificateInputAnswerSchema } from './schemas.ts';

/** `/v1/sites/{site}/certificate-input` */
export const certificateInputRoutes: FastifyPluginAsyncTypebox<{ inputs: CertificateInputs }> = async (
  app,
  { inputs },
) => {
  app.get(
    '/sites/:site/certificate-input',
    {
      config: { scope: 'read', csv: true, entityTag: true },
      schema: {
        operationId: 'getCertificateInput',
        summary: 'What the assessor asks for',
        description:
          'Consumption by fuel with its first and last day and whether any of it is not actual, the floor area, and the certificates that a new one has to show. Made of the same figures as consumption.',
        tags: ['Display energy'],
        params: CERTIFICATE_INPUT_PARAMS,
        querystring: CERTIFICATE_INPUT_QUERY,
        response: { 200: jsonOrCsv(ref(CertificateInputAnswerSchema), 'The input of a certificate.') },
      },
    },
    async (request, reply) => {
      const period = parsePeriod(request.query.period);
      const { input, today, asOf } = await inputs.ofSite(request.params.site, period, request.query.asOf);
      const answer = toCertificateInput(input, today);
      if (request.representation === 'csv')
        return sendCsv(reply, CERTIFICATE_INPUT_COLUMNS, certificateInputRows(answer));
      return { ...answer, ...echoOf(asOf) };
    },
  );
};
