import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send, database } = service;

type Coverage = { actual: number; estimated: number; missing: number };
type Figures = { data: { quantity: { value: number | null }; coverage: Coverage }[] };
type Slice = {
  start: string;
  quantity: number | null;
  origin: string | null;
  quality: string | null;
  estimates?: object[];
};
type Outcome = {
  estimated: { meter: string; start: string; end: string; method: string; quantity: number }[];
  left: { meter: string; reason: string }[];
  daysWritten: number;
  daysEnded: number;
  seq?: string;
};

const halves = (value: number, missing: readonly number[] = []) =>
  Array.from({ length: 48 }, (_, slot) => (missing.includes(slot) ? null : value));
const day = (meter: string, number: number, values: (number | null)[]) => ({
  meter,
  day: `2025-06-${String(number).padStart(2, '0')}`,
  values,
});
const PARTIAL = day('EL', 10, halves(2, [20, 21]));

await writeEstate(service, [
  { meter: 'EL', from: { on: '2025-06-01', reason: 'built' }, to: { on: '2025-07-01', reason: 'closed' } },
  {
    meter: 'G',
    activity: 'natural-gas',
    from: { on: '2025-06-01', reason: 'built' },
    to: { on: '2025-07-01', reason: 'closed' },
  },
]);
const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
await writeReadings(service, [
  ...numbers.filter((number) => number !== 10 && number !== 17).map((number) => day('EL', number, halves(2))),
  PARTIAL,
  ...numbers.filter((number) => number !== 17).map((number) => day('G', number, halves(1))),
]);

const post = async (body: object): Promise<{ status: number; outcome: Outcome }> => {
  const response = await send('POST', '/v1/estimates', { scope: 'write-readings', body });
  return { status: response.statusCode, outcome: response.json() };
};
const figure = async (query: string): Promise<Figures['data'][0] | undefined> =>
  (await ask<Figures>(service, `/v1/consumption?${query}`)).data[0];
const slices = async (query: string): Promise<Slice[]> =>
  (await ask<{ data: Slice[] }>(service, `/v1/meters/EL/readings?${query}`)).data;
/** Moments that later tests look back at. */
const moments: string[] = [];
const revisions = () => database.prisma.meterDayRevision.count();

t.test('a dry run says what would be estimated and keeps nothing', async (t) => {
  const { status, outcome } = await post({ period: '2025-06', meters: ['EL'], dryRun: true });
  t.equal(status, 200);
  t.match(outcome, {
    estimated: [
      { meter: 'EL', start: '2025-06-10', end: '2025-06-11', method: 'linear', quantity: 4 },
      { meter: 'EL', start: '2025-06-17', end: '2025-06-18', method: 'like-days', quantity: 96 },
    ],
    daysWritten: 2,
  });
  t.equal(outcome.seq, undefined);
  t.match(await figure('period=2025-06-17&meter=EL'), { quantity: { value: null }, coverage: { missing: 1 } });
});

t.test('estimates are kept as one change, with method and inputs; the same again changes nothing', async (t) => {
  const { status, outcome } = await post({ period: '2025-06' });
  t.equal(status, 201);
  t.equal(outcome.daysWritten, 3);
  t.match(await figure('period=2025-06&meter=EL'), {
    quantity: { value: 2880 },
    coverage: { missing: 0, estimated: 0.0347 },
  });
  const [whole] = await slices('period=2025-06-17&resolution=day');
  t.match(whole, { quantity: 96, origin: 'estimate', quality: 'estimated', estimates: [{ method: 'like-days' }] });
  const partial = await slices('period=2025-06-10&resolution=interval');
  t.match(partial[19], { quantity: 2, origin: 'interval', quality: 'actual' });
  t.equal(partial[19]?.estimates, undefined);
  t.match(partial[20], {
    quantity: 2,
    origin: 'estimate',
    quality: 'estimated',
    estimates: [
      { method: 'linear', start: '2025-06-10T09:00:00Z', end: '2025-06-10T10:00:00Z', inputs: { before: 2, after: 2 } },
    ],
  });
  const { information } = await ask<{ information: object[] }>(service, '/v1/data-quality?period=2025-06&meter=EL');
  t.match(information, [{ check: 'own-estimate', detail: /4 kWh over 1 hours.*linear/ }, { start: '2025-06-17' }]);
  const kept = await revisions();
  const again = await post({ period: '2025-06' });
  t.match([again.status, again.outcome.daysWritten, again.outcome.estimated.length], [200, 0, 3]);
  t.equal(await revisions(), kept);
});

t.test('estimates=exclude makes them missing again, in every figure of the month', async (t) => {
  t.match(await figure('period=2025-06-17&meter=EL&estimates=exclude'), {
    quantity: { value: null },
    coverage: { missing: 1 },
  });
  t.match(await figure('period=2025-06&meter=EL&estimates=exclude'), {
    quantity: { value: 2780 },
    coverage: { actual: 0.9653, estimated: 0, missing: 0.0347 },
  });
  const emissions = '/v1/emissions?period=2025-06&meter=EL&groupBy=meter&estimates=';
  const kg = async (word: string) =>
    (await ask<{ data: { emissionsKgCo2e: { scope2: number } }[] }>(service, emissions + word)).data[0]?.emissionsKgCo2e
      .scope2;
  t.equal(await kg('include'), 509.76);
  t.equal(await kg('exclude'), 492.06);
});

