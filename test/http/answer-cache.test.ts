import t from 'tap';
import { LIMITS } from '../../src/limits.ts';
import { testApp } from '../support/app.ts';
import { writeEstate, writeReadings } from '../support/estate.ts';
import { newestInstant } from '../support/newest-instant.ts';

const service = await testApp(t);
const { send, database } = service;
await writeEstate(service, [{ meter: 'G', activity: 'natural-gas', kind: 'billed' }]);
const bill = (quantity: number) => writeReadings(service, [{ meter: 'G', period: '2024/25', quantity }]);
await bill(1000);

const YEAR = '/v1/consumption?period=2024/25';

/** An answer, and whether anything was read for it beside the key. */
async function ask(url: string, options: Parameters<typeof send>[2] & { method?: 'GET' | 'HEAD' } = {}) {
  const { method = 'GET', ...request } = options;
  const snapshots = t.capture(database.snapshots, 'connect', database.snapshots.connect);
  const answer = await send(method, url, request);
  snapshots.restore();
  const { 'x-request-id': _, date: __, ...headers } = answer.headers;
  return { status: answer.statusCode, body: answer.body, headers, isWorkedOut: snapshots().length > 0 };
}

t.test('an answer is given again, to the byte, for as long as nothing is written', async (t) => {
  const { isWorkedOut, ...first } = await ask(YEAR);
  t.ok(isWorkedOut);
  t.strictSame(await ask(YEAR), { ...first, isWorkedOut: false });
  await bill(1100);
  const after = await ask(YEAR);
  t.ok(after.isWorkedOut);
  t.equal(JSON.parse(after.body).total.quantity.value, 1100);
  t.not(after.headers.etag, first.headers.etag);
});

t.test('another question, another day and another key have answers of their own', async (t) => {
  await ask(YEAR);
  t.ok((await ask(`${YEAR}&interval=month`)).isWorkedOut);
  t.ok((await ask(YEAR, { scope: 'read' })).isWorkedOut);
  t.notOk((await ask(YEAR, { scope: 'read' })).isWorkedOut);
  service.clock.now = new Date('2026-11-23T12:00:00Z');
  t.ok((await ask(YEAR)).isWorkedOut);
});

t.test('a caller may have it worked out anew', async (t) => {
  await ask(YEAR);
  for (const directive of ['no-cache', 'max-age=0, no-store'])
    t.ok((await ask(YEAR, { headers: { 'cache-control': directive } })).isWorkedOut, directive);
  t.notOk((await ask(YEAR)).isWorkedOut);
});

t.test('what was asked as of a moment stays, whatever is written', async (t) => {
  const url = `${YEAR}&asOf=${await newestInstant(database.pool)}`;
  const first = await ask(url);
  await bill(1200);
  const again = await ask(url);
  t.equal(again.body, first.body);
  t.notOk(again.isWorkedOut);
});

t.test('a page is given again with the link to the next', async (t) => {
  await writeEstate(service, [{ meter: 'H', site: 'T' }]);
  const first = await send('GET', '/v1/sites?limit=1');
  const again = await send('GET', '/v1/sites?limit=1');
  t.match(first.headers.link, /rel="next"/);
  t.equal(again.headers.link, first.headers.link);
  t.equal(again.headers['content-type'], first.headers['content-type']);
});

t.test('refusals, heads and tables are not remembered', async (t) => {
  for (const round of [1, 2]) {
    t.equal((await ask(`${YEAR}&site=none`)).status, 404, `round ${round}`);
    t.ok((await ask(`${YEAR}&groupBy=site`, { headers: { accept: 'text/csv' } })).isWorkedOut, `table, round ${round}`);
    const head = await ask(`${YEAR}&groupBy=meter`, { method: 'HEAD' });
    t.strictSame([head.status, head.body], [200, '']);
  }
  t.ok((await ask(`${YEAR}&groupBy=meter`)).isWorkedOut);
});

t.test('a key that is revoked opens no answer that it was given', async (t) => {
  const made = (await send('POST', '/v1/api-keys', { body: { name: 'board', scopes: ['read'] } })).json();
  const asked = () => send('GET', YEAR, { scope: null, headers: { authorization: `Bearer ${made.key}` } });
  t.equal((await asked()).statusCode, 200);
  await send('DELETE', `/v1/api-keys/${made.id}`);
  t.equal((await asked()).statusCode, 401);
});

t.test('one answer never takes the room of all others', (t) => {
  t.ok(LIMITS.cachedAnswerBytesMax * 16 <= LIMITS.answerCacheBytesMax);
  t.end();
});
