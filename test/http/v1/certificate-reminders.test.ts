import t from 'tap';
import { testApp } from '../../support/app.ts';
import { newestInstant } from '../../support/newest-instant.ts';

const service = await testApp(t);
const { send } = service;
const get = async (url: string) => (await send('GET', url, { scope: 'read' })).json();

/** What is set up must be there, or the tests say nothing. */
async function put(url: string, body: object): Promise<void> {
  const answer = await send('PUT', url, { body });
  if (answer.statusCode !== 201) throw new Error(answer.body);
}

const PUBLIC = { visitedByPublic: true, floorAreaM2: 1500 };
const SITES: [string, object][] = [
  ['EXPIRED', PUBLIC],
  ['EXPIRING', PUBLIC],
  ['LARGE', PUBLIC],
  ['LEAST', { ...PUBLIC, floorAreaM2: 250 }],
  ['LET', { ...PUBLIC, control: [{ control: 'leased-out' }] }],
  ['NO-AREA', { visitedByPublic: true }],
  ['NOT-VISITED', { ...PUBLIC, visitedByPublic: false }],
  ['RENEWED', PUBLIC],
  ['SAME-SMALL', { ...PUBLIC, floorAreaM2: 249.99 }],
  ['SMALL-UNKNOWN', { floorAreaM2: 200 }],
  ['SOLD', { ...PUBLIC, closed: { on: '2026-11-22', reason: 'sold' } }],
  ['UNKNOWN', { floorAreaM2: 300 }],
  ['VALID', PUBLIC],
];
for (const [key, fields] of SITES) await put(`/v1/sites/${key}`, { name: `Site ${key}`, ...fields });

let number = 0;
const rrn = () => `1111-2222-3333-4444-${String(++number).padStart(4, '0')}`;
const dec = (site: string, nominatedOn: string) =>
  put(`/v1/certificates/${rrn()}`, {
    ...{ site, kind: 'dec', issuedOn: '2025-11-01', nominatedOn, rating: 90, floorAreaM2: 1500 },
  });
const report = (site: string) =>
  put(`/v1/certificates/${rrn()}`, { site, kind: 'advisory-report', issuedOn: '2023-01-01', floorAreaM2: 1500 });
await dec('EXPIRED', '2024-11-22');
await dec('EXPIRED', '2025-11-22');
await dec('EXPIRING', '2026-02-20');
await dec('VALID', '2026-02-21');
await report('VALID');
await dec('RENEWED', '2026-02-01');
await dec('RENEWED', '2027-02-01');
await report('RENEWED');

type Entry = { site: string; kind?: string; state: string; daysLeft?: number };
const shown = ({ data }: { data: Entry[] }) =>
  data.map(({ site, kind = '', state, daysLeft = '' }) => `${site} ${kind} ${state} ${daysLeft}`.trim());

t.test('what is due is listed by site, and what is not known is asked for', async (t) => {
  const answer = await get('/v1/certificate-reminders');
  t.match(answer, { on: '2026-11-22', daysAhead: 90 });
  t.strictSame(shown(answer), [
    'EXPIRED dec expired 0',
    'EXPIRED advisory-report none',
    'EXPIRING dec expiring 90',
    'EXPIRING advisory-report none',
    'LARGE dec none',
    'LARGE advisory-report none',
    'LEAST dec none',
    'LEAST advisory-report none',
    'NO-AREA  undecided',
    'UNKNOWN  undecided',
  ]);
  t.strictSame(answer.counts, { none: 6, expired: 1, expiring: 1, valid: 4, undecided: 2 });
  t.match(
    answer.data.find((row: Entry) => row.site === 'UNKNOWN'),
    { detail: /expected visitedByPublic of the site/ },
  );
  t.match(answer.data[0], {
    rrn: '1111-2222-3333-4444-0002',
    validUntil: '2026-11-21',
    detail: /expected a valid one/,
  });
});

t.test('how far ahead is looked may be asked, or set', async (t) => {
  t.strictSame(shown(await get('/v1/certificate-reminders?daysAhead=89&state=expiring')), []);
  t.strictSame(shown(await get('/v1/certificate-reminders?daysAhead=91&state=expiring')), [
    'EXPIRING dec expiring 90',
    'VALID dec expiring 91',
  ]);
  t.strictSame(shown(await get('/v1/certificate-reminders?state=valid,undecided')), [
    'NO-AREA  undecided',
    'RENEWED dec valid 436',
    'RENEWED advisory-report valid 1136',
    'UNKNOWN  undecided',
    'VALID dec valid 91',
    'VALID advisory-report valid 1136',
  ]);
  t.match(await get('/v1/certificate-reminders?state=due'), { status: 400, errors: [{ pointer: '?state' }] });
  const settings = await get('/v1/settings');
  await send('PUT', '/v1/settings', { body: { ...settings, displayEnergy: { reminders: { daysAhead: 0 } } } });
  t.match(await get('/v1/certificate-reminders'), { daysAhead: 0, counts: { expiring: 0, expired: 1 } });
});

t.test('the same as CSV, and as of a moment', async (t) => {
  const csv = await send('GET', '/v1/certificate-reminders?state=expired', { headers: { accept: 'text/csv' } });
  t.equal(
    csv.body.split('\r\n')[1],
    'EXPIRED,Site EXPIRED,1500,dec,expired,1111-2222-3333-4444-0002,2026-11-21,0,display energy certificate 1111-2222-3333-4444-0002 was valid until 2026-11-21: expected a valid one',
  );
  const known = await newestInstant(service.database.pool);
  const then = `/v1/certificate-reminders?asOf=${encodeURIComponent(known)}`;
  const before = await get(then);
  await dec('EXPIRED', '2026-11-22');
  t.match(await get('/v1/certificate-reminders'), { counts: { expired: 0 } });
  t.match(before, { counts: { expired: 1 } });
  t.strictSame(await get(then), before);
});
