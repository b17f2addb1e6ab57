import type { FastifySchema, RouteOptions } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { ACCESS_SCOPES, type AccessScope } from '../../domain/access.ts';
import { PROBLEM_MEDIA_TYPE } from '../problem.ts';
import { FaultSchema, ProblemSchema } from '../schemas/problem-schema.ts';
import { ref } from '../schemas/ref.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a key must be allowed to do. Every route under /v1 states it, or the process does not start. */
    scope?: AccessScope;
  }
}

const problemResponse = (description: string) => ({
  description,
  content: { [PROBLEM_MEDIA_TYPE]: { schema: ref(ProblemSchema) } },
});

const NO_QUERY = { type: 'object', properties: {}, additionalProperties: false };

function isVersioned(url: string): boolean {
  return url === '/v1' || url.startsWith('/v1/');
}

function checkScope({ method, url, config }: RouteOptions): AccessScope | undefined {
  const scope = config?.scope;
  if (isVersioned(url) && (scope === undefined || !ACCESS_SCOPES.includes(scope)))
    throw new Error(
      `${String(method)} ${url} states no access scope: set config.scope to one of ${ACCESS_SCOPES.join(', ')}`,
    );
  return scope;
}

function completed(schema: FastifySchema, scope: AccessScope | undefined): FastifySchema {
  return {
    ...schema,
    querystring: schema.querystring ?? NO_QUERY,
    security: scope === undefined ? [] : [{ bearer: [scope] }],
    response: {
      ...(schema.response as object | undefined),
      '4xx': problemResponse('The request was refused; the problem says why.'),
      '5xx': problemResponse('The service failed or is busy; the problem says which.'),
    },
  };
}

/**
 * What holds for every route, said once: the problem answers, which also keep stray error properties from leaving; the
 * refusal of unknown query parameters; the key it needs. Must be registered before any route and before the document.
 */
export const routeRules = fastifyPlugin(
  async (app) => {
    app.addSchema(FaultSchema);
    app.addSchema(ProblemSchema);
    app.addHook('onRoute', (route) => {
      const scope = checkScope(route);
      if (route.schema !== undefined) route.schema = completed(route.schema, scope);
      else if (scope !== undefined) throw new Error(`${String(route.method)} ${route.url} has no schema`);
    });
  },
  { name: 'route-rules' },
);
