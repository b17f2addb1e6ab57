import { once } from 'node:events';
import { request } from 'node:http';
import t from 'tap';
import type { UploadAnswer } from '../../../src/http/v1/uploads/schemas.ts';
import { LIMITS } from '../../../src/limits.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(
  service,
  ['A1', 'ASYNC', 'Q0', 'Q1', 'Q2', 'Q3', 'Q4', 'Q5'].map((meter) => ({ meter })),
);
await service.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = service.app.server.address() as { port: number };
const { pool } = service.database;

const file = (...rows: string[]) => [dayHeader(), ...rows].join('\n');
const retry = (id: string, query = '', headers: Record<string, string> = {}) =>
  service.send('POST', `/v1/uploads/${id}/retry${query}`, { scope: 'write-readings', headers });
const ASYNC = { prefer: 'respond-async' };

async function ended(id: string): Promise<UploadAnswer> {
  for (;;) {
    const upload = await ask<UploadAnswer>(service, `/v1/uploads/${id}`);
    if (upload.progress === null) return upload;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

t.test('a file is read once more when the meter that it lacked is there', async (t) => {
  const text = file(dayRow('NEW', '2025-03-01', numbered(48)));
  const refused = await sendBadFile(service, '?clock=local&fileName=march.csv', text);
  const id = String(refused.body.upload);
  t.equal((await retry(id)).statusCode, 422, 'not before');
  await writeEstate(service, [{ meter: 'NEW' }]);
  const answer = await retry(id);
  t.equal(answer.statusCode, 201);
  const record = answer.json() as UploadAnswer;
  t.match(record, {
    status: 'stored',
    retryOf: id,
    fileName: 'march.csv',
    clock: 'local',
    days: { new: 1 },
    progress: null,
  });
  t.equal(answer.headers.location, `/v1/uploads/${record.id}`);
  t.equal((await storedDays(service, ['NEW'])).length, 1);
  t.match(await ask(service, `/v1/uploads/${id}`), { status: 'refused', retryOf: null }, 'the first stays as it is');
  t.equal((await service.send('GET', `/v1/uploads/${record.id}/file`)).body, text, 'both have the file');
  t.match((await retry(record.id)).json(), { status: 'nothing-new', retryOf: record.id }, 'and once more is harmless');
  t.equal((await service.send('DELETE', `/v1/uploads/${record.id}`)).statusCode, 200);
  t.match(
    (await retry(record.id)).json(),
    { status: 'stored', days: { new: 1 } },
    'what was undone can be stored again',
  );
});

t.test('it is read as its sender said, unless the query says otherwise', async (t) => {
  const text = 'datetime,kWh\n2025-07-01 00:00,1\n2025-07-01 00:30,2\n';
  const refused = await sendBadFile(service, '?meter=A1', text);
  t.not(refused.status, 201, 'it does not say by which clock its times run');
  const [, id = ''] = /uploads\/(\d+)/.exec(refused.location) ?? [];
  t.equal((await retry(id)).statusCode, refused.status);
  const answer = await retry(id, '?clock=utc&label=end');
  t.match(answer.json(), { status: 'stored', clock: 'utc', valuesAccepted: 2 });
  const [day] = await storedDays(service, ['A1']);
  t.strictSame(
    day?.intervals.slice(0, 4),
    [null, 1, 2, null],
    'the times were in UTC and named the end of their interval',
  );
  t.equal((await retry(id, '?fileName=x')).statusCode, 400);
});

t.test('only a file that is kept can be read once more, and by whom may send files', async (t) => {
  const { rows } = await pool.query<{ id: string }>(
    `insert into upload (received_at, principal, media_type, mode, status, result)
     values (now(), 'key:1', 'text/csv', 'strict', 'failed', '{}') returning id`,
  );
  const missing = await retry(rows[0]?.id ?? '');
  t.match(missing.json(), { status: 404, type: /file-not-kept/ });
  t.equal((await retry('999999')).statusCode, 404);
  t.equal((await service.send('POST', '/v1/uploads/1/retry', { scope: 'read' })).statusCode, 403);
  await pool.query(
    `update upload set status = 'receiving', kept_file_id = (select max(id) from kept_file where kept_at is not null) where id = $1`,
    [rows[0]?.id],
  );
  t.match((await retry(rows[0]?.id ?? '')).json(), { status: 409, detail: /on its way/ });
  await pool.query(`update upload set status = 'failed' where status = 'receiving'`);
});

t.test('a sender who would rather not wait is answered when the file is kept', async (t) => {
  const text = file(dayRow('ASYNC', '2025-04-01', numbered(48)));
  const sent = await sendFile(service, '?clock=local', text, ASYNC);
  t.equal(sent.status, 202);
  t.match(sent.body, {
    status: 'processing',
    keptAt: /^20/,
    bytes: text.length,
    progress: { bytesTotal: text.length },
  });
  t.match(await ended(sent.body.id), { status: 'stored', days: { new: 1 }, seq: /^\d+$/, finishedAt: /^20/ });
  const again = await retry(sent.body.id, '', { prefer: 'wait=5, respond-async;x=1' });
  t.equal(again.statusCode, 202);
  t.equal(again.headers['preference-applied'], 'respond-async');
  t.match(await ended((again.json() as UploadAnswer).id), { status: 'nothing-new', retryOf: sent.body.id });
  const unreadable = await sendFile(service, '?clock=local', 'a,b,c\n1,2,3\n', ASYNC);
  t.equal(unreadable.status, 202, 'what is in it is not known yet');
  t.match(await ended(unreadable.body.id), { status: 'refused', reason: /Line 1 is 'a, b, c'/ });
  t.equal((await sendFile(service, '?clock=local', text, { prefer: 'respond-asynchronously' })).status, 201);
});

t.test('more than are read at once wait their turn', async (t) => {
  const sent = await Promise.all(
    Array.from({ length: LIMITS.uploadsAtOnceMax }, (_, index) =>
      sendFile(service, '?clock=local', file(dayRow(`Q${index}`, '2025-04-01', numbered(48))), ASYNC),
    ),
  );
  for (const { status, body } of sent) {
    t.equal(status, 202);
    t.match(await ended(body.id), { status: 'stored' });
  }
});

t.test('what a process left behind is taken up: promised files are read, the others end', async (t) => {
  const sent = await sendFile(service, '?clock=local', file(dayRow('A1', '2025-05-01', numbered(48))));
  const left = async (status: string) => {
    const { rows } = await pool.query<{ id: string }>(
      `insert into upload (received_at, principal, media_type, mode, clock, status, result, settings, kept_file_id, progress)
       select now(), 'key:1', 'text/csv', 'strict', 'local', $1, '{}', u.settings, u.kept_file_id,
         '{"phase": "waiting", "bytesRead": 0, "bytesTotal": 1}' from upload u where u.id = $2 returning id`,
      [status, sent.body.id],
    );
    return rows[0]?.id ?? '';
  };
  const [promised, receiving] = [await left('processing'), await left('receiving')];
  t.equal((await service.send('DELETE', `/v1/uploads/${sent.body.id}`)).statusCode, 200);
  const { uploads } = service;
  t.match(await uploads.takeUpLeft(new Date(0)), { ended: 0 }, 'not those that may have only begun');
  t.match(await ended(promised), { status: 'stored', days: { new: 1 } });
  t.match(await uploads.takeUpLeft(new Date()), { ended: 1, resumed: 0 });
  t.match(await ask(service, `/v1/uploads/${receiving}`), {
    status: 'failed',
    keptAt: /^20/,
    reason: /retry it where it is kept/,
  });
});

t.test('a kept file that is damaged is not taken for a shorter one', async (t) => {
  const rows = Array.from({ length: 12_000 }, (_, index) =>
    dayRow('A1', `2023-0${1 + (index % 9)}-${10 + (index % 18)}`, numbered(48, 10_000 + (index % 162))),
  );
  const sent = await sendFile(service, '?clock=local&mode=lenient', file(...rows));
  await pool.query(
    `delete from kept_file_block b using upload u where u.id = $1 and b.file_id = u.kept_file_id and b.ordinal = 2`,
    [sent.body.id],
  );
  t.equal((await retry(sent.body.id)).statusCode, 500);
  t.match(await ask(service, `/v1/uploads/${Number(sent.body.id) + 1}`), { status: 'failed', seq: undefined });
});

t.test('an upload can be watched until it ends', async (t) => {
  const outgoing = request({
    port,
    method: 'POST',
    path: '/v1/uploads?clock=local',
    headers: { authorization: `Bearer ${service.keys['write-readings']}`, 'content-type': 'text/csv' },
  });
  outgoing.write(`${dayHeader()}\n`);
  const upload = async () =>
    (await pool.query<{ id: string }>(`select u.id from upload u where u.status = 'receiving'`)).rows[0]?.id;
  let id = await upload();
  while (id === undefined) id = await upload();
  const watching = request({
    port,
    path: `/v1/uploads/${id}/events`,
    headers: { authorization: `Bearer ${service.keys.read}`, accept: 'text/event-stream', 'last-event-id': '7' },
  });
  watching.end();
  const [events] = await once(watching, 'response');
  t.match(events.headers, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let told = '';
  events.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  while (!told.includes('event: progress')) await once(events, 'data');
  outgoing.end(dayRow('A1', '2025-06-01', numbered(48)));
  await once(events, 'end');
  t.match(told, /^retry: 5000\n\nevent: progress\ndata: \{.*"phase":"receiving".*\}\n\n/);
  const [, record = '{}'] = /event: end\ndata: (.*)\n\n$/.exec(told) ?? [];
  t.match(JSON.parse(record), { id, status: 'stored', days: { new: 1 } });
  const over = await service.send('GET', `/v1/uploads/${id}/events`, { scope: 'read' });
  t.match(over.body, /^retry: 5000\n\nevent: end\n/, 'and of one that is over the end is told at once');
  t.equal((await service.send('GET', '/v1/uploads/999999/events', { scope: 'read' })).statusCode, 404);
});

t.test('a service that stops does not wait for those who watch', async (t) => {
  const { rows } = await pool.query<{ id: string }>(
    `insert into upload (received_at, principal, media_type, mode, status, result, progress)
     values (now(), 'key:1', 'text/csv', 'strict', 'processing', '{}', '{"phase": "waiting", "bytesRead": 0, "bytesTotal": null}')
     returning id`,
  );
  const watching = request({
    port,
    path: `/v1/uploads/${rows[0]?.id}/events`,
    headers: { authorization: `Bearer ${service.keys.read}` },
  });
  watching.end();
  const [events] = await once(watching, 'response');
  events.resume();
  const over = once(events, 'end');
  await service.app.close();
  await over;
  t.pass('the stream has ended');
});
