import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const { send } = service;
type Echo = { requested: string; seq: string; recordedAt: string };
type Read = { asOf?: Echo; name?: string; data?: { key: string; name?: string }[]; page?: { nextCursor?: string } };
const read = (url: string) => ask<Read>(service, url);

/** The instant of the newest change: an answer as of it knows all until now. */
async function now(): Promise<string> {
  return newestInstant(service.database.pool);
}

const TARGET = {
  name: 'First wording',
  boundary: { kind: 'organisation', name: 'The council' },
  scopes: [1, 2],
  baseline: { period: '2019/20', kind: 'computed' },
  milestones: [{ period: '2030/31', reductionPercent: 50 }],
  source: 'a test',
};
const EL = { site: 'A', activity: 'electricity', unit: 'kWh' };
const start = await now();
await writeEstate(service, [{ meter: 'EL', site: 'A', name: 'First meter' }]);
await send('PUT', '/v1/sites/A', { body: { name: 'First', portfolio: 'schools', category: 'office' } });
await send('PUT', '/v1/sites/GONE', { body: { name: 'Gone', category: 'office' } });
await send('PUT', '/v1/targets/own', { body: TARGET });
const then = await now();
const settingsThen = await read('/v1/settings');
await send('PUT', '/v1/sites/A', { body: { name: 'Second', portfolio: 'leisure', category: 'office' } });
await send('DELETE', '/v1/sites/GONE');
await send('PUT', '/v1/sites/NEW', { body: { name: 'New', category: 'office' } });
await send('PUT', '/v1/meters/EL', { body: { ...EL, name: 'Second meter' } });
await send('PUT', '/v1/meters/LATER', { body: EL });
await send('PUT', '/v1/targets/own', { body: { ...TARGET, name: 'Second wording' } });
await send('PUT', '/v1/settings', { body: { ...settingsThen, organisation: 'Renamed council' } });

const echo = { requested: then, recordedAt: then };

t.test('a site, a meter, a target and the settings are read as they stood, and say so (rule A8)', async (t) => {
  t.match(await read('/v1/sites/A'), { name: 'Second', portfolio: 'leisure' });
  t.match(await read(`/v1/sites/A?asOf=${then}`), { name: 'First', portfolio: 'schools', asOf: echo });
  t.match(await read(`/v1/meters/EL?asOf=${then}`), { name: 'First meter', asOf: echo });
  t.match(await read(`/v1/targets/own?asOf=${then}`), { name: 'First wording', asOf: echo });
  const { asOf, ...settings } = await read(`/v1/settings?asOf=${then}`);
  t.match(asOf, echo);
  t.strictSame(settings, settingsThen);
  t.notOk('asOf' in (await read('/v1/sites/A')), 'what stands now says nothing of a moment');
});

t.test('what was deleted since is there, what came since is not', async (t) => {
  t.match(await read(`/v1/sites/GONE?asOf=${then}`), { name: 'Gone' });
  t.equal((await send('GET', '/v1/sites/GONE')).statusCode, 404);
  for (const address of ['sites/NEW', 'meters/LATER'])
    t.equal((await send('GET', `/v1/${address}?asOf=${then}`)).statusCode, 404, address);
  t.equal((await send('GET', `/v1/targets/own?asOf=${start}`)).statusCode, 404);
});

t.test('lists are those of the moment, filters and pages too', async (t) => {
  const keys = async (url: string) => (await read(url)).data?.map(({ key }) => key);
  t.strictSame(await keys('/v1/sites?category=office'), ['A', 'NEW']);
  t.strictSame(await keys(`/v1/sites?category=office&asOf=${then}`), ['A', 'GONE']);
  t.strictSame(await keys(`/v1/sites?portfolio=schools&asOf=${then}`), ['A']);
  t.strictSame(await keys('/v1/sites?portfolio=schools'), []);
  t.strictSame(await keys(`/v1/meters?asOf=${then}`), ['EL']);
  const targets = await read(`/v1/targets?boundary=organisation&asOf=${then}`);
  t.match(targets, { asOf: echo, data: [{ key: 'own', name: 'First wording' }] });
  const first = await read(`/v1/sites?limit=1&asOf=${then}`);
  const cursor = first.page?.nextCursor ?? '';
  t.match(await read(`/v1/sites?limit=1&asOf=${then}&cursor=${cursor}`), { asOf: echo, data: [{ key: 'GONE' }] });
  t.equal((await send('GET', `/v1/sites?limit=1&cursor=${cursor}`)).statusCode, 400, 'a page is of one moment');
});

t.test('the same moment is given as CSV', async (t) => {
  const response = await send('GET', `/v1/sites?asOf=${then}`, { headers: { accept: 'text/csv' } });
  t.match(response.body, /^A,First,/m);
});

t.test('a moment that cannot be asked for is refused', async (t) => {
  for (const address of ['sites', 'sites/A', 'meters', 'meters/EL', 'targets', 'targets/own', 'settings']) {
    t.match((await send('GET', `/v1/${address}?asOf=2000-01-01`)).json(), { type: /before-first-knowledge/ }, address);
    t.match((await send('GET', `/v1/${address}?asOf=2100-01-01`)).json(), { type: /as-of-in-future/ }, address);
  }
  t.match((await send('GET', '/v1/settings?asOf=yesterday1')).json(), { errors: [{ pointer: '?asOf' }] });
});