t.test('as of an earlier moment, what had been estimated by then is left out (rule A8)', async (t) => {
  const { rows } = await database.pool.query<{ at: string }>(
    `select to_char(c.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from change c order by c.seq`,
  );
  const estimated = rows.at(-1)?.at;
  const asked = (query: string) => ask<Figures>(service, `/v1/consumption?period=2025-06&meter=EL&${query}`);
  const without = await asked('estimates=exclude');
  const { asOf: _moment, ...then } = (await asked(`estimates=exclude&asOf=${estimated}`)) as Figures & { asOf: object };
  t.same(then, without, 'at the newest change the answer is that of now');
  t.match((await asked(`asOf=${estimated}`)).data[0], { quantity: { value: 2880 } });
  moments.push(`asOf=${estimated}`);
});

t.test('the same data again leaves an estimate standing; blanks do too', async (t) => {
  t.match(await writeReadings(service, [PARTIAL]), { days: { new: 0, changed: 0 } });
  await writeReadings(service, [
    day('EL', 17, halves(0, numbers.map((n) => n - 1).concat(Array.from({ length: 18 }, (_, i) => 30 + i)))),
  ]);
  t.match(await figure('period=2025-06&meter=EL'), { quantity: { value: 2880 } });
});

t.test('the first value that arrives ends the estimate of its day', async (t) => {
  await writeReadings(service, [day('EL', 17, halves(3, [47]))]);
  t.match(await figure('period=2025-06-17&meter=EL'), {
    quantity: { value: 141 },
    coverage: { actual: 0.9792, missing: 0.0208 },
  });
  const { outcome } = await post({ period: '2025-06', meters: ['EL'] });
  t.match(outcome, { daysWritten: 1, daysEnded: 0 });
  t.match(await slices('period=2025-06-17&resolution=day'), [
    { quantity: 143.5, quality: 'mixed', estimates: [{ method: 'linear' }] },
  ]);
  await writeReadings(service, [day('EL', 17, halves(3))]);
  t.match(await slices('period=2025-06-17&resolution=day'), [{ quantity: 144, quality: 'actual', origin: 'interval' }]);
  t.equal(await database.prisma.gapEstimate.count({ where: { supersededBy: null } }), 2, 'one of EL, one of G');
});

t.test('a bill rules what it covers, and its estimates end (rule E1)', async (t) => {
  await writeReadings(service, [{ meter: 'G', period: '2025-06', quantity: 1500 }]);
  t.match(await figure('period=2025-06-17&meter=G'), {
    quantity: { value: 108 },
    coverage: { actual: 1, estimated: 0 },
  });
  t.match((await post({ period: '2025-06', meters: ['G'] })).outcome, { estimated: [], left: [], daysWritten: 0 });
});

t.test('an estimate that no longer follows from the evidence ends', async (t) => {
  const settings = (await send('GET', '/v1/settings')).json();
  const body = {
    ...settings,
    estimation: { ...settings.estimation, linear: { hoursMax: 0 }, likeDays: { likeDaysMin: 20 } },
  };
  t.equal((await send('PUT', '/v1/settings', { body })).statusCode, 200);
  t.match((await post({ period: '2025-06', meters: ['EL'] })).outcome, {
    daysEnded: 1,
    left: [{ reason: 'too-little-data' }],
  });
  t.match(await figure('period=2025-06-10&meter=EL'), { quantity: { value: 92 }, coverage: { estimated: 0 } });
});

t.test('the methods, their limits and the precedence of evidence are published', async (t) => {
  const methods = await ask<{ precedence: object[]; methods: { method: string }[]; limits: object }>(
    service,
    '/v1/estimation-methods',
  );
  t.match(methods.precedence[0], { rank: 1, evidence: 'interval-actual' });
  t.match(methods.precedence.at(-1), { rank: 7, evidence: 'own-estimate' });
  t.match(methods, { limits: { linear: { hoursMax: 0 }, likeDays: { daysMax: 7 }, accrual: { daysMax: 35 } } });
  t.same(
    methods.methods.map(({ method }) => method),
    ['linear', 'like-days', 'degree-days', 'year-before', 'accrual'],
  );
});

t.test('what cannot be estimated is refused', async (t) => {
  const refused = async (body: object, scope: 'read' | 'write-readings' = 'write-readings') =>
    (await send('POST', '/v1/estimates', { scope, body })).statusCode;
  t.equal(await refused({ period: '2025-06' }, 'read'), 403);
  t.equal(await refused({ period: '2025-06', meters: ['NONE'] }), 404);
  t.equal(await refused({ period: '2025-06', meters: [] }), 400);
  t.equal(await refused({ period: '2024-25' }), 400);
  t.equal(await refused({ period: '2025-06', force: true }), 400);
  t.equal(await refused({ period: '2027/28' }), 200, 'nothing of it has passed');
});

t.test('a moment before an estimate ended still leaves it out, and shows it', async (t) => {
  const query = `period=2025-06&meter=EL&${moments[0]}`;
  t.match(await figure(`${query}&estimates=exclude`), { quantity: { value: 2780 }, coverage: { missing: 0.0347 } });
  t.match(await figure(query), { quantity: { value: 2880 }, coverage: { missing: 0 } });
});
