import t from 'tap';
import { testApp } from '../../support/app.ts';
import { type LoggedChange, type LogPage, writeEveryKind } from '../../support/change-log.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
const { upload, statement } = await writeEveryKind(service);
const page = (query = '') => ask<LogPage>(service, `/v1/changes?${query}`);
const all = async (query = ''): Promise<LoggedChange[]> => (await page(`limit=1000&${query}`)).data;
const seqs = (changes: readonly LoggedChange[]): number[] => changes.map(({ seq }) => Number(seq));
const last = <Item>(items: readonly Item[]): Item => {
  const item = items.at(-1);
  if (item === undefined) throw new Error('nothing there');
  return item;
};
/** The changes of a kind with what they touched: subject, number, keys. */
const touchedBy = (changes: readonly LoggedChange[], kind: string): unknown[] =>
  changes
    .filter((change) => change.kind === kind)
    .map(({ touched, days }) => [
      touched.map(({ subject, count, keys }) => [subject, count, ...keys].join(' ')).join(', '),
      days === undefined ? null : `${days.start}/${days.end}`,
    ]);

t.test('every change is told, in the order of the clock and without a gap', async (t) => {
  const changes = await all();
  const { rows } = await service.database.pool.query('select c.seq from clock c');
  t.strictSame(
    seqs(changes),
    Array.from({ length: Number(rows[0]?.seq) }, (_, index) => index + 1),
  );
  const moments = changes.map(({ recordedAt }) => recordedAt);
  t.strictSame(moments, [...moments].sort());
  t.match(changes[0], { kind: 'reference-data', by: 'system' });
  t.match(last(changes), { kind: 'settings', by: /^key:\d+$/, keyName: 'admin', touched: [] });
});

t.test('it says whom and which days a change touched', async (t) => {
  const changes = await all();
  t.strictSame(touchedBy(changes, 'site'), [
    ['site 1 HALL', null],
    ['site 1 POOL', null],
  ]);
  t.strictSame(touchedBy(changes, 'readings'), [
    ['meter 2 EL POOL', '2024-04-01/2025-04-01'],
    ['meter 3 DIAL GAS POOL', '2025-01-01/2025-04-02'],
    ['meter 1 DIAL', '2025-03-01/2025-03-12'],
  ]);
  t.strictSame(touchedBy(changes, 'upload'), [['meter 2 EL POOL', '2025-04-02/2025-04-04']]);
  t.strictSame(touchedBy(changes, 'undo'), [['meter 2 EL POOL', '2025-04-02/2025-04-04']]);
  t.strictSame(
    changes.filter((change) => change.upload === upload).map(({ kind }) => kind),
    ['upload', 'undo'],
  );
  t.strictSame(touchedBy(changes, 'instrument'), [['instrument 1 rego', '2025-04-01/2026-04-01']]);
  t.strictSame(touchedBy(changes, 'measure'), [['site 1 HALL, measure 1 close', null]]);
  t.match(touchedBy(changes, 'other-emission'), [[/^other-emission 1 fleet/, '2024-04-01/2025-04-01']]);
  t.strictSame(touchedBy(changes, 'closure'), [
    ['closure 1 easter', '2025-04-14/2025-04-26'],
    ['closure 1 easter', '2025-04-14/2025-04-26'],
  ]);
  t.strictSame(touchedBy(changes, 'certificate'), [
    ['site 1 HALL, certificate 1 0000-0000-0000-0000-0001', null],
    ['site 2 HALL POOL, certificate 1 0000-0000-0000-0000-0001', null],
  ]);
  t.strictSame(touchedBy(changes, 'statement'), [[`statement 1 ${statement}`, null]]);
  t.strictSame(touchedBy(changes, 'grid-intensity'), [['grid-region 1 GB', '2025-06-01/2025-06-03']]);
  t.strictSame(touchedBy(changes, 'degree-days'), [['weather-region 1 midland', '2025-01-01/2025-03-01']]);
});

t.test('what is sent again is no change', async (t) => {
  const before = (await page('limit=1000')).page.resumeCursor;
  await writeReadings(service, [{ meter: 'POOL', period: '2025-03', quantity: 3100 }]);
  await send('PUT', '/v1/sites/HALL', { body: { name: 'Site HALL' } });
  t.strictSame((await page(`cursor=${before}`)).data, []);
});

