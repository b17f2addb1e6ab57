import { randomUUID } from 'node:crypto';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import type { Deps } from './deps.ts';
import { answerClientError } from './http/client-error.ts';
import { healthRoutes } from './http/health-routes.ts';
import { withPeriodWhole } from './http/period-in-address.ts';
import { answerCache } from './http/plugins/answer-cache.ts';
import { authentication } from './http/plugins/authentication.ts';
import { closing } from './http/plugins/closing.ts';
import { buildSerializer } from './http/plugins/compile-when-used.ts';
import { entityTag } from './http/plugins/entity-tag.ts';
import { notFound } from './http/plugins/not-found.ts';
import { oneMoment } from './http/plugins/one-moment.ts';
import { openapi } from './http/plugins/openapi.ts';
import { plainJson } from './http/plugins/plain-json.ts';
import { problemDetails, sendProblem } from './http/plugins/problem-details.ts';
import { representation } from './http/plugins/representation.ts';
import { requestLog } from './http/plugins/request-log.ts';
import { routeRules } from './http/plugins/route-rules.ts';
import { createBuildValidator } from './http/plugins/validator-compiler.ts';
import { v1Routes } from './http/v1/v1-routes.ts';
import { LIMITS } from './limits.ts';

function createServer(deps: Deps): FastifyInstance {
  return fastify({
    logger: deps.logger,
    // One line per request is written by a plugin of our own.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: LIMITS.configurationBodyBytesMax,
    requestTimeout: LIMITS.requestTimeoutMs,
    keepAliveTimeout: LIMITS.keepAliveTimeoutMs,
    rewriteUrl: ({ url = '/' }) => withPeriodWhole(url),
    routerOptions: { maxParamLength: LIMITS.pathSegmentLengthMax },
    // A request that is already on an open connection is still answered while the service closes.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    schemaController: {
      compilersFactory: { buildValidator: createBuildValidator(), buildSerializer: buildSerializer() },
    },
    frameworkErrors: sendProblem,
    clientErrorHandler: answerClientError,
  });
}

/**
 * Builds the service without listening. It opens nothing and reads no environment: whatever it needs is in `deps`.
 */
export async function buildApp(deps: Deps): Promise<FastifyInstance> {
  const app = createServer(deps);
  await app.register(problemDetails);
  await app.register(plainJson);
  await app.register(requestLog);
  await app.register(closing);
  await app.register(notFound);
  await app.register(routeRules);
  await app.register(openapi, { version: deps.version });
  await app.register(authentication, { access: deps.access });
  await app.register(representation);
  await app.register(entityTag, { now: deps.now, version: deps.version });
  await app.register(answerCache);
  await app.register(oneMoment, { readServers: deps.readServers });
  await app.register(healthRoutes, { isReady: deps.isReady });
  await app.register(v1Routes, { prefix: '/v1', deps });
  return app;
}
