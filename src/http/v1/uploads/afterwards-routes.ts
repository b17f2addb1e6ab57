import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Uploads } from '../../../services/uploads/uploads.ts';
import { ref } from '../../schemas/ref.ts';
import { UPLOAD_ANSWERS } from './answers.ts';
import { toUploadAnswer } from './convert.ts';
import { mannerOf, sendUpload } from './prefer.ts';
import { UPLOAD_PARAMS, UPLOAD_QUERY, UploadSchema } from './schemas.ts';

const tags = ['Meter data'];

/** What can be said otherwise of a file that is read once more. */
const { fileName: _fileName, dryRun: _dryRun, ...RETRY_PARAMETERS } = UPLOAD_QUERY.properties;
const RETRY_QUERY = Type.Object(RETRY_PARAMETERS, { additionalProperties: false });

/** What can be done with an upload once it is there. */
export const uploadAfterwardsRoutes: FastifyPluginAsyncTypebox<{ uploads: Uploads }> = async (app, { uploads }) => {
  app.delete(
    '/uploads/:id',
    {
      config: { scope: 'write-readings' },
      schema: {
        operationId: 'undoUpload',
        summary: 'Undo an upload',
        description:
          'Takes back what an upload stored, as one change: each meter-day and each bill says again what it said before, where nothing has changed it since, and what follows from them is worked out again. The record and the file stay. Nothing is deleted: questions as of an earlier moment are answered as they were then.',
        tags,
        params: UPLOAD_PARAMS,
        response: { 200: ref(UploadSchema) },
      },
    },
    async (request) => toUploadAnswer(await uploads.undo(BigInt(request.params.id), request.principal)),
  );

  app.post(
    '/uploads/:id/retry',
    {
      config: { scope: 'write-readings' },
      schema: {
        operationId: 'retryUpload',
        summary: 'Read the file of an upload once more',
        description:
          'Reads the kept file under the estate as it is now, for instance after a missing meter was written. It is read as its sender said, unless the query says otherwise. This makes an upload of its own, whose `retryOf` names the first; the record of the first stays as it is. `Prefer: respond-async` is taken as for a file that is sent.',
        tags,
        params: UPLOAD_PARAMS,
        querystring: RETRY_QUERY,
        response: UPLOAD_ANSWERS,
      },
    },
    async (request, reply) => {
      const id = BigInt(request.params.id);
      const manner = mannerOf(request, reply);
      return sendUpload(request, reply, await uploads.retry(id, request.query, request.principal, manner));
    },
  );
};
