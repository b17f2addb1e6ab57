import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import type { LookAtFile } from '../../../services/uploads/dry-run.ts';
import type { Uploads } from '../../../services/uploads/uploads.ts';
import { ref } from '../../schemas/ref.ts';
import { UPLOAD_ANSWERS } from './answers.ts';
import { fromUploadQuery } from './convert.ts';
import { toDryRunAnswer } from './dry-run-convert.ts';
import { DryRunSchema } from './dry-run-schemas.ts';
import { checkFileHeaders, fileBytes, lengthOf, takeFiles } from './file-body.ts';
import { mannerOf, sendUpload } from './prefer.ts';
import { UPLOAD_MEDIA_TYPES, UPLOAD_QUERY } from './schemas.ts';

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
          'Takes a file as a supplier or data collector delivers it: delimited text, plain or compressed with gzip, a workbook, or an archive of several. In it is a row for each meter and day with its values side by side, a row for each reading, or a row for each bill. It is stored as one change, whole or not at all, unless `mode=lenient`. The same file again stores nothing; a correction changes the days that differ and keeps what they were. With `dryRun=true` nothing is stored, and the answer says how the file is understood and what it comes to. An estimate never replaces an actual value, a blank never replaces a value, and a blank is never a zero. With `Prefer: respond-async` the answer is 202 as soon as the file is safely kept; it is read afterwards, also by the next process where this one stops.',
        tags,
        querystring: UPLOAD_QUERY,
        body: { content },
        response: {
          200: ref(DryRunSchema),
          ...UPLOAD_ANSWERS,
        },
      },
    },
    async (request, reply) => {
      const { fileName, ...settings } = fromUploadQuery(request.query);
      const mediaType = request.mediaType ?? 'text/csv';
      const file = {
        ...settings,
        fileName,
        mediaType,
        expectedBytes: lengthOf(request.raw),
        content: fileBytes(request.raw),
      };
      try {
        checkFileHeaders(request.raw);
        if (request.query.dryRun === true) return toDryRunAnswer(await lookAtFile(file));
        return sendUpload(request, reply, await uploads.receive(file, request.principal, mannerOf(request, reply)));
      } finally {
        // Whoever is refused in the middle of a file would go on sending it into the next request.
        if (!request.raw.readableEnded) reply.header('connection', 'close');
      }
    },
  );
};
