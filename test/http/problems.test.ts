import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import t from 'tap';
import { PROBLEM_TYPES } from '../../src/http/problem-catalogue.ts';
import { LIMITS } from '../../src/limits.ts';
import { testApp } from '../support/app.ts';

const logs: string[] = [];
const service = await testApp(t, { logs });
const { app, send, keys } = service;
const JSON_BODY = { 'content-type': 'application/json' };

t.test('the body and the status line of a problem always say the same', async (t) => {
  const answers = await Promise.all([
    send('GET', '/v1/sites/NOPE'),
    send('GET', '/nowhere'),
    send('GET', '/v1/sites', { scope: null }),
    send('PUT', '/v1/sites/A', { body: {} }),
    send('PUT', '/v1/sites/A', { scope: 'read', body: {} }),
    send('PATCH', '/v1/sites/A', { body: {} }),
  ]);
  for (const answer of answers) {
    const problem = answer.json() as { status: number; type: string; title: string; instance: string };
    const code = problem.type.replace('urn:council-carbon:problem:', '') as keyof typeof PROBLEM_TYPES;
    t.match(answer.headers['content-type'], /^application\/problem\+json/);
    t.equal(problem.status, answer.statusCode);
    t.strictSame({ status: problem.status, title: problem.title }, PROBLEM_TYPES[code]);
    t.equal(problem.instance, `urn:request:${answer.headers['x-request-id']}`);
    t.equal(answer.headers['cache-control'], 'no-store');
  }
});

t.test(
  '405: an address that exists says which methods it takes; one that does not is 404, with or without a key',
  async (t) => {
    const wrong = await send('PATCH', '/v1/sites/A');
    t.equal(wrong.statusCode, 405);
    t.equal(wrong.headers.allow, 'DELETE, GET, HEAD, PUT');
    t.equal((await send('POST', '/v1/sites', { body: {} })).headers.allow, 'GET, HEAD');
    for (const scope of [null, 'admin'] as const)
      for (const url of ['/v1/nope', '/v1', '/v1/', '/v1/sites/A/B', '/', '/V1/sites'])
        t.equal((await send('GET', url, { scope })).statusCode, 404, `${url} ${scope}`);
  },
);

t.test('404: what an unknown address answers is the same whether a site of that name exists or not', async (t) => {
  await send('PUT', '/v1/sites/REAL', { body: { name: 'Real' } });
  const detail = async (key: string) => {
    const { detail } = (await send('GET', `/v1/sites/${key}/secret`, { scope: null })).json() as { detail: string };
    return detail.replaceAll(key, 'KEY');
  };
  t.equal(await detail('REAL'), await detail('FAKE'));
});

t.test('400: an address that is not percent-encoded, or holds a NUL', async (t) => {
  t.equal((await send('GET', '/v1/sites/%E0%A4%A')).statusCode, 400);
  t.match((await send('GET', '/v1/sites/%E0%A4%A')).headers['content-type'], /^application\/problem\+json/);
  t.equal((await send('GET', '/v1/sites/a%00b')).statusCode, 400);
});

t.test('413: a body beyond the limit, with the limit named', async (t) => {
  const body = { name: 'A', ward: 'x'.repeat(LIMITS.configurationBodyBytesMax) };
  const response = await send('PUT', '/v1/sites/BIG', { body });
  t.equal(response.statusCode, 413);
  t.match(response.json(), { detail: new RegExp(String(LIMITS.configurationBodyBytesMax)) });
});

t.test('415: a body that is not JSON', async (t) => {
  for (const type of [
    'text/plain',
    'text/csv',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'nonsense',
  ]) {
    const response = await app.inject({
      method: 'PUT',
      url: '/v1/sites/A',
      headers: { authorization: `Bearer ${keys.admin}`, 'content-type': type },
      payload: 'name=A',
    });
    t.equal(response.statusCode, 415, type);
    t.match(response.json(), { detail: /application\/json/ });
  }
});

t.test('many faults are all found, listed up to the limit and counted beyond it', async (t) => {
  const control = Array.from({ length: 150 }, () => ({ control: 'rented' }));
  const problem = (await send('PUT', '/v1/sites/A', { body: { name: 'A', control } })).json() as {
    errors: object[];
    detail: string;
  };
  t.equal(problem.errors.length, LIMITS.problemFaultsMax);
  t.match(problem.detail, /^150 faults.*50 more faults are not listed/);
});

t.test('a refused value is repeated, cut short and without control characters', async (t) => {
  const { errors } = (await send('PUT', '/v1/sites/A', { body: { name: `\u001b[31m${'x'.repeat(300)}` } })).json() as {
    errors: { detail: string }[];
  };
  t.ok(errors.every(({ detail }) => detail.length < 250 && !detail.includes('\u001b')));
});

t.test('pointers escape what they must (RFC 6901)', async (t) => {
  t.match((await send('PUT', '/v1/sites/A', { body: { name: 'A', 'a/b~c': 1 } })).json(), {
    errors: [{ pointer: '/a~1b~0c' }],
  });
});

t.test('500: the caller gets a fixed text, the log gets the error', async (t) => {
  await service.database.pool.query('alter table site_control rename to hidden_table_name');
  const response = await send('GET', '/v1/sites/REAL');
  await service.database.pool.query('alter table hidden_table_name rename to site_control');
  t.equal(response.statusCode, 500);
  t.match(response.json(), {
    type: 'urn:council-carbon:problem:internal-error',
    detail: /^The service failed while answering/,
  });
  t.notMatch(response.body, /site_control|prisma|relation/i);
  t.ok(logs.some((line) => line.includes(String(response.headers['x-request-id'])) && /site_control/.test(line)));
});

t.test('one line a request, with who, what and how long; never a key, a body or a query', async (t) => {
  logs.length = 0;
  await send('PUT', '/v1/sites/LOGGED', { body: { name: 'Secret Refuge' }, headers: JSON_BODY });
  await send('GET', '/v1/sites?q=Secret');
  await send('GET', '/v1/sites', { scope: null });
  const lines = logs.map((line) => JSON.parse(line) as Record<string, unknown>);
  t.match(lines, [
    {
      operationId: 'putSite',
      method: 'PUT',
      route: '/v1/sites/:site',
      principal: /^key:\d+$/,
      status: 201,
      durationMs: Number,
    },
    { operationId: 'listSites', status: 200 },
    { operationId: 'listSites', status: 401 },
  ]);
  t.equal(lines.length, 3);
  t.notMatch(logs.join(''), /Secret|test-key/);
});

t.test('bytes that are no HTTP request, and headers beyond all measure, are answered with a problem', async (t) => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const exchange = async (bytes: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket
      .setEncoding('utf8')
      .on('data', (text: string) => (answer += text))
      .on('error', () => {});
    socket.write(bytes);
    await once(socket, 'close');
    return answer;
  };
  t.match(await exchange('GARBAGE\r\n\r\n'), /^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
  t.match(
    await exchange(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`),
    /^HTTP\/1\.1 431 .*urn:council-carbon:problem:headers-too-large/s,
  );
  t.match(await exchange('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 404/);
});

t.test('every problem code has its line in docs/problems.md, and every line its code', async (t) => {
  const page = readFileSync(new URL('../../docs/problems.md', import.meta.url), 'utf8');
  const documented = [...page.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  t.strictSame(
    documented,
    Object.entries(PROBLEM_TYPES).map(([code, { status }]) => [code, status]),
  );
});
