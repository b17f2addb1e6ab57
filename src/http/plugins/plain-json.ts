import { fastifyPlugin } from 'fastify-plugin';
import { Refusal } from '../../domain/refusal.ts';

/** The text of UTF-8 bytes, without a byte order mark; null where they are none. */
function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refuse(detail: string): Refusal {
  return new Refusal('invalid-request', detail);
}

/**
 * Takes bodies in JSON, and what a route declares itself; Fastify also takes plain text, which no schema here can mean.
 * The JSON must be UTF-8 (decoding would put other characters for bytes that are not) without `__proto__`, and without
 * NUL, which PostgreSQL has no place for and which can only come escaped.
 */
export const plainJson = fastifyPlugin(
  async (app) => {
    app.removeContentTypeParser(['text/plain', 'application/json']);
    const parse = app.getDefaultJsonParser('error', 'error');
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
      const text = decode(body);
      if (text === null) return done(refuse('The body is not valid UTF-8'));
      if (text.includes('\\u0000'))
        return done(refuse('The body holds the character NUL (\\u0000): expected text without it'));
      return parse(request, text, done);
    });
  },
  { name: 'plain-json' },
);
