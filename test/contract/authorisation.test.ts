import t from 'tap';
import { ACCESS_SCOPES, type AccessScope, allows } from '../../src/domain/access.ts';
import { testApp } from '../support/app.ts';
import { operationsOf } from '../support/operations.ts';

const { app, send } = await testApp(t);
await app.ready();
const operations = operationsOf(app.swagger());
const versioned = operations.filter(({ path }) => path.startsWith('/v1'));

/** An address of the path with something in every place. */
function urlOf(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, '1');
}

t.test('there are operations to look at', async (t) => {
  t.ok(versioned.length >= 15);
});

t.test('every address under /v1 needs a key, and states which', async (t) => {
  for (const { path, operation } of versioned) {
    const [security, ...others] = operation.security ?? [];
    t.strictSame(others, [], path);
    t.ok(ACCESS_SCOPES.includes(security?.bearer?.[0] as AccessScope), path);
  }
});

t.test('401 without a key and with an unknown one, for every operation, whatever else is sent', async (t) => {
  for (const { method, path } of versioned) {
    const url = urlOf(path);
    t.equal((await send(method, url, { scope: null })).statusCode, 401, `${method} ${url}`);
    const headers = { authorization: 'Bearer an-unknown-key-of-some-length-or-other' };
    t.equal(
      (await send(method, `${url}?no=such`, { scope: null, headers, body: { no: 'such' } })).statusCode,
      401,
      `${method} ${url}`,
    );
  }
});

t.test('403 for every key that does not have the scope, never for one that has', async (t) => {
  for (const { method, path, operation } of versioned) {
    const needed = operation.security?.[0]?.bearer?.[0] as AccessScope;
    for (const scope of ACCESS_SCOPES) {
      // Refused by its query after the key was looked at, so that nothing is changed here.
      const { statusCode } = await send(method, `${urlOf(path)}?no=such`, { scope });
      t.equal(statusCode === 403, !allows([scope], needed), `${method} ${path} with ${scope}: ${statusCode}`);
    }
  }
});

t.test('whatever needs no key lies outside of /v1', async (t) => {
  const open = operations.filter(({ operation }) => operation.security?.length === 0).map(({ path }) => path);
  t.strictSame(open, ['/health/live', '/health/ready']);
});
