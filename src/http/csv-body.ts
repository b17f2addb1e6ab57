import type { FastifyInstance } from 'fastify';
import { Refusal } from '../domain/refusal.ts';

/** Takes tables as CSV in this scope: the body is their text. */
export function takeCsvText(app: FastifyInstance): void {
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => {
    const text = body.toString('utf8');
    if (Buffer.from(text, 'utf8').equals(body as Buffer)) return done(null, text);
    return done(new Refusal('invalid-request', 'The table is not valid UTF-8'));
  });
}