t.test('pages follow each other, and the log goes on where it was left', async (t) => {
  const whole = await all();
  const read: LoggedChange[] = [];
  let cursor = '';
  for (let pages = 0; ; pages += 1) {
    const { data, page: place } = await page(`limit=5${cursor}`);
    read.push(...data);
    if (place.nextCursor === undefined) {
      cursor = place.resumeCursor;
      t.equal(pages, Math.ceil(whole.length / 5) - 1);
      break;
    }
    t.equal(place.resumeCursor, place.nextCursor);
    cursor = `&cursor=${place.nextCursor}`;
  }
  t.strictSame(read, whole);
  t.match(await page(`limit=5&cursor=${cursor}`), { data: [], page: { resumeCursor: cursor } });
  await send('PUT', '/v1/sites/NEW', { body: { name: 'New' } });
  t.match((await page(`limit=5&cursor=${cursor}`)).data, [{ kind: 'site', touched: [{ keys: ['NEW'] }] }]);
  const other = await send('GET', `/v1/changes?kind=site&cursor=${cursor}`);
  t.match(other.json(), { status: 400, errors: [{ pointer: '?cursor' }] });
});

t.test('since complements asOf: what it gives is what an answer as of then did not know', async (t) => {
  const changes = await all();
  const middle = changes[12];
  if (middle === undefined) throw new Error('too few changes');
  t.strictSame(seqs(await all(`since=${middle.recordedAt}`)), seqs(changes.slice(13)));
  const today = middle.recordedAt.slice(0, 10);
  t.ok((await all(`since=${today}`)).length > 0);
  t.strictSame(seqs(await all('since=2001-01-01')), seqs(changes));
  const refused = async (since: string) => (await send('GET', `/v1/changes?since=${since}`)).json();
  t.match(await refused('2199-01-01'), { status: 422, type: /as-of-in-future$/, errors: [{ pointer: '?since' }] });
  t.match(await refused('yesterday!'), { status: 400, errors: [{ pointer: '?since' }] });
});

t.test('changes of a kind, a meter, a site; a meter that moved is told at both', async (t) => {
  const changes = await all();
  const kinds = await all('kind=undo,closure');
  t.strictSame(
    kinds.map(({ kind }) => kind),
    ['undo', 'closure', 'closure'],
  );
  t.strictSame(
    await all('meter=DIAL'),
    changes.filter(({ touched }) => touched.some(({ keys }) => keys.includes('DIAL'))),
  );
  t.equal((await all('meter=DIAL')).length, 3);
  t.strictSame(
    (await all('meter=POOL&kind=upload,undo')).map(({ kind }) => kind),
    ['upload', 'undo'],
  );
  const keysAt = async (site: string) =>
    new Set((await all(`site=${site}`)).flatMap(({ touched }) => touched.flatMap(({ keys }) => keys)));
  t.notOk((await keysAt('NEW')).has('DIAL'));
  const moved = { placements: [{ site: 'POOL' }, { site: 'NEW', from: '2025-09-01' }], kind: 'register', dials: 5 };
  const body = { activity: 'electricity', unit: 'kWh', from: { on: '2024-04-01', reason: 'opened' }, ...moved };
  t.equal((await send('PUT', '/v1/meters/DIAL', { body })).statusCode, 200);
  for (const site of ['POOL', 'NEW']) t.ok((await keysAt(site)).has('DIAL'), site);
  t.strictSame(
    seqs(await page('site=HALL&limit=2').then(({ data }) => data)),
    seqs(await all('site=HALL')).slice(0, 2),
  );
});

t.test('what never was is refused, and so is a site beside a meter', async (t) => {
  const refused = async (query: string) => (await send('GET', `/v1/changes?${query}`)).json();
  t.match(await refused('site=NOWHERE'), { status: 404, errors: [{ pointer: '?site', code: 'unknown-site' }] });
  t.match(await refused('meter=NOWHERE'), { status: 404, errors: [{ pointer: '?meter', code: 'unknown-meter' }] });
  t.match(await refused('site=HALL&meter=EL'), { status: 400, errors: [{ pointer: '?site', code: 'ambiguous' }] });
  t.match(await refused('kind=moods'), { status: 400, errors: [{ pointer: '?kind' }] });
  t.match(await refused('limit=1001'), { status: 400 });
  t.equal((await send('GET', '/v1/changes', { scope: null })).statusCode, 401);
});

