import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { LIMITS } from '../../../src/limits.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(
  service,
  ['GZ', 'GONE', 'MANY', 'A1'].map((meter) => ({ meter })),
);
await service.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = service.app.server.address() as { port: number };

const file = (...rows: string[]) => [dayHeader(), ...rows].join('\n');

t.test('a file compressed with gzip is the same file, however it is declared', async (t) => {
  const plain = file(dayRow('GZ', '2025-03-01', numbered(48)));
  const compressed = gzipSync(plain);
  const declared: Record<string, string>[] = [
    { 'content-type': 'application/gzip' },
    { 'content-encoding': 'gzip' },
    { 'content-type': 'application/octet-stream' },
    {},
  ];
  const first = await sendFile(service, '?clock=local', compressed, declared[0]);
  t.match(first.body, { status: 'stored', bytes: compressed.length, days: { new: 1 } });
  for (const headers of declared.slice(1))
    t.match((await sendFile(service, '?clock=local', compressed, headers)).body, { status: 'nothing-new' });
  t.match((await sendFile(service, '?clock=local', plain)).body, { status: 'nothing-new', bytes: plain.length });
});

t.test('a file that is made to burst is refused, and the service goes on', async (t) => {
  const bomb = gzipSync(`${dayHeader()}\n${'\n'.repeat(LIMITS.uploadRatioFromBytes + 1_000_000)}`);
  const { status, body, location } = await sendBadFile(service, '?clock=local', bomb);
  t.equal(status, 413);
  t.match(body, { type: 'urn:council-carbon:problem:payload-too-large', detail: /grows more than/ });
  t.match(await ask(service, location), { status: 'refused', sha256: null, reason: /grows more than/ });
  t.equal((await sendFile(service, '?clock=local', file(dayRow('GZ', '2025-04-01', numbered(48))))).status, 201);
});

t.test('a file that says that it is too large is refused unread', async (t) => {
  const outgoing = request({
    port,
    method: 'POST',
    path: '/v1/uploads?clock=local',
    headers: {
      authorization: `Bearer ${service.keys['write-readings']}`,
      'content-type': 'text/csv',
      'content-length': LIMITS.uploadBytesMax + 1,
    },
  });
  outgoing.on('error', () => undefined);
  outgoing.flushHeaders();
  const [response] = await once(outgoing, 'response');
  t.equal(response.statusCode, 413);
  t.equal(response.headers.connection, 'close');
  outgoing.destroy();
});

t.test('a sender who goes away in the middle leaves nothing but a record', async (t) => {
  const socket = connect(port, '127.0.0.1');
  const rows = Array.from({ length: 2_000 }, (_, index) =>
    dayRow('GONE', `2024-01-${String((index % 28) + 1).padStart(2, '0')}`, numbered(48)),
  );
  const text = file(...rows);
  socket.write(
    [
      'POST /v1/uploads?clock=local HTTP/1.1',
      'Host: test',
      `Authorization: Bearer ${service.keys['write-readings']}`,
      'Content-Type: text/csv',
      `Content-Length: ${text.length}`,
      '',
      text.slice(0, text.length - 100),
    ].join('\r\n'),
  );
  const isReceiving = async () =>
    (await service.database.pool.query(`select 1 from upload u where u.status = 'receiving'`)).rowCount === 1;
  while (!(await isReceiving())) await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  const ended = async () =>
    (await service.database.pool.query<{ id: string }>(`select u.id from upload u where u.status = 'failed'`)).rows[0];
  let record = await ended();
  while (record === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    record = await ended();
  }
  t.match(await ask(service, `/v1/uploads/${record.id}`), {
    status: 'failed',
    reason: /sender went away/,
    sha256: null,
    seq: undefined,
  });
  t.strictSame(await storedDays(service, ['GONE']), []);
});

t.test('uploads at the same time do not mix', async (t) => {
  const uploads = Array.from({ length: LIMITS.uploadsAtOnceMax }, (_, index) =>
    sendFile(
      service,
      '?clock=local',
      file(
        ...Array.from({ length: 28 }, (_, day) =>
          dayRow('MANY', `2025-0${index + 1}-${String(day + 1).padStart(2, '0')}`, numbered(48, index)),
        ),
      ),
    ),
  );
  for (const { status, body } of await Promise.all(uploads))
    t.match({ status, days: body.days }, { status: 201, days: { new: 28 } });
  const stored = await storedDays(service, ['MANY']);
  t.equal(stored.length, 28 * LIMITS.uploadsAtOnceMax);
  t.ok(stored.every(({ day, intervals }) => intervals[0] === Number(day.slice(5, 7)) - 1));
});

