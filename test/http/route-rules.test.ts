import { fastify } from 'fastify';
import t from 'tap';
import { routeRules } from '../../src/http/plugins/route-rules.ts';

const schema = { operationId: 'x', response: { 204: { type: 'null' } } };

async function appWith(url: string, config: object, withSchema = true) {
  const app = fastify();
  await app.register(routeRules);
  await app.register(async (child) => {
    child.get(url, { config, ...(withSchema && { schema }) }, async (_request, reply) => reply.code(204).send());
  });
  return app.ready();
}

t.test('a route under /v1 without a scope stops the process at its start', async (t) => {
  for (const url of ['/v1', '/v1/x', '/v1/x/:y']) await t.rejects(appWith(url, {}), /states no access scope/, url);
  await t.rejects(appWith('/v1/x', { scope: 'everything' }), /states no access scope/);
});

t.test('a route with a scope and without a schema stops it, too', async (t) => {
  await t.rejects(appWith('/v1/x', { scope: 'read' }, false), /has no schema/);
});

t.test('a route with both, and one outside of /v1, are taken', async (t) => {
  await t.resolves(appWith('/v1/x', { scope: 'read' }));
  await t.resolves(appWith('/v1x', {}));
});
