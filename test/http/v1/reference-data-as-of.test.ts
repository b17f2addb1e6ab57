import t from 'tap';
import { LAYOUT_EXAMPLE } from '../../../src/http/v1/layouts/example.ts';
import { testApp } from '../../support/app.ts';
import { ask } from '../../support/estate.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
type Row = Record<string, unknown>;
type Read = Row & { asOf?: { requested: string }; data?: Row[]; page?: { nextCursor?: string } };
const read = (url: string) => ask<Read>(service, url);
async function send(method: 'PUT' | 'POST' | 'DELETE', url: string, body?: object | string): Promise<void> {
  const headers = typeof body === 'string' ? { 'content-type': 'text/csv' } : {};
  const response = await service.send(method, url, { headers, ...(body !== undefined && { body }) });
  if (response.statusCode > 204) throw new Error(`${url}: ${response.body}`);
}
async function now(): Promise<string> {
  return newestInstant(service.database.pool);
}

const network = (name: string) => ({ name, operatedBy: 'third-party' });
const mix = (publisher: string) => ({
  ...{ publisher, gasBasis: 'co2', factor: 0.3, source: 'a test', licence: 'a test' },
  ...{ from: '2025-04-01', to: '2026-04-01' },
});
const certificates = (retiredFor: string) => ({
  ...{ kind: 'rego', kWh: 40000, factor: 0, from: '2025-04-01', to: '2026-04-01', meters: ['EL'], retiredFor },
  ...{ certificateYear: '2025/26', criteriaMet: [], evidence: { description: 'a test' } },
});
const calorific = (mjPerM3: number) => ({ values: [{ zone: 'WM', day: '2025-10-01', mjPerM3 }] });
const grid = (actual: number) => ({
  data: [{ from: '2025-06-01T00:00Z', to: '2025-06-01T00:30Z', intensity: { forecast: 200, actual } }],
});
const POSTCODES = 'pcds,lsoa21\nCV1 5RR,E01009652\n';
const areas = (source: string) => `/v1/area-tables/postcodes?source=${source}&geography=2021`;

await send('PUT', '/v1/sites/S', { name: 'S' });
await send('PUT', '/v1/meters/EL', { site: 'S', activity: 'electricity', unit: 'kWh' });
await send('PUT', '/v1/heat-networks/heatline', network('First'));
await send('PUT', '/v1/heat-networks/gone', network('Gone'));
await send('PUT', '/v1/residual-mixes/m', mix('First'));
await send('PUT', '/v1/instruments/i', certificates('First'));
await send('PUT', '/v1/layouts/supplier', LAYOUT_EXAMPLE);
await send('POST', '/v1/calorific-values', calorific(39.4));
await send('POST', '/v1/grid-intensity', grid(240));
await send('PUT', areas('first'), POSTCODES);
const then = await now();
await send('PUT', '/v1/heat-networks/heatline', network('Second'));
await send('DELETE', '/v1/heat-networks/gone');
await send('PUT', '/v1/heat-networks/later', network('Later'));
await send('PUT', '/v1/residual-mixes/m', mix('Second'));
await send('PUT', '/v1/instruments/i', certificates('Second'));
await send('DELETE', '/v1/layouts/supplier');
await send('POST', '/v1/calorific-values', calorific(39.6));
await send('POST', '/v1/grid-intensity', grid(250));
await send('PUT', areas('second'), POSTCODES);

const asOf = `asOf=${then}`;
const echo = { requested: then, recordedAt: then };

t.test('bought energy is read as it stood, and says so (rule A8)', async (t) => {
  t.match(await read('/v1/heat-networks/heatline'), { name: 'Second' });
  t.match(await read(`/v1/heat-networks/heatline?${asOf}`), { name: 'First', asOf: echo });
  t.match(await read(`/v1/heat-networks/gone?${asOf}`), { name: 'Gone' });
  t.equal((await service.send('GET', `/v1/heat-networks/later?${asOf}`)).statusCode, 404);
  t.match(await read(`/v1/residual-mixes/m?${asOf}`), { publisher: 'First', asOf: echo });
  t.match(await read(`/v1/instruments/i?${asOf}`), { retiredFor: 'First', asOf: echo });
  t.match(await read(`/v1/instruments?${asOf}`), { asOf: echo, data: [{ key: 'i', retiredFor: 'First' }] });
  t.match(await read('/v1/instruments'), { data: [{ key: 'i', retiredFor: 'Second' }] });
});

t.test('lists are those of the moment, page by page', async (t) => {
  const first = await read(`/v1/heat-networks?limit=1&${asOf}`);
  t.match(first, { asOf: echo, data: [{ key: 'gone' }] });
  const cursor = first.page?.nextCursor;
  const second = await read(`/v1/heat-networks?limit=1&${asOf}&cursor=${cursor}`);
  t.strictSame(
    second.data?.map(({ key }) => key),
    ['heatline'],
  );
  t.notOk(second.page?.nextCursor);
  t.equal((await service.send('GET', `/v1/heat-networks?limit=1&cursor=${cursor}`)).statusCode, 400);
});

t.test('kept layouts, calorific values, grid intensities and tables of areas likewise', async (t) => {
  t.equal((await service.send('GET', '/v1/layouts/supplier')).statusCode, 404);
  t.match(await read(`/v1/layouts/supplier?${asOf}`), { name: 'supplier', asOf: echo });
  t.match(await read(`/v1/layouts?${asOf}`), { asOf: echo, data: [{ name: 'supplier' }] });
  t.match(await read('/v1/calorific-values'), { data: [{ mjPerM3: 39.6 }] });
  t.match(await read(`/v1/calorific-values?${asOf}`), { asOf: echo, data: [{ mjPerM3: 39.4 }] });
  t.match(await read('/v1/grid-intensity'), { data: [{ gPerKwh: 250 }] });
  t.match(await read(`/v1/grid-intensity?${asOf}`), { asOf: echo, data: [{ gPerKwh: 240 }] });
  t.match(await read('/v1/area-tables/postcodes'), { source: 'second' });
  t.match(await read(`/v1/area-tables/postcodes?${asOf}`), { source: 'first', asOf: echo });
  t.match(await read(`/v1/area-tables?${asOf}`), { asOf: echo, data: [{ table: 'postcodes', source: 'first' }] });
});

t.test('factors, fits and references say which moment they answered with', async (t) => {
  for (const url of ['/v1/factors?limit=1', '/v1/weather-fits?period=2025', '/v1/reference-degree-days?limit=1'])
    t.match(await read(`${url}&${asOf}`), { asOf: echo }, url);
  t.match(await read(`/v1/degree-days?${asOf}`), { asOf: echo });
});
