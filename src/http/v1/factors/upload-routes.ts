import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import type { Factors } from '../../../services/factors/factors.ts';
import { ref } from '../../schemas/ref.ts';
import { checkFileHeaders, fileBytes, takeFiles } from '../uploads/file-body.ts';
import { UPLOAD_MEDIA_TYPES } from '../uploads/schemas.ts';
import { fromUploadFactorsQuery, toUploadedOutput } from './upload-convert.ts';
import { UPLOAD_FACTORS_QUERY, UploadedFactorSetSchema } from './upload-schemas.ts';

const FileSchema = Type.String({
  description:
    'The official flat file as it comes: a workbook (.xlsx, .xls), or its table as CSV. What it is shows in its bytes.',
  contentMediaType: 'text/csv',
});
const content = Object.fromEntries(UPLOAD_MEDIA_TYPES.map((type) => [type, { schema: FileSchema }]));

/** `POST /v1/factor-sets`, which takes files and no JSON. */
export const factorUploadRoutes: FastifyPluginAsyncTypebox<{ factors: Factors }> = async (app, { factors }) => {
  takeFiles(app);

  app.post(
    '/factor-sets',
    {
      config: { scope: 'admin' },
      bodyLimit: LIMITS.factorFileBytesMax,
      schema: {
        operationId: 'uploadFactorSet',
        summary: 'Upload an official file of conversion factors',
        description:
          'Takes the flat file of an edition, in the layout of 2023 onwards (with row identifiers) or that of 2016 to 2022 (without), and stores it as a version of its set: every row with its texts as printed, and the lines that figures take, found among the rows. Set, year and version are read from the file where it states them. Blank is kept apart from zero; numbers are the stored ones to 10 significant digits; CO2e is never added up from its gases. No figure uses a new version before it is activated. A file whose lines are those of a version that stands already adds its rows to that version. The same file again changes nothing.',
        tags: ['Factors'],
        querystring: UPLOAD_FACTORS_QUERY,
        body: { content },
        response: { 200: ref(UploadedFactorSetSchema), 201: ref(UploadedFactorSetSchema) },
      },
    },
    async (request, reply) => {
      try {
        checkFileHeaders(request.raw);
        const said = fromUploadFactorsQuery(request.query);
        const uploaded = await factors.upload(fileBytes(request.raw), said, request.principal);
        const { id, version } = uploaded.edition;
        const set = await factors.version({ set: id, version });
        reply.header('location', `/v1/factor-sets/${id}/versions/${version}`);
        return reply.code(uploaded.outcome === 'unchanged' ? 200 : 201).send(toUploadedOutput(uploaded, set));
      } finally {
        // Whoever is refused in the middle of a file would go on sending it into the next request.
        if (!request.raw.readableEnded) reply.header('connection', 'close');
      }
    },
  );
};
