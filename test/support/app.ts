import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { makeDeps } from '../../src/deps.ts';
import { ACCESS_SCOPES, type AccessScope } from '../../src/domain/access.ts';
import { hashKey } from '../../src/services/access.ts';
import type { RemoveKeptFiles } from '../../src/services/uploads/remove-kept-files.ts';
import type { Uploads } from '../../src/services/uploads/uploads.ts';
import type { Database } from '../../src/stores/database.ts';
import { testDatabase } from './database.ts';

type Test = { teardown: (handler: () => Promise<void>) => void };

/** What a request of a test may say; without a scope it is sent with a key of the scope `admin`. */
export type TestRequest = {
  /** Scope of the key; null sends none. */
  scope?: AccessScope | null;
  body?: unknown;
  headers?: Record<string, string>;
};

/** The service over a database of its own, with a key for each scope and a clock that stands still. */
export type TestApp = {
  app: FastifyInstance;
  database: Database;
  keys: Readonly<Record<AccessScope, string>>;
  /** The uploads of the service, for what is asked of them by no request. */
  uploads: Uploads;
  /** What the service does every hour with files that were kept for long. */
  removeKeptFiles: RemoveKeptFiles;
  /** What the service takes for now; may be set. */
  clock: { now: Date };
  send(
    method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'PATCH',
    url: string,
    request?: TestRequest,
  ): Promise<LightMyRequestResponse>;
};

/** The instant at which a test's clock stands unless it is set. */
export const TEST_NOW = '2026-11-22T12:00:00Z';

function keyFor(scope: AccessScope): string {
  return `test-key-with-the-scope-${scope}-and-more`;
}

/**
 * Builds the service for one test file; closed in teardown. `logs` receives the lines of the log; a `database` of the
 * test's own takes the place of a copy of the template.
 */
export async function testApp(t: Test, options: { logs?: string[]; database?: Database } = {}): Promise<TestApp> {
  const { logs, database = await testDatabase(t) } = options;
  const clock = { now: new Date(TEST_NOW) };
  const deps = makeDeps(database, { logLevel: 'info', version: '0.0.0-test' }, () => clock.now);
  const stream = { write: (line: string) => logs?.push(line) };
  const app = await buildApp({ ...deps, logger: { level: logs === undefined ? 'silent' : 'info', stream } });
  t.teardown(() => app.close());
  await database.prisma.apiKey.createMany({
    data: ACCESS_SCOPES.map((scope) => ({
      name: scope,
      scopes: [scope],
      hash: hashKey(keyFor(scope)),
      createdAt: clock.now,
    })),
  });
  const keys = Object.fromEntries(ACCESS_SCOPES.map((scope) => [scope, keyFor(scope)])) as TestApp['keys'];
  return {
    app,
    database,
    uploads: deps.uploads,
    removeKeptFiles: deps.removeKeptFiles,
    keys,
    clock,
    send: (method, url, { scope = 'admin', body, headers = {} } = {}) =>
      app.inject({
        method,
        url,
        headers: { ...(scope !== null && { authorization: `Bearer ${keys[scope]}` }), ...headers },
        ...(body !== undefined && { payload: body as object }),
      }),
  };
}
