import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import type { Now } from '../../clock.ts';
import { localDayOf } from '../../domain/calendar.ts';
import type { LocalDay } from '../../domain/local-day.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for reads that follow from the store and the local date alone: they carry an ETag made of both. */
    entityTag?: boolean;
  }
  interface FastifyRequest {
    /** The tag of the answer, or null where the route has none. */
    entityTag: string | null;
  }
}

/** Everything a tagged answer depends on. */
type TagInputs = {
  /** Version of the program: another version may answer otherwise. */
  version: string;
  /** Newest change of the store, read before the data; null for an answer about the past, which no change alters. */
  clockSeq: bigint | null;
  keyId: number;
  representation: string;
  /** Today, because running periods and present values move with it; null for an answer about the past. */
  today: LocalDay | null;
  url: string;
};

/** Whether a request asks for what was known at a moment that it names. */
function asksForThePast({ query }: FastifyRequest): boolean {
  return typeof query === 'object' && query !== null && 'asOf' in query;
}

/** A weak tag: equal inputs give an answer of equal meaning. */
export function weakEtag(inputs: TagInputs): string {
  const { version, clockSeq, keyId, representation, today, url } = inputs;
  const text = JSON.stringify([version, String(clockSeq), keyId, representation, today, url]);
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/** Whether an `If-None-Match` header names the tag (weak comparison). */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag.slice(2));
}

/**
 * Answers `If-None-Match` before the handler runs and before any query of its own: the newest change came with the key.
 * That number is read before the data, so a tag can be older than its answer but never newer.
 */
export const entityTag = fastifyPlugin<{ now: Now; version: string }>(
  async (app, { now, version }) => {
    app.decorateRequest('entityTag', null);
    app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
      if (request.routeOptions.config.entityTag !== true) return;
      const past = asksForThePast(request);
      const { clockSeq, principal, representation, url } = request;
      request.entityTag = weakEtag({
        version,
        clockSeq: past ? null : clockSeq,
        keyId: principal.keyId,
        representation,
        today: past ? null : localDayOf(now()),
        url,
      });
      if (namesTag(request.headers['if-none-match'], request.entityTag)) return reply.code(304).send();
    });
    app.addHook('onSend', async (request, reply) => {
      if (request.entityTag === null || (reply.statusCode !== 200 && reply.statusCode !== 304)) return;
      reply.headers({ etag: request.entityTag, 'cache-control': 'private, no-cache', vary: 'accept, authorization' });
    });
  },
  { name: 'entity-tag', dependencies: ['authentication', 'representation'] },
);
