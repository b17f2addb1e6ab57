import t from 'tap';
import { encodeCursor } from '../../src/http/cursor.ts';
import { fromFactorQuery } from '../../src/http/v1/factors/convert.ts';
import { listMeterIds } from '../../src/stores/queries/list-meter-ids.ts';
import { listSiteIds } from '../../src/stores/queries/list-site-ids.ts';
import { testApp } from '../support/app.ts';

/** Everything of lists that reaches SQL: filters, search, position. None of it ever becomes part of a statement's text. */
const { send, database } = await testApp(t);
await send('PUT', '/v1/sites/S', { body: { name: "O'Brien House", category: "a'b" } });
await send('PUT', '/v1/meters/M', { body: { site: 'S', activity: 'electricity', unit: 'kWh' } });

const HOSTILE = [
  "'",
  "''",
  "' or '1'='1",
  "'; drop table site; --",
  '"; drop table site; --',
  '\\',
  "\\'",
  '%',
  '_',
  '$1',
  '$$',
  '{}',
  '/*',
  '--',
  '$' + '{1}',
  '? :a @b',
  '\' collate "C" --',
];

t.test('hostile text in a filter finds nothing and breaks nothing', async (t) => {
  for (const text of HOSTILE)
    for (const name of ['category', 'portfolio', 'ward']) {
      const response = await send('GET', `/v1/sites?${name}=${encodeURIComponent(text)}`);
      t.equal(response.statusCode, 200, `${name}=${text}`);
      t.strictSame(response.json(), { data: [], page: {} });
    }
  t.match((await send('GET', `/v1/sites?category=${encodeURIComponent("a'b")}`)).json(), { data: [{ key: 'S' }] });
});

t.test('hostile text in the search is looked for literally', async (t) => {
  for (const text of HOSTILE) {
    const response = await send('GET', `/v1/sites?q=${encodeURIComponent(text)}`);
    t.equal(response.statusCode, 200, text);
    t.equal((response.json() as { data: object[] }).data.length, text === "'" ? 1 : 0, text);
  }
});

t.test('hostile text in a cursor is a position and nothing else', async (t) => {
  const siteFilter = { category: null, portfolio: null, ward: null, q: null };
  const meterFilter = { site: null, activity: null, kind: null, direction: null };
  const factorFilter = { ...fromFactorQuery({}), asOf: undefined };
  for (const text of HOSTILE) {
    t.equal((await send('GET', `/v1/sites?cursor=${encodeCursor(siteFilter, [text])}`)).statusCode, 200, text);
    t.equal((await send('GET', `/v1/meters?cursor=${encodeCursor(meterFilter, [text])}`)).statusCode, 200, text);
    t.equal(
      (await send('GET', `/v1/factors?cursor=${encodeCursor(factorFilter, [text, text, text])}`)).statusCode,
      200,
      text,
    );
  }
});

t.test('hostile keys and enumerations are refused at the door', async (t) => {
  for (const text of HOSTILE) {
    const encoded = encodeURIComponent(text);
    t.equal((await send('GET', `/v1/meters?site=${encoded}`)).statusCode, 400, text);
    t.equal((await send('GET', `/v1/meters?activity=${encoded}`)).statusCode, 400, text);
    t.equal((await send('GET', `/v1/factors?key=${encoded}`)).statusCode, 400, text);
    t.equal((await send('GET', `/v1/sites/${encoded}`)).statusCode, 400, text);
  }
});

t.test('the text of a list query depends on which filters are given, never on their values', async (t) => {
  const page = { after: 'A', limit: 10 };
  const siteText = (text: string) =>
    listSiteIds(
      { category: text, portfolio: text, ward: text, q: text },
      { ...page, after: text },
      { seq: null, day: '2025-04-01' },
    ).sql;
  for (const text of HOSTILE) t.equal(siteText(text), siteText('plain'));
  const meters = listMeterIds({ site: "'", activity: 'water', kind: 'billed', direction: 'import' }, page, null);
  t.strictSame(meters.values, ['water', 'billed', 'import', "'", 'A', 11]);
  t.notMatch(meters.sql, /water|billed/);
  t.equal((await database.prisma.$queryRaw<object[]>(meters)).length, 0);
});
