import t from 'tap';
import { namesTag, weakEtag } from '../../src/http/plugins/entity-tag.ts';
import { testApp } from '../support/app.ts';

const service = await testApp(t);
const { send } = service;
await send('PUT', '/v1/sites/A', { body: { name: 'A' } });

async function tagOf(url: string, request: Parameters<typeof send>[2] = {}): Promise<string> {
  return String((await send('GET', url, request)).headers.etag);
}

async function statusWith(
  url: string,
  tag: string,
  request: { scope?: 'read'; headers?: Record<string, string> } = {},
) {
  return (await send('GET', url, { ...request, headers: { ...request.headers, 'if-none-match': tag } })).statusCode;
}

t.test('200 carries a weak tag and may only be kept by its reader', async (t) => {
  const response = await send('GET', '/v1/sites');
  t.match(response.headers, {
    etag: /^W\/"[A-Za-z0-9_-]{22}"$/,
    'cache-control': 'private, no-cache',
    vary: 'accept, authorization',
  });
});

t.test('304 without a body while nothing has changed, also among other tags and without W/', async (t) => {
  const tag = await tagOf('/v1/sites');
  const unchanged = await send('GET', '/v1/sites', { headers: { 'if-none-match': tag } });
  t.equal(unchanged.statusCode, 304);
  t.equal(unchanged.body, '');
  t.equal(unchanged.headers.etag, tag);
  t.equal(await statusWith('/v1/sites', `"other", ${tag}`), 304);
  t.equal(await statusWith('/v1/sites', tag.slice(2)), 304);
  t.equal(await statusWith('/v1/sites', '"other"'), 200);
});

t.test('any change of the store makes a new tag; a write that changes nothing does not', async (t) => {
  const tag = await tagOf('/v1/sites');
  await send('PUT', '/v1/sites/A', { body: { name: 'A' } });
  t.equal(await statusWith('/v1/sites', tag), 304);
  await send('PUT', '/v1/sites/B', { body: { name: 'B' } });
  t.equal(await statusWith('/v1/sites', tag), 200);
});

t.test('a tag holds for one address, key, format and local day', async (t) => {
  const tag = await tagOf('/v1/sites');
  t.equal(await statusWith('/v1/sites?limit=1', tag), 200);
  t.equal(await statusWith('/v1/sites/A', tag), 200);
  t.equal(await statusWith('/v1/sites', tag, { scope: 'read' }), 200);
  t.equal(await statusWith('/v1/sites', tag, { headers: { accept: 'text/csv' } }), 200);
  service.clock.now = new Date('2026-11-23T00:00:00Z');
  t.equal(await statusWith('/v1/sites', tag), 200);
  service.clock.now = new Date('2026-11-22T12:00:00Z');
  t.equal(await statusWith('/v1/sites', tag), 304);
});

t.test('the tag is the same for HEAD; refusals have none', async (t) => {
  t.equal((await send('HEAD', '/v1/sites/A')).headers.etag, await tagOf('/v1/sites/A'));
  const missing = await send('GET', '/v1/sites/NOPE');
  t.equal(missing.statusCode, 404);
  t.notHas(missing.headers, { etag: String });
  t.equal((await send('GET', '/v1/sites?limit=0')).headers.etag, undefined);
});

t.test('a tag is answered without asking the store for more than the key', async (t) => {
  const tag = await tagOf('/v1/sites');
  await service.database.pool.query('alter table site rename to site_away');
  const unchanged = await statusWith('/v1/sites', tag);
  await service.database.pool.query('alter table site_away rename to site');
  t.equal(unchanged, 304);
});

t.test('a key that was revoked gets no 304', async (t) => {
  const { id, key } = (await send('POST', '/v1/api-keys', { body: { name: 'K', scopes: ['read'] } })).json() as {
    id: number;
    key: string;
  };
  const headers = { authorization: `Bearer ${key}` };
  const tag = String((await service.app.inject({ url: '/v1/sites', headers })).headers.etag);
  await send('DELETE', `/v1/api-keys/${id}`);
  t.equal(
    (await service.app.inject({ url: '/v1/sites', headers: { ...headers, 'if-none-match': tag } })).statusCode,
    401,
  );
});

t.test('each input alone makes another tag', async (t) => {
  const inputs = {
    version: '1',
    clockSeq: 1n,
    keyId: 1,
    representation: 'json',
    today: '2026-11-22',
    url: '/v1/sites',
  };
  const others = [
    { version: '2' },
    { clockSeq: 2n },
    { keyId: 2 },
    { representation: 'csv' },
    { today: '2026-11-23' },
    { url: '/v1/meters' },
  ];
  const tags = new Set([weakEtag(inputs), ...others.map((other) => weakEtag({ ...inputs, ...other }))]);
  t.equal(tags.size, 1 + others.length);
  t.notOk(namesTag(undefined, weakEtag(inputs)));
  t.notOk(namesTag('*', weakEtag(inputs)));
});
