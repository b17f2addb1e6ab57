import t from 'tap';
import { testApp } from '../../support/app.ts';

const service = await testApp(t);
const { send } = service;
const { pool, prisma } = service.database;

const MPAN = '1200023305967';
const ELECTRICITY = { site: 'CH-001', activity: 'electricity', unit: 'kWh', kind: 'interval' };
for (const key of ['CH-001', 'CH-002']) await send('PUT', `/v1/sites/${key}`, { body: { name: key } });

t.test('201: a new meter is answered as it is stored, with the defaults written down', async (t) => {
  const response = await send('PUT', `/v1/meters/${MPAN}`, { body: ELECTRICITY });
  t.equal(response.statusCode, 201);
  t.strictSame(response.json(), {
    key: MPAN,
    ...ELECTRICITY,
    placements: [{ site: 'CH-001' }],
    direction: 'import',
    multiplier: 1,
    serials: [],
    aliases: [],
    warnings: [],
  });
  t.strictSame((await send('GET', `/v1/meters/${MPAN}`, { scope: 'read' })).json(), response.json());
});

t.test('200: the same meter again changes nothing; the full MPAN of the bill is the same meter', async (t) => {
  const { seq } = await prisma.clock.findUniqueOrThrow({ where: { id: 1 } });
  t.equal((await send('PUT', `/v1/meters/${MPAN}`, { body: ELECTRICITY })).statusCode, 200);
  t.equal((await send('PUT', `/v1/meters/008010A5${MPAN}`, { body: ELECTRICITY })).statusCode, 200);
  t.match((await send('GET', `/v1/meters/008010A5${MPAN}`)).json(), { key: MPAN });
  t.equal((await prisma.clock.findUniqueOrThrow({ where: { id: 1 } })).seq, seq);
});

t.test('every field comes back as it was sent', async (t) => {
  await send('PUT', '/v1/meters/BOILER-GAS', { body: { ...ELECTRICITY, activity: 'natural-gas' } });
  const body = {
    name: 'Biomass boiler, heat side',
    placements: [{ site: 'CH-001' }, { from: '2025-01-15', site: 'CH-002' }],
    activity: 'wood-pellets',
    unit: 'kWh',
    kind: 'register',
    direction: 'import',
    parent: 'BOILER-GAS',
    serials: ['E12 Z/3', 'K-7'],
    aliases: ['Boiler 1'],
    dials: 6,
    multiplier: 0.001,
    calorificBasis: 'gross',
    measures: 'heat-output',
    efficiency: 0.85,
    usualDelayDays: 3,
    from: { on: '2020-01-01', reason: 'opened' },
    to: { on: '2030-01-01', reason: 'closed' },
  };
  const response = await send('PUT', '/v1/meters/CH-001-BIO', { body });
  t.equal(response.statusCode, 201);
  t.strictSame(response.json(), { ...body, key: 'CH-001-BIO', site: 'CH-002', warnings: [] });
  t.equal((await send('PUT', '/v1/meters/CH-001-BIO', { body })).statusCode, 200, 'the same again is no change');
  service.clock.now = new Date('2024-06-01T12:00:00Z');
  t.match((await send('GET', '/v1/meters/CH-001-BIO')).json(), { site: 'CH-001' }, 'site is where it is on that day');
  service.clock.now = new Date('2026-11-22T12:00:00Z');
});

t.test('wood in kWh measures fuel unless it says otherwise, and a doubtful MPRN is only warned of', async (t) => {
  const wood = { site: 'CH-001', activity: 'wood-chips', unit: 'kWh', calorificBasis: 'net' };
  t.match((await send('PUT', '/v1/meters/WOOD', { body: wood })).json(), { measures: 'fuel' });
  const gas = await send('PUT', '/v1/meters/3938424404', { body: { ...ELECTRICITY, activity: 'natural-gas' } });
  t.equal(gas.statusCode, 201);
  t.match(gas.json(), { warnings: [/MPRN/] });
});

