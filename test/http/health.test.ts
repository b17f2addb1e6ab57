import t from 'tap';
import { buildApp } from '../../src/app.ts';
import { makeDeps } from '../../src/deps.ts';
import { unconnectedDatabase } from '../../src/stores/unconnected-database.ts';
import { testApp } from '../support/app.ts';

const HEADERS = { authorization: 'Bearer a-key-that-nobody-can-look-up-just-now' };

t.test('the probes need no key, and the pages of the reference none either', async (t) => {
  const { send } = await testApp(t);
  const open = { scope: null };
  t.strictSame((await send('GET', '/health/live', open)).json(), { status: 'live' });
  t.strictSame((await send('GET', '/health/ready', open)).json(), { status: 'ready' });
  t.match((await send('GET', '/openapi.json', open)).json(), { openapi: '3.1.0', info: { title: 'Council Carbon' } });
  const page = await send('GET', '/docs/', open);
  t.match(page.headers['content-type'], /^text\/html/);
  t.notMatch(page.body, /(src|href)="https?:/, 'the page asks no other server for anything');
});

t.test('without its database the service lives, is not ready, and asks callers to come again', async (t) => {
  const database = unconnectedDatabase();
  const app = await buildApp(makeDeps(database, { logLevel: 'silent', version: '0.0.0-test' }, () => new Date()));
  t.teardown(async () => {
    await app.close();
    await database.close();
  });
  t.equal((await app.inject('/health/live')).statusCode, 200);
  for (const url of ['/health/ready', '/v1/sites']) {
    const answer = await app.inject({ url, headers: HEADERS });
    t.equal(answer.statusCode, 503, url);
    t.equal(answer.headers['retry-after'], '5');
    t.match(answer.json(), { type: 'urn:council-carbon:problem:busy' });
    t.notMatch(answer.body, /ECONNREFUSED|127\.0\.0\.1/);
  }
});
