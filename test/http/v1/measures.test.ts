import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';

const service = await testApp(t);
const { send, database } = service;
await writeEstate(service, [{ meter: 'G', site: 'HALL', activity: 'natural-gas', kind: 'billed' }]);

const PUMP = {
  name: 'Air source heat pump',
  kind: 'heat-pump',
  site: 'HALL',
  status: 'planned',
  from: '2028-10-01',
  changes: [
    { activity: 'natural-gas', percent: -100 },
    { activity: 'electricity', replaces: { activity: 'natural-gas', efficiency: 0.84, performance: 2.8 } },
    { activity: 'water', perYear: -120, from: '2029-04-01' },
  ],
  costGbp: 640_000,
  costYear: 2026,
  source: 'Feasibility study of May 2026',
};
const put = (key: string, body: object) => send('PUT', `/v1/measures/${key}`, { body });

t.test('201, 200: a measure comes back as it was written, and the same again changes nothing', async (t) => {
  const created = await put('pump', PUMP);
  t.equal(created.statusCode, 201, created.body);
  const changes = PUMP.changes.map((change) => ({ ...change, unit: change.activity === 'water' ? 'm3' : 'kWh' }));
  t.strictSame(created.json(), { key: 'pump', ...PUMP, changes });
  const { seq, configSeq } = await database.prisma.clock.findFirstOrThrow();
  t.equal((await put('pump', PUMP)).statusCode, 200);
  t.equal((await database.prisma.clock.findFirstOrThrow()).seq, seq);
  t.ok(configSeq < seq, 'the estate is what it was');
  t.strictSame(await ask(service, '/v1/measures/pump'), created.json());
});

t.test('an idea is what is not said to be more; a closing states no change', async (t) => {
  const closing = {
    name: 'Close the hall',
    kind: 'closing',
    site: 'HALL',
    from: '2030-04-01',
    source: 'Property review',
  };
  t.strictSame((await put('close', closing)).json(), { key: 'close', ...closing, status: 'idea', changes: [] });
});

t.test('lists are by key and given as CSV', async (t) => {
  t.match(await ask(service, '/v1/measures'), { data: [{ key: 'close' }, { key: 'pump' }] });
  const { body } = await send('GET', '/v1/measures', { headers: { accept: 'text/csv' } });
  t.match(
    body,
    'pump,Air source heat pump,heat-pump,HALL,planned,2028-10-01,,natural-gas -100 %; electricity for natural-gas × 0.84 / 2.8; water -120 m3 a year,640000,2026,',
  );
});

t.test('what a measure was is kept, and a deleted one is found as of before', async (t) => {
  const { rows } = await database.pool.query<{ at: string }>(
    `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from clock`,
  );
  const before = rows[0]?.at ?? '';
  t.equal((await put('pump', { ...PUMP, costGbp: 700_000 })).statusCode, 200);
  t.equal((await send('DELETE', '/v1/measures/pump')).statusCode, 204);
  t.equal((await send('GET', '/v1/measures/pump')).json().type, 'urn:council-carbon:problem:unknown-measure');
  t.match(await ask(service, `/v1/measures/pump?asOf=${before}`), { costGbp: 640_000, asOf: { requested: before } });
});

const GAS = { activity: 'natural-gas', percent: -10 };
const REFUSED: [string, object, string][] = [
  ['a measure without a change', { changes: [] }, '/changes'],
  ['a closing with a change', { kind: 'closing' }, '/changes'],
  ['a change that says two things', { changes: [{ ...GAS, perYear: -5 }] }, '/changes/0'],
  ['a change that says nothing', { changes: [{ activity: 'natural-gas' }] }, '/changes/0'],
  ['more than all', { changes: [{ activity: 'natural-gas', percent: -101 }] }, '/changes/0/percent'],
  [
    'a unit that figures do not count in',
    { changes: [{ activity: 'natural-gas', unit: 'm3', perYear: -5 }] },
    '/changes/0/unit',
  ],
  ['a replacement of what is not removed', { changes: [PUMP.changes[1]] }, '/changes/0/replaces/activity'],
  [
    'a replacement of what only grows',
    { changes: [{ ...GAS, percent: 10 }, PUMP.changes[1]] },
    '/changes/1/replaces/activity',
  ],
  ['a change before its measure', { changes: [{ ...GAS, from: '2028-09-30' }] }, '/changes/0/from'],
  ['an end before the beginning', { to: '2028-10-01' }, '/to'],
  ['prices of a cost that is not stated', { costGbp: undefined }, '/costYear'],
  ['a measure that rests on nothing', { source: undefined }, '/source'],
];
for (const [name, fields, pointer] of REFUSED) {
  t.test(`400: ${name}`, async (t) => {
    const response = await put('x', { ...PUMP, ...fields });
    t.equal(response.statusCode, 400, response.body);
    t.ok(
      response.json().errors.some((fault: { pointer: string }) => fault.pointer === pointer),
      response.body,
    );
  });
}

t.test('404: a site that is not there', async (t) => {
  t.match((await put('x', { ...PUMP, site: 'NONE' })).json(), { status: 404, errors: [{ pointer: '/site' }] });
});