t.test('more uploads than are received at once are asked to come again', async (t) => {
  const hold = Array.from({ length: LIMITS.uploadsAtOnceMax }, () => {
    const outgoing = request({
      port,
      method: 'POST',
      path: '/v1/uploads?clock=local',
      headers: {
        authorization: `Bearer ${service.keys['write-readings']}`,
        'content-type': 'text/csv',
        'transfer-encoding': 'chunked',
      },
    });
    outgoing.on('error', () => undefined);
    outgoing.write(`${dayHeader()}\n`);
    return outgoing;
  });
  const receiving = async () =>
    (await service.database.pool.query(`select 1 from upload u where u.status = 'receiving'`)).rowCount;
  while ((await receiving()) !== LIMITS.uploadsAtOnceMax) await new Promise((resolve) => setTimeout(resolve, 20));
  const { status, body } = await sendBadFile(service, '?clock=local', file(dayRow('A1', '2025-03-01', numbered(48))));
  t.match({ status, body }, { status: 503, body: { detail: /uploads already/ } });
  const answers = hold.map((outgoing) => once(outgoing, 'response'));
  for (const outgoing of hold) outgoing.end(`${dayRow('A1', '2025-03-01', numbered(48))}\n`);
  for (const [answer] of await Promise.all(answers)) t.equal(answer.statusCode, 201);
});

t.test('a file that cannot be read is refused with what it is', async (t) => {
  const refused = async (text: string | Buffer, query = '?clock=local', headers = {}) => {
    const { status, body, location } = await sendBadFile(service, query, text, headers);
    return {
      status,
      detail: body.detail,
      type: body.type.split(':').at(-1),
      record: location === '' ? null : await ask<{ status: string; sha256: string }>(service, location),
    };
  };
  t.match(await refused(''), {
    status: 422,
    type: 'unreadable-file',
    detail: 'The file is empty',
    record: { status: 'refused', sha256: /^e3b0c442/ },
  });
  t.match(await refused('a,b,c\n1,2,3\n'), { status: 422, type: 'unreadable-file', detail: /Line 1 is 'a, b, c'/ });
  t.match(await refused(Buffer.from('PK\u0003\u0004xx')), { status: 422, detail: /archive is damaged or cut short/ });
  t.match(await refused(file(dayRow('A1', '2025-07-01', numbered(48))), ''), {
    status: 422,
    type: 'layout-questions',
    detail: /Say clock=local/,
    record: { status: 'refused' },
  });
  t.match(await refused('datetime,kWh\n2025-03-01 00:00,1\n', '?clock=utc&meter=NOBODY'), {
    status: 404,
    type: 'unknown-meter',
  });
  t.match(await refused('x', '?clock=local', { 'content-encoding': 'br' }), {
    status: 415,
    type: 'unsupported-media-type',
    detail: /'br' is not taken/,
    record: null,
  });
  t.match(await refused('x', '?clock=local', { 'content-type': 'application/pdf' }), {
    status: 415,
    detail: /'application\/pdf' is not taken here; expected text\/csv/,
    record: null,
  });
  t.match(await refused('x', '?clock=gmt'), { status: 400, detail: /one of local, utc, gmt48, local48/, record: null });
  t.match(await refused('x', '?clock=local&resolutionMinutes=7'), { status: 400, detail: /resolutionMinutes/ });
  t.match(await refused('x', '?clock=local&delimiter=x'), { status: 400, detail: /delimiter/ });
});

t.test('only who may write readings sends files, and only who may read sees what became of them', async (t) => {
  const as = (scope: 'read' | 'write-readings' | 'write-estate') => ({
    authorization: `Bearer ${service.keys[scope]}`,
  });
  t.equal((await sendFile(service, '?clock=local', file(), as('read'))).status, 403);
  t.equal((await sendFile(service, '?clock=local', file(), as('write-estate'))).status, 403);
  const get = (url: string, scope: 'read' | 'write-readings') =>
    service.app.inject({ method: 'GET', url, headers: as(scope) });
  t.equal((await get('/v1/uploads/1', 'read')).statusCode, 200);
  t.equal((await get('/v1/uploads/1', 'write-readings')).statusCode, 403);
  t.equal((await get('/v1/uploads/999999', 'read')).statusCode, 404);
  t.equal((await get('/v1/uploads/0x1', 'read')).statusCode, 400);
});
