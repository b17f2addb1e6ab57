import type { FastifyInstance } from 'fastify';
import { Refusal } from '../domain/refusal.ts';

/**
 * Takes a body of `text/csv` as text, on the routes of a plugin.
 * @throws Refusal `invalid-request` for what is not UTF-8.
 */
export function takeCsvBodies(app: FastifyInstance): void {
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => {
    const text = body.toString('utf8');
    if (Buffer.from(text, 'utf8').equals(body as Buffer)) return done(null, text);
    return done(new Refusal('invalid-request', 'The table is not valid UTF-8'));
  });
}
