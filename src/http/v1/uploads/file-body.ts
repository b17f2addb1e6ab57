import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../../domain/refusal.ts';
import { LIMITS } from '../../../limits.ts';
import { ProtocolError } from '../../protocol-error.ts';
import { UPLOAD_MEDIA_TYPES } from './schemas.ts';

const ENCODINGS = new Set(['', 'identity', 'gzip', 'x-gzip']);

/** Takes the media types of files in this scope, and leaves their bytes unread for the route. */
export function takeFiles(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // The body as the schema sees it is an empty text; the file itself stays in the request.
  app.addContentTypeParser([...UPLOAD_MEDIA_TYPES], (_request, _payload, done) => done(null, ''));
  app.addContentTypeParser('*', (request, _payload, done) => {
    const given = request.headers['content-type'] ?? '';
    const advice = given === '' ? 'say what the file is' : `'${given}' is not taken here`;
    done(
      new ProtocolError('unsupported-media-type', `Content-Type: ${advice}; expected ${UPLOAD_MEDIA_TYPES.join(', ')}`),
    );
  });
}

function tooLarge(): Refusal {
  return new Refusal(
    'payload-too-large',
    `The file is larger than the ${LIMITS.uploadBytesMax} bytes that are taken: send it in parts`,
  );
}

/**
 * Refuses what need not be read: a file that says itself that it is too large, or that is compressed in a way that is not
 * taken. That a file is compressed with gzip shows in its bytes.
 * @throws Refusal `payload-too-large`, ProtocolError `unsupported-media-type`.
 */
export function checkFileHeaders({ headers }: IncomingMessage): void {
  if (Number(headers['content-length'] ?? 0) > LIMITS.uploadBytesMax) throw tooLarge();
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  if (!ENCODINGS.has(encoding))
    throw new ProtocolError(
      'unsupported-media-type',
      `Content-Encoding '${encoding}' is not taken: send the file plain or compressed with gzip`,
    );
}

/** The length of the file as its sender says it; null where it is sent without. */
export function lengthOf({ headers }: IncomingMessage): number | null {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}

/**
 * The bytes of the file as they arrive.
 * @throws Refusal `payload-too-large` beyond the limit; `invalid-request` when the sender goes away before the end.
 */
export async function* fileBytes(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const blocks = request[Symbol.asyncIterator]();
  for (;;) {
    const { value, done } = await blocks.next().catch((error: unknown) => {
      throw new Refusal('invalid-request', 'The sender went away before the end of the file', [], { cause: error });
    });
    if (done === true) return;
    bytes += (value as Buffer).length;
    if (bytes > LIMITS.uploadBytesMax) throw tooLarge();
    yield value as Buffer;
  }
}
