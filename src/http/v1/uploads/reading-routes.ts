import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { LIMITS } from '../../../limits.ts';
import type { UploadedFile, Uploads } from '../../../services/uploads/uploads.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { sendPage } from '../../list-reply.ts';
import { jsonOrCsv } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { attachment } from './content-disposition.ts';
import { toUploadAnswer, toUploadSummary } from './convert.ts';
import { fromUploadListQuery, UPLOAD_COLUMNS } from './list-convert.ts';
import { FILE_RESPONSE, UPLOAD_LIST_QUERY, UploadPageSchema } from './list-schemas.ts';
import { UPLOAD_PARAMS, UploadSchema } from './schemas.ts';

const tags = ['Meter data'];

/** Sends a kept file as its sender sent it, under a name that a browser may save it by. */
function sendFile(reply: FastifyReply, { upload, kept, content }: UploadedFile): FastifyReply {
  reply.headers({
    'content-disposition': attachment(upload.fileName ?? `upload-${upload.id}`),
    'content-length': kept.bytes,
    'repr-digest': `sha-256=:${Buffer.from(kept.sha256, 'hex').toString('base64')}:`,
  });
  return reply.type(upload.mediaType).send(Readable.from(content, { objectMode: false }));
}

/** What of `/v1/uploads` changes nothing. */
export const uploadReadingRoutes: FastifyPluginAsyncTypebox<{ uploads: Uploads }> = async (app, { uploads }) => {
  app.get(
    '/uploads',
    {
      config: { scope: 'read', csv: true },
      schema: {
        operationId: 'listUploads',
        summary: 'List uploads',
        description:
          'The records of uploads, newest first, without their refused rows. With `Accept: text/csv` as CSV; the next page is then in the `Link` header.',
        tags,
        querystring: UPLOAD_LIST_QUERY,
        response: { 200: jsonOrCsv(ref(UploadPageSchema), 'One page of the uploads.') },
      },
    },
    async (request, reply) => {
      const { cursor, limit = LIMITS.pageSizeDefault } = request.query;
      const filter = fromUploadListQuery(request.query);
      const [after = null] = cursor === undefined ? [] : decodeCursor(cursor, filter, ['number']);
      const { items, next } = await uploads.list(filter, { after, limit });
      const rows = items.map(toUploadSummary);
      return sendPage(request, reply, rows, UPLOAD_COLUMNS, next === null ? null : encodeCursor(filter, [next]));
    },
  );

  app.get(
    '/uploads/:id',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getUpload',
        summary: 'What became of a file',
        description:
          'The record of an upload: where it stands, what was accepted, and every refused row with its line and reason.',
        tags,
        params: UPLOAD_PARAMS,
        response: { 200: ref(UploadSchema) },
      },
    },
    async (request) => toUploadAnswer(await uploads.get(BigInt(request.params.id))),
  );

  app.get(
    '/uploads/:id/file',
    {
      // A file may say more than the service has taken from it, such as names and addresses: reading figures is not enough.
      config: { scope: 'write-readings', ownFormat: true },
      schema: {
        operationId: 'getUploadFile',
        summary: 'The file as it was received',
        description:
          'The bytes of the file exactly as they came, compressed if they came so, in the media type they were sent as. `Repr-Digest` carries their SHA-256 (RFC 9530). Refused files are kept as well; files that did not arrive whole are not.',
        tags,
        params: UPLOAD_PARAMS,
        response: { 200: FILE_RESPONSE },
      },
    },
    async (request, reply) => {
      return sendFile(reply, await uploads.file(BigInt(request.params.id)));
    },
  );
};