t.test('a deleted site is found by what it was', async (t) => {
  await send('PUT', '/v1/sites/SHED', { body: { name: 'Shed' } });
  await send('DELETE', '/v1/sites/SHED');
  t.equal((await all('site=SHED')).length, 2);
});

t.test('of many keys all are counted, and the first named', async (t) => {
  const names = Array.from({ length: 25 }, (_, index) => `LAMP-${String(index + 1).padStart(2, '0')}`);
  await writeEstate(
    service,
    names.map((meter) => ({ meter, site: 'NEW', kind: 'billed' })),
  );
  await writeReadings(
    service,
    names.map((meter) => ({ meter, period: '2024-05', quantity: 31 })),
  );
  const change = last(await all('meter=LAMP-25'));
  t.match(change, { kind: 'readings', touched: [{ subject: 'meter', count: 25 }] });
  t.strictSame(change.touched[0]?.keys, names.slice(0, 20));
});

t.test(
  'an activation of factors tells the old and the new figure and the amount due to the set (rule A7)',
  async (t) => {
    const corrected = {
      ...{ publisher: 'Example', gwp: 'AR5', licence: 'Internal', source: 'Notice 7', basedOn: '1' },
      factors: [{ key: 'electricity.grid.generation', kgCo2e: 0.2 }],
    };
    await writeReadings(service, [{ meter: 'EL', period: '2025/26', quantity: 1_000_000 }]);
    await send('PUT', '/v1/factor-sets/uk-2025/versions/1-corrected', { body: corrected });
    const activate = await send('POST', '/v1/factor-sets/uk-2025/versions/1-corrected/activate', { body: {} });
    t.equal(activate.statusCode, 200, activate.body);
    const { impact } = activate.json();
    const change = last(await all('kind=factor-activation'));
    // 0.2 in place of 0.177 kg a kWh, of 1,000,000 kWh of the hall and 90 kWh of the pool.
    const { kgBefore, kgAfter, kgDifference, years } = change.factorChange as Record<string, number> & {
      years: unknown[];
    };
    const year = impact.years.find((told: { year: string }) => told.year === '2025/26');
    t.strictSame([kgBefore, kgAfter, kgDifference], [year.kgBefore, year.kgAfter, year.kgDifference]);
    t.equal(((kgAfter ?? 0) - (kgBefore ?? 0)).toFixed(3), kgDifference?.toFixed(3));
    t.equal(kgDifference, 23_002.07);
    t.match(change, {
      touched: [{ subject: 'factor-set', keys: ['uk-2025'] }],
      days: { start: '2025-04-01', end: '2026-04-01' },
      factorChange: { set: 'uk-2025', fromVersion: '1', toVersion: '1-corrected' },
    });
    t.match(years, [{ year: '2025/26', kgDifference }]);
    t.equal(years.length, 1);
    const { factorChanges } = (await send('GET', '/v1/targets/halve/progress')).json();
    t.match(factorChanges, [{ seq: change.seq, set: 'uk-2025', years: [{ period: '2025/26' }] }]);
    await send('POST', '/v1/factor-sets/uk-2025/versions/1-corrected/withdraw', { body: {} });
    t.match(last(await all('kind=factor-activation')), {
      factorChange: { fromVersion: '1-corrected', toVersion: null },
    });
  },
);

t.test('CSV has the same rows, and the tag answers for them', async (t) => {
  const url = '/v1/changes?kind=upload';
  const csv = await send('GET', url, { headers: { accept: 'text/csv' } });
  const [header, row] = csv.body.split('\r\n');
  t.equal(header, 'seq,recordedAt,kind,by,keyName,upload,touched,keys,start,end,kgBefore,kgAfter,kgDifference');
  t.match(row, /^\d+,[^,]+Z,upload,key:\d+,write-readings,1,meter 2,EL POOL,2025-04-02,2025-04-04,,,$/);
  const first = await send('GET', url);
  const again = await send('GET', url, { headers: { 'if-none-match': String(first.headers.etag) } });
  t.equal(again.statusCode, 304);
});
