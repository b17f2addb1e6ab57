import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LayoutQuestions } from '../../../domain/upload/layout-questions.ts';
import { LIMITS } from '../../../limits.ts';
import type { LookAtFile } from '../../../services/uploads/dry-run.ts';
import type { Uploads } from '../../../services/uploads/uploads.ts';
import { PROBLEM_MEDIA_TYPE } from '../../problem.ts';
import { ref } from '../../schemas/ref.ts';
import { fromUploadQuery, toQuestionsProblem, toUploadAnswer, toUploadProblem } from './convert.ts';
import { toDryRunAnswer } from './dry-run-convert.ts';
import { DryRunSchema } from './dry-run-schemas.ts';
import { checkFileHeaders, fileBytes, takeFiles } from './file-body.ts';
import { UPLOAD_MEDIA_TYPES, UPLOAD_QUERY, UploadSchema } from './schemas.ts';
import { UploadProblemSchema } from './upload-problem-schema.ts';

const tags = ['Meter data'];

const FileSchema = Type.String({
  description:
    'The file: delimited text, plain or compressed with gzip, a workbook (.xlsx, .xls), or an archive (ZIP) of several. What it is shows in its bytes.',
  contentMediaType: 'text/csv',
});
const content = Object.fromEntries(UPLOAD_MEDIA_TYPES.map((type) => [type, { schema: FileSchema }]));

/** `POST /v1/uploads`, which takes files and no JSON. */
export const uploadRoutes: FastifyPluginAsyncTypebox<{
  uploads: Uploads;
  lookAtFile: LookAtFile;
  close: () => Promise<void>;
}> = async (app, { uploads, lookAtFile, close }) => {
  takeFiles(app);
  app.addHook('onClose', close);

  app.post(
    '/uploads',
    {
      config: { scope: 'write-readings' },
      bodyLimit: LIMITS.uploadBytesMax,
      schema: {
        operationId: 'postUpload',
        summary: 'Send a file of meter data',
        description:
          'Takes a file as a supplier or data collector delivers it: delimited text, plain or compressed with gzip, a workbook, or an archive of several. In it is a row for each meter and day with its values side by side, or a row for each reading. It is stored as one change, whole or not at all, unless `mode=lenient`. The same file again stores nothing; a correction changes the days that differ and keeps what they were. With `dryRun=true` nothing is stored, and the answer says how the file is understood and what it comes to. An estimate never replaces an actual value, a blank never replaces a value, and a blank is never a zero.',
        tags,
        querystring: UPLOAD_QUERY,
        body: { content },
        response: {
          200: ref(DryRunSchema),
          201: ref(UploadSchema),
          422: {
            description:
              'The file cannot be read, leaves questions open, or rows of it were refused; nothing is stored.',
            content: { [PROBLEM_MEDIA_TYPE]: { schema: ref(UploadProblemSchema) } },
          },
        },
      },
    },
    async (request, reply) => {
      const { fileName, ...settings } = fromUploadQuery(request.query);
      const mediaType = request.mediaType ?? 'text/csv';
      const file = { ...settings, fileName, mediaType, content: fileBytes(request.raw) };
      try {
        checkFileHeaders(request.raw);
        if (request.query.dryRun === true) return toDryRunAnswer(await lookAtFile(file));
        const { upload, refusal } = await uploads.receive(file, request.principal, (id) => {
          reply.header('location', `/v1/uploads/${id}`);
        });
        if (refusal instanceof LayoutQuestions)
          return reply
            .code(422)
            .type(PROBLEM_MEDIA_TYPE)
            .send(toQuestionsProblem(refusal, upload, request.id));
        if (refusal !== null) throw refusal;
        if (upload.status !== 'refused' || upload.result === null) return reply.code(201).send(toUploadAnswer(upload));
        return reply
          .code(422)
          .type(PROBLEM_MEDIA_TYPE)
          .send(toUploadProblem(upload, upload.result, request.id));
      } finally {
        // Whoever is refused in the middle of a file would go on sending it into the next request.
        if (!request.raw.readableEnded) reply.header('connection', 'close');
      }
    },
  );
};
