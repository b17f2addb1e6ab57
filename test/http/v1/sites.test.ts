import t from 'tap';
import { testApp } from '../../support/app.ts';

const service = await testApp(t);
const { send } = service;

const COUNCIL_HOUSE = { name: 'Council House', postcode: 'CV1 5RR', category: 'office', floorAreaM2: 12500 };

async function clockSeq(): Promise<bigint> {
  return (await service.database.prisma.clock.findUniqueOrThrow({ where: { id: 1 } })).seq;
}

t.test('201: a new site is answered as it is stored, with the defaults written down', async (t) => {
  const response = await send('PUT', '/v1/sites/CH-001', { body: COUNCIL_HOUSE });
  t.equal(response.statusCode, 201);
  t.strictSame(response.json(), {
    key: 'CH-001',
    ...COUNCIL_HOUSE,
    portfolios: [],
    floorAreas: [{ areaM2: 12500 }],
    control: [{ control: 'operated' }],
    disclosure: 'public',
    warnings: [],
  });
  t.strictSame((await send('GET', '/v1/sites/CH-001', { scope: 'read' })).json(), response.json());
});

t.test('200: the same site again writes no version and leaves the clock where it is', async (t) => {
  const before = await clockSeq();
  const response = await send('PUT', '/v1/sites/CH-001', { body: { ...COUNCIL_HOUSE, postcode: 'cv15rr' } });
  t.equal(response.statusCode, 200);
  t.equal(await clockSeq(), before);
  t.equal(await service.database.prisma.siteVersion.count(), 1);
});

t.test('200: a changed site replaces the whole, keeps the former version and moves the clock by one', async (t) => {
  const before = await clockSeq();
  const response = await send('PUT', '/v1/sites/CH-001', { body: { name: 'Council House 1' } });
  t.equal(response.statusCode, 200);
  t.notHas(response.json(), { postcode: 'CV1 5RR' });
  t.equal(await clockSeq(), before + 1n);
  const versions = await service.database.prisma.siteVersion.findMany({ orderBy: { changeId: 'asc' } });
  t.equal(versions.length, 2);
  t.equal(versions[0]?.supersededBy, versions[1]?.changeId);
  t.equal(versions[1]?.supersededBy, null);
  const change = await service.database.prisma.change.findUniqueOrThrow({ where: { id: versions[1]?.changeId ?? 0n } });
  t.match(change, { kind: 'site', seq: before + 1n, principal: /^key:\d+$/ });
});

t.test(
  'dated areas, control and events come back as they were sent; before a first control the council operates',
  async (t) => {
    const body = {
      name: 'Depot',
      uprn: '000100070001',
      lsoa: 'E01009660',
      ward: "St Michael's",
      portfolio: 'corporate',
      floorAreas: [{ areaM2: 100.55 }, { from: '2024-04-01', areaM2: 80 }],
      control: [{ from: '2025-06-15', control: 'leased-out', scope3Category: 13, reason: 'let', leaseType: 'finance' }],
      opened: { on: '2010-01-01', reason: 'built' },
      closed: { on: '2027-01-01', reason: 'sold' },
      disclosure: 'totals-only',
    };
    const response = await send('PUT', '/v1/sites/DEPOT', { body });
    t.equal(response.statusCode, 201);
    t.strictSame(response.json(), {
      ...body,
      key: 'DEPOT',
      uprn: '100070001',
      floorAreaM2: 80,
      portfolios: [{ portfolio: 'corporate' }],
      control: [{ control: 'operated' }, ...body.control],
      warnings: [],
    });
    t.equal((await send('PUT', '/v1/sites/DEPOT', { body })).statusCode, 200, 'the same again is no change');
  },
);

t.test('what it is used as, and whether the public visits it, come back as they were sent', async (t) => {
  const body = { name: 'Baths', benchmarkUses: [{ uses: ['pool'] }, { from: '2024-04-01', uses: ['hall', 'pool'] }] };
  const written = await send('PUT', '/v1/sites/BATHS', { body: { ...body, visitedByPublic: false } });
  t.match(written.json(), { ...body, visitedByPublic: false });
  t.equal((await send('PUT', '/v1/sites/BATHS', { body: { ...body, visitedByPublic: false } })).statusCode, 200);
  t.notHas((await send('PUT', '/v1/sites/BATHS', { body: { name: 'Baths' } })).json(), ['visitedByPublic']);
  const faulty = { name: 'Baths', benchmarkUses: [{ uses: ['a'] }, { uses: ['b'] }] };
  t.match((await send('PUT', '/v1/sites/BATHS', { body: faulty })).json(), {
    status: 400,
    errors: [{ pointer: '/benchmarkUses/1/from', code: 'wrong-order' }],
  });
  await send('DELETE', '/v1/sites/BATHS');
});

