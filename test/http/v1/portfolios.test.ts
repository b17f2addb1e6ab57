import t from 'tap';
import { GROUPS } from '../../../src/domain/figure-question.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [
  { meter: 'EL', site: 'SCHOOL' },
  { meter: 'LAMPS', site: 'STREETS', kind: 'billed' },
]);
await writeReadings(service, [
  { meter: 'EL', period: '2025/26', quantity: 36_500 },
  { meter: 'LAMPS', period: '2025/26', quantity: 3_650 },
]);
const site = (key: string, fields: object) => send('PUT', `/v1/sites/${key}`, { body: { name: key, ...fields } });

type Row = { portfolio?: string | null; quantity: { value: number | null }; emissionsKgCo2e: { total: number } };
type Answer = { data: Row[]; total: Row };
const emissions = (query: string) => ask<Answer>(service, `/v1/emissions?${query}`);
const byPortfolio = async (query: string) =>
  (await emissions(`${query}&groupBy=portfolio`)).data
    .filter(({ quantity }) => quantity.value !== null)
    .map(({ portfolio, quantity }) => [portfolio, quantity.value]);

t.test('a portfolio since ever is written as before, and none is a row of its own (rule D4)', async (t) => {
  t.match((await site('SCHOOL', { portfolio: 'schools' })).json(), {
    portfolio: 'schools',
    portfolios: [{ portfolio: 'schools' }],
  });
  t.strictSame(await byPortfolio('period=2025/26'), [
    ['schools', 36_500],
    [null, 3_650],
  ]);
});

t.test('a site counts in each portfolio for its days', async (t) => {
  const portfolios = [
    { from: '2025-04-11', portfolio: 'schools' },
    { from: '2025-07-01', portfolio: 'leisure' },
  ];
  t.match((await site('SCHOOL', { portfolios })).json(), { portfolio: 'leisure', portfolios });
  t.strictSame(await byPortfolio('period=2025/26&site=SCHOOL'), [
    ['leisure', 27_400],
    ['schools', 8_100],
    [null, 1_000],
  ]);
  t.strictSame(await byPortfolio('period=2025-06-30/2025-07-02&site=SCHOOL&interval=day'), [
    ['schools', 100],
    ['leisure', 100],
  ]);
  t.match((await emissions('period=2025/26&site=SCHOOL')).data, [{ quantity: { value: 36_500 } }], 'one row unasked');
});

t.test('the list of sites takes the portfolio that holds today', async (t) => {
  const keys = async (portfolio: string) =>
    (await ask<{ data: { key: string }[] }>(service, `/v1/sites?portfolio=${portfolio}`)).data.map(({ key }) => key);
  t.strictSame(await keys('leisure'), ['SCHOOL']);
  t.strictSame(await keys('schools'), []);
});

t.test('portfolios out of order, or both forms at once, are refused with their place', async (t) => {
  const later = { from: '2025-07-01', portfolio: 'leisure' };
  const refused = await site('SCHOOL', { portfolios: [later, { from: '2025-04-01', portfolio: 'schools' }] });
  t.equal(refused.statusCode, 400);
  t.match(refused.json(), { errors: [{ pointer: '/portfolios/1/from', code: 'wrong-order' }] });
  const both = await site('SCHOOL', { portfolio: 'schools', portfolios: [later] });
  t.match(both.json(), { errors: [{ pointer: '/portfolio', code: 'ambiguous' }] });
});

t.test('rows of every grouping add up to the total, a supply without an address among them', async (t) => {
  const deprivation = await service.send('PUT', '/v1/area-tables/imd-2025?source=IMD', {
    body: 'lsoa21,decile\nE01000001,1\n',
    headers: { 'content-type': 'text/csv' },
  });
  t.equal(deprivation.statusCode, 201, deprivation.body);
  for (const group of GROUPS) {
    const { data, total } = await emissions(`period=2025/26&groupBy=${group}`);
    const sum = data.reduce((kg, row) => kg + row.emissionsKgCo2e.total, 0);
    t.ok(Math.abs(sum - total.emissionsKgCo2e.total) < 0.0005 * (data.length + 1), group);
  }
});

t.test('a figure can be of a category or a portfolio alone, day by day (rule D4)', async (t) => {
  await site('STREETS', { category: 'street-lighting', portfolios: [{ portfolio: 'corporate' }] });
  const used = async (query: string) => (await emissions(`period=2025/26&${query}`)).total.quantity.value;
  t.equal(await used('portfolio=schools'), 8_100, '81 days of the school');
  t.equal(await used('portfolio=leisure'), 27_400);
  t.equal(await used('portfolio=schools,leisure'), 35_500, 'all but the ten days before it was in one');
  t.equal(await used('portfolio=leisure,corporate&category=street-lighting'), 3_650, 'what both filters take');
  t.equal(await used('category=street-lighting'), 3_650);
  const none = await emissions('period=2025/26&category=street-lighting&site=SCHOOL');
  t.match(none, { data: [], total: { emissionsKgCo2e: null } }, 'nothing is both: nothing is known of it');
  const query = 'period=2025/26&portfolio=schools';
  t.equal((await ask<Answer>(service, `/v1/consumption?${query}`)).total.quantity.value, 8_100);
  type Lines = { data: { quantity: number }[] };
  const { data } = await ask<Lines>(service, `/v1/emissions/explanation?${query}&lines=generation`);
  t.strictSame(
    data.map(({ quantity }) => quantity),
    [8_100],
  );
});

t.test('400: a category or portfolio that no site has is no figure of nothing', async (t) => {
  for (const [name, expected] of [
    ['portfolio', 'corporate, leisure, schools'],
    ['category', 'street-lighting'],
  ]) {
    const refused = await send('GET', `/v1/emissions?period=2025/26&${name}=schols`);
    t.equal(refused.statusCode, 400);
    t.match(refused.json(), {
      detail: `no site has the ${name} 'schols': expected ${expected}`,
      errors: [{ pointer: `?${name}`, code: `unknown-${name}` }],
    });
  }
});

t.test('a receipt of a portfolio verifies', async (t) => {
  const receipt = await send('POST', '/v1/receipts', { body: { period: '2025/26', portfolio: 'schools' } });
  t.equal(receipt.statusCode, 200, receipt.body);
  const verified = await send('POST', '/v1/receipts/verify', { body: receipt.json() as object });
  t.match(verified.json(), { result: 'equal' });
});
