import t from 'tap';
import { testApp } from '../../support/app.ts';

const service = await testApp(t);
const { app, send, keys } = service;

async function issue(body: object): Promise<{ id: number; key: string }> {
  return (await send('POST', '/v1/api-keys', { body })).json() as { id: number; key: string };
}

async function readWith(key: string): Promise<number> {
  return (await app.inject({ url: '/v1/sites', headers: { authorization: `Bearer ${key}` } })).statusCode;
}

t.test('201: a key is shown once, opens what it may, and is stored as a hash only', async (t) => {
  const response = await send('POST', '/v1/api-keys', { body: { name: 'Power BI', scopes: ['read'] } });
  t.equal(response.statusCode, 201);
  t.equal(response.headers['cache-control'], 'no-store');
  const { id, key, ...rest } = response.json() as { id: number; key: string };
  t.strictSame(rest, { name: 'Power BI', scopes: ['read'], status: 'active', createdAt: '2026-11-22T12:00:00.000Z' });
  t.match(key, /^cck_[A-Za-z0-9_-]{43}$/);
  t.equal(await readWith(key), 200);
  const list = await send('GET', '/v1/api-keys');
  t.notMatch(list.body, key);
  t.match((list.json() as { data: object[] }).data.at(-1), { id, name: 'Power BI', status: 'active' });
  const stored = await service.database.prisma.apiKey.findUniqueOrThrow({ where: { id } });
  t.equal(Buffer.from(stored.hash).length, 32);
  t.notMatch(JSON.stringify(stored), key);
});

t.test('401: a revoked key opens nothing at once; revoking again changes nothing', async (t) => {
  const { id, key } = await issue({ name: 'Old', scopes: ['read'] });
  t.equal((await send('DELETE', `/v1/api-keys/${id}`)).statusCode, 204);
  t.equal(await readWith(key), 401);
  const before = (await service.database.prisma.clock.findUniqueOrThrow({ where: { id: 1 } })).seq;
  t.equal((await send('DELETE', `/v1/api-keys/${id}`)).statusCode, 204);
  t.equal((await service.database.prisma.clock.findUniqueOrThrow({ where: { id: 1 } })).seq, before);
});

t.test('401: an expired key opens nothing from its instant on', async (t) => {
  const { key } = await issue({ name: 'Week', scopes: ['read'], expiresAt: '2026-11-29T12:00:00+00:00' });
  service.clock.now = new Date('2026-11-29T11:59:59Z');
  t.equal(await readWith(key), 200);
  service.clock.now = new Date('2026-11-29T12:00:00Z');
  t.equal(await readWith(key), 401);
  t.match((await send('GET', '/v1/api-keys')).json(), {
    data: [{}, {}, {}, {}, {}, { status: 'revoked' }, { status: 'expired' }],
  });
  service.clock.now = new Date('2026-11-22T12:00:00Z');
});

t.test('the scope admin includes the others; no other scope includes any', async (t) => {
  const { key } = await issue({ name: 'All', scopes: ['admin'] });
  t.equal(await readWith(key), 200);
  t.equal(await readWith(keys['write-readings']), 403);
  t.equal(await readWith(keys['write-estate']), 403);
  const both = await issue({ name: 'Both', scopes: ['read', 'write-readings'] });
  t.equal(await readWith(both.key), 200);
});

t.test('401: every way of not having a key says how to send one, and none says more', async (t) => {
  const headers: (Record<string, string> | undefined)[] = [
    undefined,
    { authorization: '' },
    { authorization: keys.read },
    { authorization: `Basic ${keys.read}` },
    { authorization: 'Bearer' },
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${keys.read} ${keys.read}` },
    { authorization: `Bearer ${'a'.repeat(513)}` },
    { authorization: 'Bearer no-such-key' },
    { authorization: `Bearer ${keys.read.toUpperCase()}` },
    { authorization: `Bearer ${keys.read}=` },
  ];
  for (const header of headers) {
    const response = await app.inject({ url: '/v1/sites', ...(header && { headers: header }) });
    t.equal(response.statusCode, 401, JSON.stringify(header));
    t.match(response.headers['www-authenticate'], /^Bearer realm=/);
    t.match(response.headers['content-type'], /^application\/problem\+json/);
  }
  t.equal((await app.inject({ url: '/v1/sites', headers: { authorization: `bearer ${keys.read}` } })).statusCode, 200);
});

t.test('403: says which scope is missing', async (t) => {
  const response = await send('GET', '/v1/api-keys', { scope: 'read' });
  t.equal(response.statusCode, 403);
  t.match(response.headers['www-authenticate'], /error="insufficient_scope", scope="admin"/);
  t.match(response.json(), { detail: /admin/ });
});

t.test('400: a key without a name, without scopes, in the past, or with the reserved name is refused', async (t) => {
  const faulty: [object, string][] = [
    [{ scopes: ['read'] }, '/name'],
    [{ name: 'A', scopes: [] }, '/scopes'],
    [{ name: 'A', scopes: ['read', 'read'] }, '/scopes'],
    [{ name: 'A', scopes: ['write'] }, '/scopes/0'],
    [{ name: 'A', scopes: ['read'], expiresAt: '2026-11-22T12:00:00Z' }, '/expiresAt'],
    [{ name: 'A', scopes: ['read'], expiresAt: '2027-01-01' }, '/expiresAt'],
    [{ name: 'A', scopes: ['read'], expiresAt: '2027-01-01 00:00:00Z' }, '/expiresAt'],
    [{ name: 'A', scopes: ['read'], expiresAt: '2027-01-01T00:00:00' }, '/expiresAt'],
    [{ name: 'bootstrap', scopes: ['read'] }, '/name'],
  ];
  for (const [body, pointer] of faulty) {
    const response = await send('POST', '/v1/api-keys', { body });
    t.equal(response.statusCode, 400, JSON.stringify(body));
    t.match(response.json(), { errors: [{ pointer }] });
  }
});

t.test('404 and 400: unknown and impossible numbers of keys', async (t) => {
  t.equal((await send('DELETE', '/v1/api-keys/999999')).statusCode, 404);
  for (const id of ['0', '-1', '1.5', '0x1', '1e3', '2147483648', 'abc', '99999999999999999999'])
    t.equal((await send('DELETE', `/v1/api-keys/${id}`)).statusCode, 400, id);
});

t.test('409: the last admin key cannot be revoked, not even by two requests at once', async (t) => {
  const list = (await send('GET', '/v1/api-keys')).json() as {
    data: { id: number; scopes: string[]; status: string }[];
  };
  const admins = list.data.filter(({ scopes, status }) => scopes.includes('admin') && status === 'active');
  t.equal(admins.length, 2);
  const answers = await Promise.all(admins.map(({ id }) => send('DELETE', `/v1/api-keys/${id}`)));
  const [first, second] = answers.map(({ statusCode }) => statusCode).sort();
  t.equal(first, 204);
  // 401 where the key that both were sent with had gone before the second came in.
  t.ok(second === 409 || second === 401, String(second));
  const where = { scopes: { has: 'admin' }, revokedAt: null };
  t.equal(await service.database.prisma.apiKey.count({ where }), 1);
});
