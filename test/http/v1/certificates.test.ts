import t from 'tap';
import { testApp } from '../../support/app.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const { send } = service;
const get = async (url: string) => (await send('GET', url, { scope: 'read' })).json();

await send('PUT', '/v1/sites/CH', { body: { name: 'Council House' } });
await send('PUT', '/v1/sites/LIB', { body: { name: 'Library' } });

const rrn = (number: number) => `0000-0000-0000-0000-${String(number).padStart(4, '0')}`;
const DEC = {
  site: 'CH',
  kind: 'dec',
  issuedOn: '2026-03-12',
  nominatedOn: '2026-04-01',
  rating: 117,
  floorAreaM2: 1200,
};
const REPORT = { site: 'CH', kind: 'advisory-report', issuedOn: '2024-02-29', floorAreaM2: 1200 };
const put = (number: number, body: object) => send('PUT', `/v1/certificates/${rrn(number)}`, { body });

t.test(
  '201, 200: a certificate is kept as it was sent, with what follows from it; the same again writes nothing',
  async (t) => {
    const made = await put(1, { ...DEC, band: 'E', note: 'In the lobby' });
    t.equal(made.statusCode, 201, made.body);
    t.strictSame(made.json(), {
      rrn: rrn(1),
      ...DEC,
      band: 'E',
      note: 'In the lobby',
      validFrom: '2026-04-01',
      validUntil: '2027-03-31',
      validUntilBasis: 'computed',
      status: 'valid',
    });
    const seq = async () => (await service.database.pool.query('select c.seq from clock c')).rows[0].seq;
    const before = await seq();
    t.equal((await put(1, { ...DEC, note: 'In the lobby' })).statusCode, 200);
    t.equal(await seq(), before);
    t.strictSame(await get(`/v1/certificates/${rrn(1)}`), made.json());
  },
);

t.test('how long one is valid follows from kind and floor area, unless it states its last day', async (t) => {
  const cases: [number, object, string, string][] = [
    [2, { ...DEC, floorAreaM2: 1000 }, '2036-03-31', 'valid'],
    [3, { ...DEC, floorAreaM2: 1000.01, nominatedOn: '2025-03-01', issuedOn: '2025-02-01' }, '2026-02-28', 'expired'],
    [4, REPORT, '2031-02-28', 'valid'],
    [5, { ...REPORT, floorAreaM2: 400 }, '2034-02-28', 'valid'],
    [6, { ...DEC, nominatedOn: '2026-12-01' }, '2027-11-30', 'upcoming'],
    [7, { ...DEC, nominatedOn: '2024-02-29', site: 'LIB' }, '2025-02-28', 'expired'],
  ];
  for (const [number, body, validUntil, status] of cases)
    t.match((await put(number, body)).json(), { validUntil, status, validUntilBasis: 'computed' }, `${number}`);
  t.match((await put(8, { ...DEC, validUntil: '2026-11-22' })).json(), {
    validUntil: '2026-11-22',
    validUntilBasis: 'stated',
    status: 'valid',
  });
  t.match((await put(8, { ...DEC, validUntil: '2026-11-21' })).json(), { status: 'expired' });
});

t.test('400: what contradicts itself names the place, and nothing is stored', async (t) => {
  const { nominatedOn: _nominated, rating: _rating, ...bare } = DEC;
  const faulty: [object, string, string][] = [
    [bare, '/nominatedOn', 'missing'],
    [{ ...DEC, band: 'A' }, '/band', 'ambiguous'],
    [{ ...DEC, rating: 117.5 }, '/rating', 'wrong-type'],
    [{ ...REPORT, rating: 100 }, '/rating', 'not-applicable'],
    [{ ...REPORT, band: 'D' }, '/band', 'not-applicable'],
    [{ ...DEC, issuedOn: '2026-11-23' }, '/issuedOn', 'out-of-range'],
    [{ ...DEC, validUntil: '2026-03-31' }, '/validUntil', 'wrong-order'],
    [{ ...DEC, site: 'NOPE' }, '/site', 'unknown-site'],
    [{ ...DEC, floorAreaM2: 0 }, '/floorAreaM2', 'out-of-range'],
  ];
  for (const [body, pointer, code] of faulty) {
    const refused = await put(99, body);
    t.equal(refused.statusCode, 400, JSON.stringify(body));
    t.match(refused.json(), { errors: [{ pointer, code }] });
  }
  t.match(await get(`/v1/certificates/${rrn(99)}`), {
    status: 404,
    type: 'urn:council-carbon:problem:unknown-certificate',
  });
  for (const wrong of ['0000-0000-0000-0000', '0000-0000-0000-0000-000A', '00000000000000000000'])
    t.match((await send('PUT', `/v1/certificates/${wrong}`, { body: DEC })).json(), {
      status: 400,
      detail: /five groups/,
    });
});

