import { LAYOUT_EXAMPLE } from '../../src/http/v1/layouts/example.ts';
import type { TestApp } from './app.ts';
import { ask, writeEstate, writeReadings } from './estate.ts';
import { REGO } from './market.ts';
import { DRAFT } from './statements.ts';
import { dayHeader, dayRow, numbered, sendFile } from './uploads.ts';
import { postMonths, STANDARD_YEAR } from './weather.ts';

/** A change as the log answers it. */
export type LoggedChange = {
  seq: string;
  recordedAt: string;
  kind: string;
  by: string;
  upload?: string;
  touched: { subject: string; count: number; keys: string[] }[];
  days?: { start: string; end: string };
  factorChange?: Record<string, unknown>;
};
export type LogPage = { data: LoggedChange[]; page: { nextCursor?: string; resumeCursor: string } };

const SINCE = { from: { on: '2024-04-01', reason: 'opened' } };

const HALVE = {
  name: 'Halve',
  boundary: { kind: 'organisation', name: 'Council' },
  scopes: [1, 2],
  lines: ['generation', 'combustion'],
  baseline: { period: '2024/25', kind: 'computed', source: 'own data' },
  milestones: [{ period: '2030/31', reductionPercent: 50, source: 'plan' }],
  source: 'plan',
};

const BENCHMARK = {
  source: 'Invented for a test',
  validFrom: '2024-01-01',
  uses: [
    {
      use: 'office',
      name: 'Office (invented)',
      electricityKwhPerM2: 80.5,
      fossilThermalKwhPerM2: 100,
      siteCategories: ['office'],
    },
  ],
};

const CERTIFICATE = {
  site: 'HALL',
  kind: 'dec',
  issuedOn: '2025-05-01',
  nominatedOn: '2025-04-30',
  rating: 80,
  floorAreaM2: 1000,
};

/** Sends a request that writes, and fails where it is refused. */
async function write(service: TestApp, request: string, body?: unknown, type = 'application/json') {
  const [method = 'PUT', path = ''] = request.split(' ') as ['PUT' | 'POST' | 'DELETE', string];
  const headers = { 'content-type': type };
  const response = await service.send(method, `/v1/${path}`, body === undefined ? {} : { body, headers });
  if (response.statusCode >= 300) throw new Error(`${request}: ${response.body}`);
  return response.body === '' ? {} : response.json();
}

/** Readings of 2025: bills of electricity and of gas by volume, dial readings, single days, and a file that is taken back. */
async function writeData(service: TestApp): Promise<string> {
  await writeReadings(service, [
    { meter: 'EL', period: '2024/25', quantity: 365_000 },
    { meter: 'POOL', period: '2025-03', quantity: 3100 },
  ]);
  await writeReadings(service, [
    { meter: 'POOL', day: '2025-04-01', resolutionMinutes: 1440, values: [90] },
    { meter: 'GAS', period: '2025-01', volume: 1000, volumeUnit: 'm3', calorificValue: 39.4 },
    { meter: 'DIAL', readAt: '2025-03-01T09:00:00Z', value: 100, readType: 'actual' },
  ]);
  await writeReadings(service, [{ meter: 'DIAL', readAt: '2025-03-11T09:00:00Z', value: 200, readType: 'actual' }]);
  const rows = [
    dayRow('POOL', '2025-04-02', numbered(48)),
    dayRow('POOL', '2025-04-03', numbered(48)),
    dayRow('EL', '2025-04-03', numbered(48)),
  ];
  const file = [dayHeader(), ...rows].join('\n');
  const { body } = await sendFile(service, '?clock=local', file);
  await write(service, `DELETE uploads/${body.id}`);
  return body.id;
}

/** Writes something of every kind that a request can write, and takes some of it back; tells the upload and the statement. */
export async function writeEveryKind(service: TestApp): Promise<{ upload: string; statement: string }> {
  await writeEstate(service, [
    { meter: 'EL', site: 'HALL', ...SINCE },
    { meter: 'POOL', site: 'POOL', ...SINCE },
    { meter: 'DIAL', site: 'POOL', kind: 'register', dials: 5, ...SINCE },
    { meter: 'GAS', site: 'HALL', activity: 'natural-gas', calorificZone: 'WM', heatingShare: 1, ...SINCE },
  ]);
  const upload = await writeData(service);
  await write(service, 'PUT instruments/rego', { ...REGO, name: 'R', kWh: 1000, meters: ['EL'] });
  const closing = { name: 'Close it', kind: 'closing', site: 'HALL', from: '2030-04-01', source: 'A review' };
  await write(service, 'PUT measures/close', closing);
  const fleet = { scope: 1, kgCo2e: 1000, method: 'Litres', source: 'Fuel cards' };
  await write(service, 'PUT other-emissions/fleet/2024%2F25', fleet);
  await write(service, 'PUT closures/easter', {
    name: 'Easter',
    firstDay: '2025-04-14',
    lastDay: '2025-04-25',
    sites: ['HALL'],
  });
  await write(service, 'DELETE closures/easter');
  await write(service, 'PUT targets/halve', HALVE);
  const statement = await write(service, 'POST statements', DRAFT);
  await write(service, 'PUT certificates/0000-0000-0000-0000-0001', CERTIFICATE);
  await write(service, 'PUT certificates/0000-0000-0000-0000-0001', { ...CERTIFICATE, site: 'POOL' });
  await write(service, 'PUT benchmarks/invented/1', BENCHMARK);
  await write(service, 'PUT layouts/datavision', LAYOUT_EXAMPLE);
  await write(service, 'PUT area-tables/postcodes?source=A%20test', 'pcds,lsoa21cd\nCV1 5RR,E01000001\n', 'text/csv');
  const intensity = { from: '2025-06-01T22:30Z', to: '2025-06-01T23:00Z', intensity: { forecast: 100, index: 'low' } };
  const next = { ...intensity, from: '2025-06-01T23:00Z', to: '2025-06-01T23:30Z' };
  await write(service, 'POST grid-intensity', { data: [intensity, next] });
  await write(service, 'POST calorific-values', { values: [{ zone: 'WM', day: '2025-01-01', mjPerM3: 39.5 }] });
  await postMonths(service, '2025-01', [300, 250]);
  const series = [{ region: 'midland', kind: 'heating', baseTemperatureC: 15.5, months: [...STANDARD_YEAR] }];
  await write(service, 'PUT reference-degree-days/standard', { name: 'S', source: 'A test', series });
  await write(service, 'PUT settings', {
    ...(await ask<object>(service, '/v1/settings')),
    organisation: 'Council',
  });
  return { upload, statement: statement.id };
}