t.test('a change of control without a reason is taken with a warning', async (t) => {
  const body = { name: 'Kiosk', control: [{ control: 'operated' }, { from: '2025-06-15', control: 'leased-out' }] };
  t.match((await send('PUT', '/v1/sites/KIOSK', { body })).json(), { warnings: [/2025-06-15 states no reason/] });
  await send('DELETE', '/v1/sites/KIOSK');
});

t.test('400: what a schema refuses names the field, the value and what was expected', async (t) => {
  const faulty: [object, string, string][] = [
    [{}, '/name', 'missing'],
    [{ name: null }, '/name', 'wrong-type'],
    [{ name: ' House' }, '/name', 'wrong-format'],
    [{ name: 'A\u0007' }, '/name', 'wrong-format'],
    [{ name: 'A', floorAreaM2: '12500' }, '/floorAreaM2', 'wrong-type'],
    [{ name: 'A', floorAreaM2: 0 }, '/floorAreaM2', 'out-of-range'],
    [{ name: 'A', floorAreaM2: 1.005 }, '/floorAreaM2', 'too-precise'],
    [{ name: 'A', floorareaM2: 5 }, '/floorareaM2', 'unknown-field'],
    [{ name: 'A', uprn: 1 }, '/uprn', 'wrong-type'],
    [{ name: 'A', opened: { on: '2025-02-30', reason: 'built' } }, '/opened/on', 'wrong-format'],
    [{ name: 'A', opened: { on: '2025-02-28' } }, '/opened/reason', 'missing'],
    [{ name: 'A', control: [{ control: 'rented' }] }, '/control/0/control', 'not-allowed'],
    [{ name: 'A', control: [] }, '/control', 'wrong-count'],
  ];
  for (const [body, pointer, code] of faulty) {
    const response = await send('PUT', '/v1/sites/BAD', { body });
    t.equal(response.statusCode, 400, JSON.stringify(body));
    t.match(response.json(), { type: 'urn:council-carbon:problem:invalid-request', errors: [{ pointer, code }] });
  }
  t.equal((await send('GET', '/v1/sites/BAD')).statusCode, 404);
});

t.test('400: what only the rules refuse names the field, too', async (t) => {
  const faulty: [object, string, string][] = [
    [{ postcode: 'CV1' }, '/postcode', 'wrong-format'],
    [{ uprn: '000' }, '/uprn', 'wrong-format'],
    [{ floorAreaM2: 1, floorAreas: [{ areaM2: 1 }] }, '/floorAreaM2', 'ambiguous'],
    [
      {
        floorAreas: [
          { from: '2024-01-01', areaM2: 1 },
          { from: '2024-01-01', areaM2: 2 },
        ],
      },
      '/floorAreas/1/from',
      'wrong-order',
    ],
    [{ floorAreas: [{ areaM2: 1 }, { areaM2: 2 }] }, '/floorAreas/1/from', 'wrong-order'],
    [{ control: [{ control: 'operated', scope3Category: 3 }] }, '/control/0/scope3Category', 'not-applicable'],
    [{ control: [{ control: 'outside' }] }, '/control/0/reason', 'missing'],
    [
      { opened: { on: '2025-01-02', reason: 'built' }, closed: { on: '2025-01-02', reason: 'sold' } },
      '/closed/on',
      'wrong-order',
    ],
  ];
  for (const [fields, pointer, code] of faulty) {
    const response = await send('PUT', '/v1/sites/BAD', { body: { name: 'A', ...fields } });
    t.equal(response.statusCode, 400, JSON.stringify(fields));
    t.match(response.json(), { errors: [{ pointer, code }] });
  }
});