const numbers = (answer: { data: { rrn: string }[] }) => answer.data.map((row) => Number(row.rrn.slice(-4)));

t.test('the register is filtered by site, kind, status and last day, and paged', async (t) => {
  t.strictSame(numbers(await get('/v1/certificates')), [1, 2, 3, 4, 5, 6, 7, 8]);
  t.strictSame(numbers(await get('/v1/certificates?site=LIB')), [7]);
  t.strictSame(numbers(await get('/v1/certificates?kind=advisory-report')), [4, 5]);
  t.strictSame(numbers(await get('/v1/certificates?status=expired')), [3, 7, 8]);
  t.strictSame(numbers(await get('/v1/certificates?status=upcoming')), [6]);
  t.strictSame(numbers(await get('/v1/certificates?expiringBefore=2027-03-31&status=valid')), []);
  t.strictSame(numbers(await get('/v1/certificates?expiringBefore=2027-04-01&status=valid')), [1]);
  const first = await get('/v1/certificates?limit=5&site=CH');
  t.strictSame(numbers(first), [1, 2, 3, 4, 5]);
  t.strictSame(numbers(await get(`/v1/certificates?limit=5&site=CH&cursor=${first.page.nextCursor}`)), [6, 8]);
  t.equal((await send('GET', `/v1/certificates?cursor=${first.page.nextCursor}`)).statusCode, 400);
  const csv = await send('GET', '/v1/certificates?site=LIB', { headers: { accept: 'text/csv' } });
  t.equal(
    csv.body.split('\r\n')[1],
    `${rrn(7)},LIB,dec,2024-02-29,2026-03-12,117,E,1200,2024-02-29,2025-02-28,computed,expired,`,
  );
});

t.test('204: what was taken out is found as of before; rules and status are those of the moment', async (t) => {
  const known = await newestInstant(service.database.pool);
  const then = `asOf=${encodeURIComponent(known)}`;
  const before = await get(`/v1/certificates/${rrn(2)}?${then}`);
  const settings = await get('/v1/settings');
  const displayEnergy = { certificates: { yearlyAboveM2: 900 } };
  t.equal((await send('PUT', '/v1/settings', { body: { ...settings, displayEnergy } })).statusCode, 200);
  t.match(await get(`/v1/certificates/${rrn(2)}`), { validUntil: '2027-03-31' });
  t.equal((await send('DELETE', `/v1/certificates/${rrn(2)}`)).statusCode, 204);
  t.equal((await send('DELETE', `/v1/certificates/${rrn(2)}`)).statusCode, 404);
  t.equal((await send('GET', `/v1/certificates/${rrn(2)}`)).statusCode, 404);
  t.match(before, { validUntil: '2036-03-31', status: 'valid', asOf: { requested: known } });
  t.strictSame(await get(`/v1/certificates/${rrn(2)}?${then}`), before);
  t.strictSame(numbers(await get(`/v1/certificates?${then}`)), [1, 2, 3, 4, 5, 6, 7, 8]);
});

t.test('many writes of one certificate at once leave one current version', async (t) => {
  const answers = await Promise.all(Array.from({ length: 8 }, (_, rating) => put(50, { ...DEC, rating })));
  t.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 1);
  t.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 7);
  const where = { rrn: rrn(50), supersededBy: null };
  t.equal(await service.database.prisma.energyCertificate.count({ where }), 1);
});

t.test('a site is not deleted while certificates stand for it, as while it has meters', async (t) => {
  await send('PUT', '/v1/sites/GONE', { body: { name: 'To be deleted' } });
  t.equal((await put(77, { ...DEC, site: 'GONE' })).statusCode, 201);
  t.match((await send('DELETE', '/v1/sites/GONE')).json(), {
    status: 409,
    type: /conflict$/,
    detail: `Site 'GONE' has the certificates ${rrn(77)}: delete them or enter them for another site first, or give the site a closing date instead`,
  });
  t.equal((await send('GET', '/v1/sites/GONE')).statusCode, 200);
  t.equal((await put(77, { ...DEC, site: 'LIB' })).statusCode, 200);
  t.equal(
    (await send('DELETE', '/v1/sites/GONE')).statusCode,
    204,
    'a certificate that has gone to another site is no hindrance',
  );
  await send('DELETE', `/v1/certificates/${rrn(77)}`);
});
