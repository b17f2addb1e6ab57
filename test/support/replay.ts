import fc from 'fast-check';
import type { TestApp } from './app.ts';
import { dayHeader, dayRow, sendFile } from './uploads.ts';

/** One write of a random history. `at` and `size` choose what of the estate it touches. */
export type RandomWrite = { kind: (typeof KINDS)[number]; meter: number; at: number; size: number; value: number };

const KINDS = [
  'days',
  'days',
  'correction',
  'correction',
  'estimate',
  'interval',
  'bill',
  'upload',
  'upload',
  'undo',
  'undo',
  'move',
  'service',
  'control',
  'settings',
  'target',
  'tenant',
  'factors',
] as const;

const METERS = ['A', 'B', 'C', 'D'];
const SITES = ['S', 'T', 'U'];

/** The same random writes on every run. */
export function randomWrites(count: number): RandomWrite[] {
  const write = fc.record({
    kind: fc.constantFrom(...KINDS),
    meter: fc.nat({ max: METERS.length - 1 }),
    at: fc.nat({ max: 70 }),
    size: fc.integer({ min: 1, max: 12 }),
    value: fc.integer({ min: 1, max: 40 }),
  });
  return fc.sample(write, { numRuns: count, seed: 20_261_122 });
}

/** A day of July to September 2025. */
const day = (at: number): string => new Date(Date.UTC(2025, 6, 1 + at)).toISOString().slice(0, 10);
const halfHours = (value: number): number[] => Array.from({ length: 48 }, (_, index) => value + index / 8);
const meterOf = (index: number): string => METERS[index] ?? 'A';

async function put(service: TestApp, url: string, body: object): Promise<void> {
  const response = await service.send('PUT', url, { body });
  if (response.statusCode > 201) throw new Error(`${url}: ${response.body}`);
}

/** Posts readings; what is refused, such as a bill that overlaps another, is refused whole and is no change. */
async function post(service: TestApp, readings: object[]): Promise<void> {
  const response = await service.send('POST', '/v1/readings', { body: { readings } });
  if (response.statusCode >= 500) throw new Error(response.body);
}

function meterBody(index: number, fields: object = {}): object {
  const gas = { activity: 'natural-gas', unit: 'kWh', kind: 'billed' };
  const electricity = { activity: 'electricity', unit: 'kWh', kind: 'interval' };
  return { site: SITES[index % SITES.length], ...(index === 2 ? gas : electricity), ...fields };
}

function target(percent: number): object {
  return {
    name: `${percent} per cent`,
    boundary: { kind: 'organisation', name: 'Example council' },
    scopes: [1, 2],
    baseline: { period: '2024/25', kind: 'published', emissionsKgCo2e: 10_000, source: 'Report' },
    milestones: [{ period: '2029/30', reductionPercent: percent }],
    source: 'Cabinet',
  };
}

/** Writes what the history begins with. */
export async function writeBeginning(service: TestApp): Promise<void> {
  for (const site of SITES) await put(service, `/v1/sites/${site}`, { name: `Site ${site}`, category: 'office' });
  for (const index of METERS.keys()) await put(service, `/v1/meters/${meterOf(index)}`, meterBody(index));
  await put(service, '/v1/targets/estate', target(50));
}

/** Takes the newest factor set but one out of use, as a later edition of it would. */
async function supersedeFactors({ database }: TestApp): Promise<void> {
  await database.pool.query(`
    with drawn as (select nextval(pg_get_serial_sequence('change', 'id')) as id),
    gone as (
      update factor_set f set superseded_by = d.id from drawn d
      where f.key = 'uk-2025' and f.superseded_by is null returning d.id
    ), stamped as (
      update clock c set seq = c.seq + 1, config_seq = c.seq + 1,
        recorded_at = greatest(clock_timestamp(), c.recorded_at + interval '1 microsecond')
      where exists (select from gone) returning c.seq, c.recorded_at
    )
    insert into change (id, seq, recorded_at, kind, principal)
    select g.id, s.seq, s.recorded_at, 'factor-set', 'test' from gone g cross join stamped s`);
}

