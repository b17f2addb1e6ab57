import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FigureDeps } from '../../../services/figures/answer-figure.ts';
import { figuresAt, momentAsked } from '../../../services/past/known-at.ts';
import type { PastStore } from '../../../services/past/past-store.ts';
import type { PlacesReader } from '../../../services/places/area-tables-port.ts';
import { siteIntensity } from '../../../services/places/site-intensity.ts';
import { sendCsv } from '../../csv.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { fromEmissionsQuery } from '../figures/query.ts';
import { INTENSITY_COLUMNS, toIntensityAnswer } from './convert.ts';
import { INTENSITY_QUERY, IntensityAnswerSchema } from './schemas.ts';

type IntensityDeps = { figures: FigureDeps; places: PlacesReader; past: PastStore };

/** `/v1/emissions/intensity` */
export const intensityRoutes: FastifyPluginAsyncTypebox<IntensityDeps> = async (app, { figures, places, past }) => {
  app.get(
    '/emissions/intensity',
    {
      config: { scope: 'read', csv: true, entityTag: true },
      schema: {
        operationId: 'getEmissionsIntensity',
        summary: 'Energy and carbon per square metre',
        description:
          "Every site's energy and carbon over its floor area, and its place among the sites of its category in the estate. Sites that cannot be compared are given with the reason and are not ranked.",
        tags: ['Figures'],
        querystring: INTENSITY_QUERY,
        response: { 200: jsonOrCsv(ref(IntensityAnswerSchema), 'Energy and carbon per square metre.') },
      },
    },
    async (request, reply) => {
      const moment = await momentAsked(past, request.query.asOf);
      const known = moment === null ? figures : figuresAt(past, moment);
      const question = fromEmissionsQuery(request.query);
      const answer = toIntensityAnswer(await siteIntensity(known, places, moment?.reading ?? null, question));
      if (request.representation === 'csv') return sendCsv(reply, INTENSITY_COLUMNS, answer.data);
      return { ...answer, ...(moment === null ? {} : { asOf: moment.asOf }) };
    },
  );
};
