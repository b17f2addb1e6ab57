import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask } from '../../support/estate.ts';

const service = await testApp(t);
const { send, database } = service;

const PATHWAY = {
  name: 'Halved by 2028',
  basis: 'assumed',
  source: 'Climate strategy, annex B',
  factors: [
    { year: 2027, line: 'generation', kgCo2ePerKwh: 0.12 },
    { year: 2028, line: 'generation', kgCo2ePerKwh: 0.1, kgCo2PerKwh: 0.099 },
    { year: 2027, line: 'td-losses', kgCo2ePerKwh: 0.011 },
  ],
};
const put = (key: string, fields: object = {}) =>
  send('PUT', `/v1/grid-pathways/${key}`, { body: { ...PATHWAY, ...fields } });

t.test('201, 200: a pathway comes back, and the same in another order changes nothing', async (t) => {
  const created = await put('halved');
  t.equal(created.statusCode, 201, created.body);
  t.strictSame(created.json(), { key: 'halved', ...PATHWAY });
  const { seq, configSeq } = await database.prisma.clock.findFirstOrThrow();
  t.equal((await put('halved', { factors: PATHWAY.factors.toReversed() })).statusCode, 200);
  t.equal((await database.prisma.clock.findFirstOrThrow()).seq, seq);
  t.ok(configSeq < seq, 'no figure of the past rests on it');
  t.strictSame(await ask(service, '/v1/grid-pathways/halved'), created.json());
});

t.test('lists are by key and given as CSV', async (t) => {
  t.match(await ask(service, '/v1/grid-pathways'), { data: [{ key: 'halved' }] });
  const { body } = await send('GET', '/v1/grid-pathways', { headers: { accept: 'text/csv' } });
  t.match(body, 'halved,Halved by 2028,assumed,"Climate strategy, annex B",,generation td-losses,2027,2028');
});

t.test('a withdrawn pathway is found as of before', async (t) => {
  const { rows } = await database.pool.query<{ at: string }>(
    `select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from clock`,
  );
  const before = rows[0]?.at ?? '';
  t.equal((await send('DELETE', '/v1/grid-pathways/halved')).statusCode, 204);
  t.match((await send('GET', '/v1/grid-pathways/halved')).json(), { status: 404, type: /unknown-grid-pathway$/ });
  t.match(await ask(service, `/v1/grid-pathways/halved?asOf=${before}`), { name: 'Halved by 2028' });
});

const factor = (year: number, fields: object = {}) => ({ year, line: 'generation', kgCo2ePerKwh: 0.1, ...fields });
const REFUSED: [string, object, string][] = [
  ['a year left out, because nothing is made up', { factors: [factor(2027), factor(2030)] }, '/factors'],
  ['two numbers for one year and line', { factors: [factor(2027), factor(2027)] }, '/factors/1'],
  ['a line that electricity has not', { factors: [factor(2027, { line: 'combustion' })] }, '/factors/0/line'],
  ['a negative factor', { factors: [factor(2027, { kgCo2ePerKwh: -0.1 })] }, '/factors/0/kgCo2ePerKwh'],
  ['no factors', { factors: [] }, '/factors'],
  ['no source', { source: undefined }, '/source'],
];
for (const [name, fields, pointer] of REFUSED) {
  t.test(`400: ${name}`, async (t) => {
    const response = await put('x', fields);
    t.equal(response.statusCode, 400, response.body);
    t.equal(response.json().errors[0].pointer, pointer, response.body);
  });
}