t.test('400: a key that cannot stand in an address is refused', async (t) => {
  for (const key of ['%20A', 'a%2Fb', '-A', 'a'.repeat(65), '%00', 'A%0A'])
    t.equal((await send('PUT', `/v1/sites/${key}`, { body: { name: 'A' } })).statusCode, 400, key);
  t.equal((await send('PUT', `/v1/sites/${'a'.repeat(201)}`, { body: { name: 'A' } })).statusCode, 414);
});

t.test('401 and 403: without a key, and with a key that may only read, nothing is written', async (t) => {
  const body = { name: 'A' };
  t.equal((await send('PUT', '/v1/sites/X', { scope: null, body })).statusCode, 401);
  t.equal((await send('PUT', '/v1/sites/X', { scope: 'read', body })).statusCode, 403);
  t.equal((await send('PUT', '/v1/sites/X', { scope: 'write-readings', body })).statusCode, 403);
  t.equal(
    (await send('GET', '/v1/sites/X', { scope: 'write-estate' })).statusCode,
    403,
    'writing does not include reading',
  );
  t.equal((await send('GET', '/v1/sites/X', { scope: 'read' })).statusCode, 404);
});

t.test('404: an unknown site is named', async (t) => {
  for (const method of ['GET', 'DELETE'] as const) {
    const response = await send(method, '/v1/sites/NOPE');
    t.equal(response.statusCode, 404);
    t.match(response.json(), { type: 'urn:council-carbon:problem:unknown-site', detail: /NOPE/ });
  }
});

t.test('409: a site keeps its meters; without any it is deleted, and can be written again', async (t) => {
  await send('PUT', '/v1/sites/S-1', { body: { name: 'One' } });
  await send('PUT', '/v1/sites/S-2', { body: { name: 'Two' } });
  const meter = { activity: 'electricity', unit: 'kWh' };
  await send('PUT', '/v1/meters/M-1', { body: { ...meter, site: 'S-1' } });
  const refused = await send('DELETE', '/v1/sites/S-1');
  t.equal(refused.statusCode, 409);
  t.match(refused.json(), { type: 'urn:council-carbon:problem:site-has-meters', detail: /M-1/ });

  await send('PUT', '/v1/meters/M-1', {
    body: { ...meter, placements: [{ site: 'S-1' }, { from: '2025-01-01', site: 'S-2' }] },
  });
  t.equal((await send('DELETE', '/v1/sites/S-1')).statusCode, 409, 'a meter of the past is a meter');
  await send('PUT', '/v1/meters/M-1', { body: { ...meter, site: 'S-2' } });
  const deleted = await send('DELETE', '/v1/sites/S-1');
  t.equal(deleted.statusCode, 204);
  t.equal(deleted.body, '');
  t.equal((await send('GET', '/v1/sites/S-1')).statusCode, 404);
  t.equal((await send('DELETE', '/v1/sites/S-1')).statusCode, 404);
  t.equal((await send('PUT', '/v1/sites/S-1', { body: { name: 'One' } })).statusCode, 201);
});

t.test('many writes of one new site at once all succeed and leave one current version', async (t) => {
  const names = Array.from({ length: 12 }, (_, index) => `Name ${index % 6}`);
  const responses = await Promise.all(names.map((name) => send('PUT', '/v1/sites/RACE', { body: { name } })));
  t.strictSame(
    responses.map(({ statusCode }) => statusCode).filter((status) => status !== 200 && status !== 201),
    [],
  );
  t.equal(responses.filter(({ statusCode }) => statusCode === 201).length, 1);
  t.equal(await service.database.prisma.siteVersion.count({ where: { site: { key: 'RACE' }, supersededBy: null } }), 1);
});

t.test('a site cannot be deleted while a meter is being put there', async (t) => {
  await send('PUT', '/v1/sites/RACE-2', { body: { name: 'Race' } });
  for (let round = 0; round < 5; round++) {
    const key = `RM-${round}`;
    const [put, deleted] = await Promise.all([
      send('PUT', `/v1/meters/${key}`, { body: { activity: 'electricity', unit: 'kWh', site: 'RACE-2' } }),
      send('DELETE', '/v1/sites/RACE-2'),
    ]);
    t.ok(
      (put.statusCode === 201 && deleted.statusCode === 409) || (put.statusCode === 400 && deleted.statusCode === 204),
    );
    if (put.statusCode === 201) await send('DELETE', `/v1/meters/${key}`);
    await send('PUT', '/v1/sites/RACE-2', { body: { name: 'Race' } });
  }
});
