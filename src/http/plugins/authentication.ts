import type { FastifyReply, FastifyRequest } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { allows, type Principal } from '../../domain/access.ts';
import { LIMITS } from '../../limits.ts';
import type { Access } from '../../services/access.ts';
import { ProtocolError } from '../protocol-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking. Only set on routes that state a scope. */
    principal: Principal;
    /** The change of the store that was the newest when the request came in: read before any data of the answer. */
    clockSeq: bigint;
  }
}

const CHALLENGE = 'Bearer realm="council-carbon"';

function readBearer(header: string | undefined): string {
  const challenge = { 'www-authenticate': CHALLENGE };
  if (header === undefined)
    throw new ProtocolError(
      'unauthenticated',
      'No API key was sent: expected the header Authorization: Bearer <key>',
      challenge,
    );
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header)?.[1];
  if (token === undefined || token.length > LIMITS.bearerKeyLengthMax)
    throw new ProtocolError('unauthenticated', 'The Authorization header is not of the form Bearer <key>', challenge);
  return token;
}

async function admit(access: Access, request: FastifyRequest): Promise<void> {
  const { scope } = request.routeOptions.config;
  if (scope === undefined) return;
  const admitted = await access.admit(readBearer(request.headers.authorization));
  if (admitted === null)
    throw new ProtocolError('unauthenticated', 'The API key is not known, has expired or was revoked', {
      'www-authenticate': `${CHALLENGE}, error="invalid_token"`,
    });
  if (!allows(admitted.principal.scopes, scope))
    throw new ProtocolError('forbidden', `The API key does not have the scope ${scope}, which this needs`, {
      'www-authenticate': `${CHALLENGE}, error="insufficient_scope", scope="${scope}"`,
    });
  request.principal = admitted.principal;
  request.clockSeq = admitted.clockSeq;
}

/**
 * Admits the holder of an API key to routes that state a scope, before the body is read. An address that does not exist
 * is answered without a key. Answers to a key are for its holder alone and are not stored by caches.
 */
export const authentication = fastifyPlugin<{ access: Access }>(
  async (app, { access }) => {
    // The placeholder is never seen: every route either states a scope, and is admitted first, or needs no principal.
    app.decorateRequest('principal', null as unknown as Principal);
    app.decorateRequest('clockSeq', 0n);
    app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
      if (request.routeOptions.config.scope !== undefined) reply.header('cache-control', 'no-store');
      await admit(access, request);
    });
  },
  { name: 'authentication', dependencies: ['route-rules'] },
);
