import { buildApp } from '../src/app.ts';
import { systemNow } from '../src/clock.ts';
import { makeDeps } from '../src/deps.ts';
import { unconnectedDatabase } from '../src/stores/unconnected-database.ts';
import { readVersion } from '../src/version.ts';

/** Where the committed document lies, from the root of the project. */
export const OPENAPI_FILE = 'openapi/openapi.json';

function sortedByKey<Value>(object: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The OpenAPI document of the routes as they stand, in an order that does not follow the order of registration. */
export async function openApiDocument(): Promise<Record<string, unknown>> {
  const database = unconnectedDatabase();
  const deps = makeDeps(database, { logLevel: 'silent', version: readVersion() }, systemNow);
  const app = await buildApp(deps);
  try {
    await app.ready();
    // A copy: what the plugin returns shares parts between operations.
    const document = JSON.parse(JSON.stringify(app.swagger()));
    const { components, paths } = document;
    return {
      ...document,
      paths: Object.fromEntries(
        Object.entries(sortedByKey(paths)).map(([path, item]) => [
          path,
          sortedByKey(item as object as Record<string, unknown>),
        ]),
      ),
      components: { ...components, schemas: sortedByKey(components.schemas) },
    };
  } finally {
    await app.close();
    await database.close();
  }
}

/** The document as it is written to the file. */
export async function openApiText(): Promise<string> {
  return `${JSON.stringify(await openApiDocument(), null, 2)}\n`;
}
