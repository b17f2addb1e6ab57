import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Uploads } from '../../../services/uploads/uploads.ts';
import { ref } from '../../schemas/ref.ts';
import { toUploadAnswer } from './convert.ts';
import { UPLOAD_PARAMS, UploadSchema } from './schemas.ts';

const tags = ['Meter data'];

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
};