t.test('400: what is not possible for the activity names the field', async (t) => {
  const faulty: [string, object, string, string][] = [
    ['BAD', { unit: 'litre' }, '/unit', 'not-allowed'],
    ['BAD', { activity: 'coal' }, '/activity', 'not-allowed'],
    ['BAD', { activity: 'wood-pellets' }, '/calorificBasis', 'missing'],
    ['BAD', { calorificBasis: 'net' }, '/calorificBasis', 'not-applicable'],
    ['BAD', { activity: 'biogas', calorificBasis: 'net', measures: 'heat-output' }, '/efficiency', 'missing'],
    ['BAD', { efficiency: 0.9 }, '/efficiency', 'not-applicable'],
    ['BAD', { activity: 'natural-gas', direction: 'export' }, '/direction', 'not-allowed'],
    ['BAD', { technology: 'solar' }, '/technology', 'not-applicable'],
    ['BAD', { heatNetwork: 'council' }, '/heatNetwork', 'not-applicable'],
    ['BAD', { returnToSewer: 0.9 }, '/returnToSewer', 'not-applicable'],
    ['BAD', { parent: 'BAD' }, '/parent', 'cycle'],
    ['BAD', { parent: 'NO-SUCH' }, '/parent', 'unknown-meter'],
    ['BAD', { site: 'NO-SUCH' }, '/site', 'unknown-site'],
    ['BAD', { site: undefined }, '/site', 'missing'],
    ['BAD', { placements: [{ site: 'CH-001' }] }, '/site', 'ambiguous'],
    [
      'BAD',
      { site: undefined, placements: [{ site: 'CH-001' }, { site: 'CH-002' }] },
      '/placements/1/from',
      'wrong-order',
    ],
    [
      'BAD',
      { site: undefined, placements: [{ site: 'CH-001' }, { from: '2025-01-01', site: 'NO' }] },
      '/placements/1/site',
      'unknown-site',
    ],
    ['BAD', { multiplier: 0 }, '/multiplier', 'out-of-range'],
    ['BAD', { multiplier: null }, '/multiplier', 'wrong-type'],
    ['BAD', { dials: 2.5 }, '/dials', 'wrong-type'],
    ['BAD', { serials: ['A', 'A'] }, '/serials', 'repeated'],
    [
      'BAD',
      { from: { on: '2025-01-01', reason: 'built' }, to: { on: '2024-01-01', reason: 'closed' } },
      '/to/on',
      'wrong-order',
    ],
    ['1200023305968', {}, '{meter}', 'wrong-check-digit'],
  ];
  for (const [key, fields, pointer, code] of faulty) {
    const response = await send('PUT', `/v1/meters/${key}`, { body: { ...ELECTRICITY, ...fields } });
    t.equal(response.statusCode, 400, JSON.stringify(fields));
    t.match(response.json(), { errors: [{ pointer, code }] }, JSON.stringify(fields));
    t.equal((await send('GET', `/v1/meters/${key}`)).statusCode, 404);
  }
});

t.test('400: meters cannot feed each other in a circle, not even written at once', async (t) => {
  for (const key of ['C-1', 'C-2', 'C-3']) await send('PUT', `/v1/meters/${key}`, { body: ELECTRICITY });
  const parent = (key: string, above: string) =>
    send('PUT', `/v1/meters/${key}`, { body: { ...ELECTRICITY, parent: above } });
  t.equal((await parent('C-2', 'C-1')).statusCode, 200);
  t.equal((await parent('C-3', 'C-2')).statusCode, 200);
  const circle = await parent('C-1', 'C-3');
  t.equal(circle.statusCode, 400);
  t.match(circle.json(), { errors: [{ pointer: '/parent', code: 'cycle' }] });

  for (let round = 0; round < 5; round++) {
    for (const key of ['D-1', 'D-2']) await send('PUT', `/v1/meters/${key}`, { body: ELECTRICITY });
    const statuses = (await Promise.all([parent('D-1', 'D-2'), parent('D-2', 'D-1')])).map(
      ({ statusCode }) => statusCode,
    );
    t.strictSame(statuses.sort(), [200, 400]);
  }
});

