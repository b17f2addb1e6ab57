import { fastifyPlugin } from 'fastify-plugin';

/**
 * One line per request: what was asked, by which key, and how it went. No bodies, no keys, no query: a query can hold
 * the name of a place.
 */
export const requestLog = fastifyPlugin(
  async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' });
    });
    app.addHook('onResponse', async (request, reply) => {
      const { config, schema, url } = request.routeOptions;
      request.log.info(
        {
          operationId: schema?.operationId,
          method: request.method,
          route: url ?? null,
          principal: config.scope === undefined ? undefined : request.principal?.label,
          status: reply.statusCode,
          durationMs: Math.round(reply.elapsedTime * 10) / 10,
        },
        'request',
      );
    });
  },
  { name: 'request-log' },
);