const upload = (service: TestApp, { meter, at, size, value }: RandomWrite) =>
  sendFile(
    service,
    '?clock=local',
    [
      dayHeader(),
      ...Array.from({ length: size }, (_, index) => dayRow(meterOf(meter), day(at + index), halfHours(value))),
    ].join('\n'),
  );

/** Undoes one of the uploads so far; one that is undone already is refused, which is no change. */
async function undo(service: TestApp, { at }: RandomWrite): Promise<void> {
  const { rows } = await service.database.pool.query('select u.id from upload u order by u.id');
  if (rows.length === 0) return;
  const response = await service.send('DELETE', `/v1/uploads/${rows[at % rows.length].id}`);
  if (response.statusCode >= 500) throw new Error(response.body);
}

const WRITERS: Record<RandomWrite['kind'], (service: TestApp, write: RandomWrite) => Promise<unknown>> = {
  days: (service, { meter, at, size, value }) =>
    post(
      service,
      Array.from({ length: size }, (_, index) => ({
        meter: meterOf(meter),
        day: day(at + index),
        resolutionMinutes: 30,
        values: halfHours(value),
      })),
    ),
  correction: (service, { meter, at, size, value }) => {
    const values: (number | null)[] = new Array(48).fill(null).map((_, index) => (index < size ? value : null));
    return post(service, [{ meter: meterOf(meter), day: day(at), resolutionMinutes: 30, values }]);
  },
  estimate: (service, { meter, at, value }) =>
    post(service, [
      { meter: meterOf(meter), day: day(at), resolutionMinutes: 30, values: halfHours(value), quality: 'estimated' },
    ]),
  interval: (service, { meter, at, size, value }) => {
    const start = new Date(Date.parse(`${day(at)}T00:00:00Z`) + size * 1_800_000);
    const end = new Date(start.getTime() + 1_800_000);
    return post(service, [
      { meter: meterOf(meter), start: start.toISOString(), end: end.toISOString(), quantity: value },
    ]);
  },
  bill: (service, { meter, at, size, value }) =>
    post(service, [{ meter: meterOf(meter), period: `${day(at)}/${day(at + size * 3)}`, quantity: value * 1000 }]),
  upload,
  undo,
  move: (service, { meter, at, value }) => {
    const placements = [{ site: SITES[meter % 3] }, { from: day(at), site: SITES[value % 3] }];
    return put(service, `/v1/meters/${meterOf(meter)}`, meterBody(meter, { site: undefined, placements }));
  },
  service: (service, { meter, at }) =>
    put(service, `/v1/meters/${meterOf(meter)}`, meterBody(meter, { from: { on: day(at), reason: 'built' } })),
  control: (service, { meter, at, value }) => {
    const control = [{ from: day(at), control: value % 2 === 0 ? 'leased-out' : 'outside', reason: 'let' }];
    return put(service, `/v1/sites/${SITES[meter % 3]}`, { name: `Site ${value}`, control });
  },
  settings: async (service, { value }) => {
    const settings = (await service.send('GET', '/v1/settings')).json();
    return put(service, '/v1/settings', { ...settings, reportingYearStart: value % 2 === 0 ? '04-01' : '01-01' });
  },
  target: (service, { value }) => put(service, '/v1/targets/estate', target(value)),
  tenant: (service, { at, value }) =>
    put(service, `/v1/meters/D`, meterBody(3, { parent: 'A', tenant: [{ name: `Tenant ${value}`, from: day(at) }] })),
  factors: supersedeFactors,
};

/** Writes one entry of a history. */
export async function applyWrite(service: TestApp, write: RandomWrite): Promise<void> {
  await WRITERS[write.kind](service, write);
}
