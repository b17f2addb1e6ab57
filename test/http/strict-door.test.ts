import t from 'tap';
import { testApp } from '../support/app.ts';

/** What Fastify lets through, changed in silence, by its own defaults; each row is tried on real routes. */
const { app, send, keys, database } = await testApp(t);
await send('PUT', '/v1/sites/DOOR', { body: { name: 'Door', floorAreaM2: 7 } });

const REFUSED_BODIES: [string, string][] = [
  ['null never becomes 0', '{"name":"Door","floorAreaM2":null}'],
  ['a text is no number, Infinity least of all', '{"name":"Door","floorAreaM2":"Infinity"}'],
  ['a text of digits is no number', '{"name":"Door","floorAreaM2":"12.5"}'],
  ['true is no 1', '{"name":"Door","floorAreaM2":true}'],
  ['an array is no number', '{"name":"Door","floorAreaM2":[5]}'],
  ['a number is no text', '{"name":5}'],
  ['a misspelt key is not dropped', '{"name":"Door","floorareaM2":5}'],
  ['a number beyond all numbers is none', '{"name":"Door","floorAreaM2":1e400}'],
  ['a small number with too many digits is not cut', '{"name":"Door","floorAreaM2":1e-7}'],
  ['one entry is no list', '{"name":"Door","floorAreas":{"areaM2":5}}'],
  ['NaN is no JSON', '{"name":"Door","floorAreaM2":NaN}'],
  ['a prototype is no field', '{"name":"Door","__proto__":{"floorAreaM2":5}}'],
  ['a constructor is no field', '{"name":"Door","constructor":{"prototype":{"a":1}}}'],
  ['NUL is no text', '{"name":"Do\\u0000or"}'],
  ['half a character is no text', '{"name":"Do\\ud800or"}'],
  ['an array is no body', '[]'],
  ['null is no body', 'null'],
  ['a text is no body', '"name"'],
  ['nothing is no body', ''],
  ['half a body is none', '{"name":"Door"'],
];

for (const [guarantee, payload] of REFUSED_BODIES)
  t.test(`body: ${guarantee}`, async (t) => {
    const response = await app.inject({
      method: 'PUT',
      url: '/v1/sites/DOOR',
      headers: { authorization: `Bearer ${keys.admin}`, 'content-type': 'application/json' },
      payload,
    });
    t.equal(response.statusCode, 400, response.body);
    t.match(response.headers['content-type'], /^application\/problem\+json/);
    const stored = await send('GET', '/v1/sites/DOOR');
    t.match(stored.json(), { name: 'Door', floorAreaM2: 7 }, 'what is stored stays');
  });

t.test('body: bytes that are no UTF-8 never become other characters', async (t) => {
  const headers = { authorization: `Bearer ${keys.admin}`, 'content-type': 'application/json' };
  const payload = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xe9]), Buffer.from('"}')]);
  const response = await app.inject({ method: 'PUT', url: '/v1/sites/DOOR', headers, payload });
  t.match(response.json(), { status: 400, detail: /UTF-8/ });
});

t.test('body: a byte order mark before the JSON does no harm', async (t) => {
  const headers = { authorization: `Bearer ${keys.admin}`, 'content-type': 'application/json; charset=utf-8' };
  const payload = '\ufeff{"name":"Door","floorAreaM2":7}';
  t.equal((await app.inject({ method: 'PUT', url: '/v1/sites/DOOR', headers, payload })).statusCode, 200);
});

const REFUSED_INSTANTS = [
  '2026-12-01 00:00:00Z',
  '2026-12-01T00:00:00',
  '2026-12-01T00:00:60Z',
  '2026-12-01T24:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-12-01T00:00:00z',
  '2026-12-01T00:00:00+0100',
  '2026-12-01',
  1796083200,
];

for (const expiresAt of REFUSED_INSTANTS)
  t.test(`instant: ${expiresAt} is refused`, async (t) => {
    const response = await send('POST', '/v1/api-keys', { body: { name: 'A', scopes: ['read'], expiresAt } });
    t.equal(response.statusCode, 400, response.body);
  });

const REFUSED_QUERIES: [string, string][] = [
  ['a number beyond all numbers', 'limit=1e999'],
  ['Infinity', 'limit=Infinity'],
  ['a hexadecimal number', 'limit=0x10'],
  ['an octal number', 'limit=0o10'],
  ['an exponent', 'limit=1e2'],
  ['a plus sign', 'limit=%2B5'],
  ['a blank', 'limit=%205'],
  ['a leading zero', 'limit=010'],
  ['a fraction', 'limit=1.5'],
  ['nothing', 'limit='],
  ['true', 'limit=true'],
  ['more than there may be', 'limit=501'],
  ['less than one', 'limit=0'],
  ['a negative number', 'limit=-1'],
  ['two numbers', 'limit=1&limit=2'],
  ['an unknown parameter', 'limi=5'],
  ['a parameter of another route', 'activity=water'],
  ['an unknown parameter beside a known one', 'limit=5&sort=name'],
  ['a prototype', '__proto__=5'],
  ['a constructor', 'constructor=5'],
  ['two texts where one is asked for', 'category=a&category=b'],
  ['an empty text', 'category='],
  ['a NUL', 'category=%00'],
  ['a line break', 'q=a%0Ab'],
];

for (const [what, query] of REFUSED_QUERIES)
  t.test(`query: ${what} is refused (${query})`, async (t) => {
    const response = await send('GET', `/v1/sites?${query}`);
    t.equal(response.statusCode, 400, response.body);
    t.match(response.json(), { errors: [{ pointer: new RegExp(`^\\?${query.split('=')[0]}$|^\\?sort$`) }] });
  });

t.test('query: what is plainly a number is one', async (t) => {
  t.equal((await send('GET', '/v1/sites?limit=1')).statusCode, 200);
  t.equal((await send('GET', '/v1/sites?limit=500')).statusCode, 200);
});

t.test('a route without parameters refuses any', async (t) => {
  t.equal((await send('GET', '/v1/settings?a=1')).statusCode, 400);
  t.equal((await send('GET', '/v1/sites/DOOR?verbose=true')).statusCode, 400);
});

t.test('an area comes back as it was sent, to the last digit', async (t) => {
  for (const floorAreaM2 of [0.01, 12500.55, 0.1, 1234567.89, 10_000_000]) {
    t.match((await send('PUT', '/v1/sites/AREA', { body: { name: 'A', floorAreaM2 } })).json(), { floorAreaM2 });
    t.match((await send('GET', '/v1/sites/AREA')).json(), { floorAreaM2 });
  }
  t.equal(await database.prisma.siteFloorArea.count({ where: { version: { site: { key: 'AREA' } } } }), 5);
});