t.test('400: meters above one another are limited in number', async (t) => {
  await send('PUT', '/v1/meters/L-0', { body: ELECTRICITY });
  for (let level = 1; level < 20; level++) {
    const response = await send('PUT', `/v1/meters/L-${level}`, { body: { ...ELECTRICITY, parent: `L-${level - 1}` } });
    t.equal(response.statusCode, 201);
  }
  const beyond = await send('PUT', '/v1/meters/L-20', { body: { ...ELECTRICITY, parent: 'L-19' } });
  t.match(beyond.json(), { status: 400, errors: [{ pointer: '/parent', code: 'too-deep' }] });
});

t.test('409: a meter with readings of any kind keeps its fixed fields and cannot be deleted', async (t) => {
  const inserts = {
    'R-DAY': (id: number) =>
      pool.query('insert into meter_day values ($1, $2, 0, 1, 1440, 0, null, 5)', [id, '2025-01-01']),
    'R-BILL': (id: number) =>
      pool.query(
        "insert into billed_period (meter_id, start_day, end_day, quantity, quality, quality_stated, change_id) values ($1, '2025-01-01', '2025-02-01', 5, 'A', true, 0)",
        [id],
      ),
    'R-READ': (id: number) =>
      pool.query(
        "insert into register_reading (meter_id, register, read_at, day, value, read_type, change_id) values ($1, '1', now(), '2025-01-01', 5, 'actual', 0)",
        [id],
      ),
  };
  const body = { ...ELECTRICITY, activity: 'diesel', unit: 'litre' };
  for (const [key, insert] of Object.entries(inserts)) {
    await send('PUT', `/v1/meters/${key}`, { body });
    await insert((await prisma.meter.findUniqueOrThrow({ where: { key } })).id);
    const changes: [object, string][] = [
      [{ activity: 'hvo' }, '/activity'],
      [{ unit: 'kg' }, '/unit'],
      [{ multiplier: 10 }, '/multiplier'],
    ];
    for (const [change, pointer] of changes) {
      const refused = await send('PUT', `/v1/meters/${key}`, { body: { ...body, ...change } });
      t.equal(refused.statusCode, 409);
      t.match(refused.json(), {
        type: 'urn:council-carbon:problem:meter-field-immutable',
        detail: /end this meter/,
        errors: [{ pointer }],
      });
    }
    t.equal(
      (await send('PUT', `/v1/meters/${key}`, { body: { ...body, name: 'Tank', kind: 'billed' } })).statusCode,
      200,
    );
    const kept = await send('DELETE', `/v1/meters/${key}`);
    t.equal(kept.statusCode, 409);
    t.match(kept.json(), { type: 'urn:council-carbon:problem:meter-has-readings', detail: /end date/ });
  }
});

t.test('409: the direction of a meter with readings stays', async (t) => {
  await send('PUT', '/v1/meters/PV', { body: { ...ELECTRICITY, direction: 'generation', technology: 'solar' } });
  const { id } = await prisma.meter.findUniqueOrThrow({ where: { key: 'PV' } });
  await pool.query('insert into meter_day values ($1, $2, 0, 1, 1440, 0, null, 5)', [id, '2025-01-01']);
  t.match((await send('PUT', '/v1/meters/PV', { body: ELECTRICITY })).json(), {
    status: 409,
    errors: [{ pointer: '/direction' }],
  });
});

