import type { FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { LRUCache } from 'lru-cache';
import { LIMITS } from '../../limits.ts';

/** An answer that was given: its bytes, and what its headers said of them. */
type Given = { body: Buffer; headers: Record<string, string> };

/** Headers that say something of the bytes; all others are of the request. */
const OF_THE_BYTES = ['content-type', 'link'] as const;

/** Whether a caller wants an answer worked out for them. */
function wantsAnew({ headers }: FastifyRequest): boolean {
  return /\bno-(?:cache|store)\b/.test(headers['cache-control'] ?? '');
}

/** The tag by which an answer is remembered; null where it is not. */
const nameOf = ({ method, entityTag }: FastifyRequest): string | null => (method === 'GET' ? entityTag : null);

/**
 * Gives an answer again for as long as its tag stands. The tag is made of everything that the answer follows from, the
 * newest change of the store as it was when the request came in among it, so whatever is written anywhere makes another tag.
 * A caller who wants it worked out anew says `Cache-Control: no-cache`.
 */
export const answerCache = fastifyPlugin(
  async (app) => {
    const given = new LRUCache<string, Given>({
      maxSize: LIMITS.answerCacheBytesMax,
      maxEntrySize: LIMITS.cachedAnswerBytesMax,
      sizeCalculation: ({ body }) => body.length,
    });
    app.addHook('onRequest', async (request, reply) => {
      const name = nameOf(request);
      if (name === null || wantsAnew(request)) return;
      const known = given.get(name);
      if (known !== undefined) return reply.headers(known.headers).send(known.body);
    });
    app.addHook('onSend', async (request, reply, payload) => {
      // Answers that were given before are bytes, tables are streams.
      const name = nameOf(request);
      if (name === null || reply.statusCode !== 200 || typeof payload !== 'string') return;
      const headers = OF_THE_BYTES.flatMap((header) => {
        const value = reply.getHeader(header);
        return typeof value === 'string' ? [[header, value]] : [];
      });
      given.set(name, { body: Buffer.from(payload), headers: Object.fromEntries(headers) });
    });
  },
  { name: 'answer-cache', dependencies: ['entity-tag'] },
);
