import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const { send, database } = service;
await writeEstate(service, [{ meter: 'G', activity: 'natural-gas', kind: 'billed' }]);

type Answer = { asOf?: { requested: string; seq: string; recordedAt: string }; total: { quantity: { value: number } } };

const newest = async (): Promise<string> => {
  return newestInstant(database.pool);
};
const used = async (asOf: string) =>
  (await ask<Answer>(service, `/v1/consumption?period=2024/25&asOf=${asOf}`)).total.quantity.value;
const bill = (quantity: number) => writeReadings(service, [{ meter: 'G', period: '2024/25', quantity }]);

await bill(1000);
const first = await newest();
await bill(1100);
const second = await newest();

t.test('the answer is the one that was given then, and says what it was made from', async (t) => {
  const answer = await ask<Answer>(service, `/v1/consumption?period=2024/25&asOf=${first}`);
  t.match(answer, { asOf: { requested: first, recordedAt: first }, total: { quantity: { value: 1000 } } });
  t.equal(await used(second), 1100);
  t.equal(await used(second.replace('Z', '%2B00:00')), 1100);
  const before = new Date(Date.parse(second) - 1).toISOString();
  t.equal(await used(before), Date.parse(before) >= Date.parse(first) ? 1000 : 1100, 'just before the correction');
});

t.test('CSV as of a moment has the same rows', async (t) => {
  const csv = await send('GET', `/v1/consumption?period=2024/25&asOf=${first}`, { headers: { accept: 'text/csv' } });
  t.match(csv.body, /natural-gas,,1000,kWh/);
});

t.test('its tag stays whatever is written, and whatever day it is', async (t) => {
  const url = `/v1/consumption?period=2024/25&asOf=${second}`;
  const tag = String((await send('GET', url)).headers.etag);
  const plain = String((await send('GET', '/v1/consumption?period=2024/25')).headers.etag);
  await bill(1200);
  service.clock.now = new Date('2026-12-24T12:00:00Z');
  const again = await send('GET', url, { headers: { 'if-none-match': tag } });
  t.equal(again.statusCode, 304);
  t.equal(
    (await send('GET', '/v1/consumption?period=2024/25', { headers: { 'if-none-match': plain } })).statusCode,
    200,
  );
  t.equal(await used(second), 1100);
});

t.test('422: a moment that has not passed, today among them, and one before anything was known', async (t) => {
  const today = new Date().toISOString().slice(0, 10);
  for (const asOf of ['2199-01-01', '2199-01-01T00:00:00Z', today]) {
    const future = await send('GET', `/v1/emissions?period=2024/25&asOf=${asOf}`);
    t.match(future, { statusCode: 422 }, asOf);
    t.match(future.json(), { type: /as-of-in-future$/, errors: [{ pointer: '?asOf' }] });
    t.notOk(future.headers.etag);
  }
  const early = await send('GET', '/v1/emissions?period=2024/25&asOf=2020-06-01');
  t.equal(early.statusCode, 422);
  const { rows } = await database.pool.query('select min(c.recorded_at) as at from change c');
  t.match(early.json(), { type: /before-first-knowledge$/ });
  t.ok(early.json().detail.includes(rows[0].at.toISOString().slice(0, 19)), 'names the first instant');
});

t.test('400: what is no moment', async (t) => {
  for (const asOf of ['2025-02-30', 'last-tuesday', '2025-07-31T17:00:00']) {
    const refused = await send('GET', `/v1/consumption?period=2024/25&asOf=${asOf}`);
    t.match(refused.json(), { status: 400, errors: [{ pointer: '?asOf', code: 'invalid-as-of' }] }, asOf);
  }
  const unencoded = await send('GET', '/v1/consumption?period=2024/25&asOf=2025-07-31T17:00:00+00:00');
  t.match(unencoded.json().detail, /%2B/);
});

t.test('a site that is not known yet at the moment is unknown', async (t) => {
  await send('PUT', '/v1/sites/NEW', { body: { name: 'New' } });
  const asked = await send('GET', `/v1/consumption?period=2024/25&site=NEW&asOf=${second}`);
  t.match(asked.json(), { status: 404, type: /unknown-site$/ });
});