t.test(
  '204 and 404: a meter without readings is deleted unless it feeds another, and can be written again',
  async (t) => {
    t.match((await send('DELETE', '/v1/meters/C-1')).json(), {
      status: 409,
      type: 'urn:council-carbon:problem:conflict',
      detail: /C-2/,
    });
    t.equal((await send('DELETE', '/v1/meters/C-3')).statusCode, 204);
    t.equal((await send('GET', '/v1/meters/C-3')).statusCode, 404);
    t.equal((await send('DELETE', '/v1/meters/C-3')).statusCode, 404);
    t.match((await send('GET', '/v1/meters/NOPE')).json(), {
      status: 404,
      type: 'urn:council-carbon:problem:unknown-meter',
    });
    const again = await send('PUT', '/v1/meters/C-3', { body: { ...ELECTRICITY, activity: 'water', unit: 'm3' } });
    t.equal(again.statusCode, 201, 'a deleted meter may come back as something else');
    t.equal(await prisma.meter.count({ where: { key: 'C-3' } }), 1, 'under the same identity');
  },
);

t.test('a write waits for who holds the meter, and sees what they committed', async (t) => {
  await send('PUT', '/v1/meters/HELD', { body: ELECTRICITY });
  const { id } = await prisma.meter.findUniqueOrThrow({ where: { key: 'HELD' } });
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select id from meter where id = $1 for no key update', [id]);
    const pending = send('PUT', '/v1/meters/HELD', { body: { ...ELECTRICITY, multiplier: 2 } });
    await client.query('insert into meter_day values ($1, $2, 0, 1, 1440, 0, null, 5)', [id, '2025-01-01']);
    await client.query('commit');
    t.equal((await pending).statusCode, 409);
  } finally {
    client.release();
  }
});

t.test('503: a meter that stays held answers busy with Retry-After, and nothing is written', async (t) => {
  await send('PUT', '/v1/meters/STUCK', { body: ELECTRICITY });
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query("select id from meter where key = 'STUCK' for no key update");
    const response = await send('PUT', '/v1/meters/STUCK', { body: { ...ELECTRICITY, name: 'New' } });
    t.equal(response.statusCode, 503);
    t.equal(response.headers['retry-after'], '5');
    t.match(response.json(), { type: 'urn:council-carbon:problem:busy' });
  } finally {
    await client.query('rollback');
    client.release();
  }
  t.notHas((await send('GET', '/v1/meters/STUCK')).json(), { name: 'New' });
});

t.test('lists filter by site (past ones too), activity, kind and direction', async (t) => {
  const keys = async (query: string) =>
    (
      (await send('GET', `/v1/meters?limit=500&${query}`, { scope: 'read' })).json() as { data: { key: string }[] }
    ).data.map(({ key }) => key);
  t.strictSame(await keys('activity=wood-chips'), ['WOOD']);
  t.strictSame(await keys('direction=generation'), ['PV']);
  t.strictSame(await keys('kind=register'), ['CH-001-BIO']);
  t.strictSame(await keys('site=CH-002'), ['CH-001-BIO']);
  t.ok((await keys('site=CH-001')).includes('CH-001-BIO'));
  t.strictSame(await keys('site=NO-SUCH'), []);
  const csv = await send('GET', '/v1/meters?activity=wood-chips', { headers: { accept: 'text/csv' } });
  t.match(csv.body, /^key,name,site,activity[^\r]*\r\nWOOD,,CH-001,wood-chips,kWh,interval,import,,,,1,,,\r\n$/);
});

t.test('401 and 403: only write-estate writes, only read reads', async (t) => {
  t.equal((await send('PUT', '/v1/meters/X', { scope: null, body: ELECTRICITY })).statusCode, 401);
  t.equal((await send('PUT', '/v1/meters/X', { scope: 'write-readings', body: ELECTRICITY })).statusCode, 403);
  t.equal((await send('PUT', '/v1/meters/X', { scope: 'write-estate', body: ELECTRICITY })).statusCode, 201);
  t.equal((await send('GET', '/v1/meters/X', { scope: 'write-estate' })).statusCode, 403);
});
