import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [{ meter: 'G', activity: 'natural-gas', kind: 'billed' }]);
await writeReadings(service, [
  { meter: 'G', period: '2024/25', quantity: 1_000_000 },
  { meter: 'G', period: '2025/26', quantity: 900_000 },
]);

const TARGET = {
  name: 'Half by 2030/31',
  boundary: { kind: 'organisation', name: 'Example council' },
  scopes: [1],
  baseline: { period: '2024/25', kind: 'computed' },
  milestones: [{ period: '2030/31', reductionPercent: 50 }],
  source: 'Cabinet, 1 March 2025',
};
const put = (key: string, fields: object) => send('PUT', `/v1/targets/${key}`, { body: { ...TARGET, ...fields } });
type Moment = { seq: string; recordedAt: string };
type Version = {
  from: Moment;
  until: Moment | null;
  target: { status: string; milestones: { reductionPercent: number }[] };
};
const versions = async (key: string, query = '') =>
  (await ask<{ data: Version[] }>(service, `/v1/targets/${key}/versions${query}`)).data;

t.test('a target is drafted, adopted and superseded, with its dates', async (t) => {
  await put('new', { name: 'Nine tenths by 2030/31', milestones: [{ period: '2030/31', reductionPercent: 90 }] });
  await put('old', { status: 'draft' });
  await put('old', { adoptedOn: '2025-03' });
  const dates = { status: 'superseded', adoptedOn: '2025-03', supersededOn: '2026-06-01', supersededBy: 'new' };
  t.equal((await put('old', dates)).statusCode, 200);
  t.match((await send('GET', '/v1/targets/old')).json(), dates);
  const listed = await ask<{ data: { key: string }[] }>(service, '/v1/targets?status=superseded');
  t.strictSame(
    listed.data.map(({ key }) => key),
    ['old'],
  );
  const shipped = await ask<{ adoptedOn: string; notes: string }>(service, '/v1/targets/wmca-2041');
  t.equal(shipped.adoptedOn, '2019-07', 'as precise as its source');
});

t.test('what was promised before can be read: each version with the changes that wrote and ended it', async (t) => {
  const found = await versions('old');
  t.strictSame(
    found.map(({ target }) => target.status),
    ['superseded', 'adopted', 'draft'],
  );
  t.equal(found[0]?.until, null);
  t.equal(found[1]?.until?.seq, found[0]?.from.seq);
  t.equal(found[2]?.until?.recordedAt, found[1]?.from.recordedAt);
  const then = await versions('old', `?asOf=${found[1]?.from.recordedAt}`);
  t.strictSame(
    then.map(({ target, until }) => [target.status, until]),
    [
      ['adopted', null],
      ['draft', found[2]?.until],
    ],
    'what came later counts for nothing',
  );
  await put('gone', {});
  await send('DELETE', '/v1/targets/gone');
  t.match(await versions('gone'), [{ target: { status: 'adopted' }, until: { seq: /\d+/ } }], 'of a deleted one too');
  t.equal((await send('GET', '/v1/targets/never/versions')).statusCode, 404);
});

const OFFSET = {
  tonnesCo2e: 40,
  standard: 'Woodland Carbon Code',
  retiredOn: '2026-03-31',
  source: 'UK Land Carbon Registry',
};
type Listed = { data: object[]; page: { nextCursor?: string } };

/** All entries of a list, asked for one at a time. */
async function oneByOne(path: string): Promise<object[]> {
  const found: object[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { data, page } = await ask<Listed>(service, `${path}?limit=1${at}`);
    t.equal(data.length, 1, path);
    found.push(...data);
    cursor = page.nextCursor;
  }
  return found;
}

t.test('versions, offsets and stated base years come page by page to the whole list', async (t) => {
  await put('paged', { name: 'First' });
  for (const key of ['a', 'b', 'c'])
    await send('PUT', `/v1/targets/paged/offsets/${key}`, { body: { ...OFFSET, tonnesCo2e: 1 } });
  await send('PUT', '/v1/sites/T', { body: { name: 'T' } });
  for (const site of ['S', 'T'])
    await send('PUT', `/v1/targets/paged/recalculations/${site}`, { body: { emissionsKgCo2e: 1, source: 'Bills' } });
  for (const [list, length] of [
    ['versions', 6],
    ['offsets', 3],
    ['recalculations', 2],
  ] as const) {
    const path = `/v1/targets/paged/${list}`;
    const { data, page } = await ask<Listed>(service, path);
    t.equal(data.length, length, list);
    t.strictSame(page, {});
    t.strictSame(await oneByOne(path), data);
  }
});

t.test('refused: dates that do not go with the status, and a successor that there is not', async (t) => {
  const refused: [object, string][] = [
    [{ status: 'draft', adoptedOn: '2025' }, '/adoptedOn'],
    [{ supersededOn: '2026' }, '/supersededOn'],
    [{ supersededBy: 'new' }, '/supersededBy'],
    [{ status: 'superseded', supersededBy: 'wrong' }, '/supersededBy'],
    [{ status: 'superseded', adoptedOn: '2026-02', supersededOn: '2026-01-31' }, '/supersededOn'],
    [{ adoptedOn: '2026-13' }, '/adoptedOn'],
  ];
  for (const [fields, pointer] of refused) {
    const response = await put('wrong', fields);
    t.equal(response.statusCode, 400, JSON.stringify(fields));
    t.match(response.json(), { errors: [{ pointer }] });
  }
  const unknown = await put('wrong', { status: 'superseded', supersededBy: 'nowhere' });
  t.equal(unknown.statusCode, 404);
});

t.test(
  'offsets are listed beside progress and never in it: 100 t emitted and 40 t offset are 100 t (rule H7)',
  async (t) => {
    await writeReadings(service, [{ meter: 'G', period: '2025/26', quantity: 546_567.55575 }]);
    await put('net', {});
    type Progress = { data: { actualKgCo2e: number | null; asOf?: object }[]; offsets?: object };
    const progress = (query = '') => ask<Progress>(service, `/v1/targets/net/progress${query}`);
    const before = await progress();
    t.equal(before.data[1]?.actualKgCo2e, 100_000, '546,567.55575 kWh at 0.18296');
    t.notOk(before.offsets);
    t.equal((await send('PUT', '/v1/targets/net/offsets/woods', { body: OFFSET })).statusCode, 201);
    t.equal((await send('PUT', '/v1/targets/net/offsets/woods', { body: OFFSET })).statusCode, 200, 'the same again');
    await send('PUT', '/v1/targets/net/offsets/peat', { body: { ...OFFSET, tonnesCo2e: 2.5 } });
    const after = await progress();
    const figures = ({ data }: Progress) => data.map(({ asOf: _known, ...year }) => year);
    t.strictSame(figures(after), figures(before));
    t.match(after.offsets, { tonnesCo2e: 42.5, data: [{ key: 'peat' }, { key: 'woods', ...OFFSET }] });
    await put('net', { notes: 'Written again: what is listed stays.' });
    t.equal((await ask<{ data: object[] }>(service, '/v1/targets/net/offsets')).data.length, 2);
    t.equal((await send('DELETE', '/v1/targets/net/offsets/peat')).statusCode, 204);
    t.equal((await send('DELETE', '/v1/targets/net/offsets/peat')).statusCode, 404);
    t.equal((await send('PUT', '/v1/targets/never/offsets/woods', { body: OFFSET })).statusCode, 404);
    t.equal((await versions('net')).length, 5, 'each of it is a version of the target');
  },
);
