import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [{ meter: 'A1' }, { meter: 'A2' }]);
const { pool } = service.database;
const file = (...rows: string[]) => [dayHeader(), ...rows].join('\n');

const fetchFile = (id: string, headers: Record<string, string> = {}) =>
  service.send('GET', `/v1/uploads/${id}/file`, { scope: 'write-readings', headers });

async function blocksOf(id: string): Promise<{ is_compressed: boolean; bytes: number }[]> {
  const { rows } = await pool.query<{ is_compressed: boolean; bytes: number }>(
    `select b.is_compressed, length(b.content) as bytes from kept_file_block b join upload u on u.kept_file_id = b.file_id
     where u.id = $1 order by b.ordinal`,
    [id],
  );
  return rows;
}

t.test('a file is given back byte for byte, with its digest and its name', async (t) => {
  const rows = Array.from({ length: 15_000 }, (_, index) =>
    dayRow('A1', `2024-0${1 + (index % 9)}-${10 + (index % 18)}`, numbered(48, 10_000 + (index % 162))),
  );
  const text = Buffer.from(file(...rows));
  const { body } = await sendFile(service, '?clock=local&mode=lenient&fileName=half%20hours.csv', text);
  t.ok(text.length > 3 * 1024 * 1024, 'it has several blocks');
  const answer = await fetchFile(body.id);
  t.equal(answer.statusCode, 200);
  t.ok(answer.rawPayload.equals(text));
  const sha256 = createHash('sha256').update(text).digest();
  t.match(answer.headers, {
    'content-type': 'text/csv',
    'content-length': String(text.length),
    'content-disposition': `attachment; filename="half hours.csv"; filename*=UTF-8''half%20hours.csv`,
    'repr-digest': `sha-256=:${sha256.toString('base64')}:`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const blocks = await blocksOf(body.id);
  t.equal(blocks.length, Math.ceil(text.length / (1024 * 1024)));
  t.ok(
    blocks.every((block) => block.is_compressed),
    'text is compressed',
  );
  t.ok(blocks.reduce((sum, block) => sum + block.bytes, 0) < text.length / 2);
});

t.test('a file that came compressed is kept as it is', async (t) => {
  const compressed = gzipSync(file(dayRow('A1', '2025-03-01', numbered(48))));
  const { body } = await sendFile(service, '?clock=local', compressed, { 'content-type': 'application/gzip' });
  t.strictSame(await blocksOf(body.id), [{ is_compressed: false, bytes: compressed.length }]);
  const answer = await fetchFile(body.id, { accept: 'application/gzip' });
  t.ok(answer.rawPayload.equals(compressed));
  t.equal(answer.headers['content-type'], 'application/gzip');
  t.equal(
    answer.headers['content-disposition'],
    `attachment; filename="upload-${body.id}"; filename*=UTF-8''upload-${body.id}`,
  );
});

t.test('a refused file is kept whole, also where reading it ended at its beginning', async (t) => {
  const unreadable = randomBytes(2_500_000);
  unreadable[0] = 0x50;
  const refused = await sendBadFile(service, '?clock=local', unreadable);
  t.equal(refused.status, 422);
  t.ok((await service.send('GET', `${refused.location}/file`)).rawPayload.equals(unreadable));
  const unknown = await sendBadFile(service, '?clock=local', file(dayRow('NOBODY', '2025-03-01', numbered(48))));
  t.match(await ask(service, unknown.location), { status: 'refused', keptAt: /^20/ });
  t.match((await service.send('GET', `${unknown.location}/file`)).body, /NOBODY/);
  const empty = await sendBadFile(service, '?clock=local', '');
  t.equal((await service.send('GET', `${empty.location}/file`)).rawPayload.length, 0);
});

t.test('a file that did not come whole is not kept, and nothing of it stays', async (t) => {
  const bomb = gzipSync(`${dayHeader()}\n${'\n'.repeat(40_000_000)}`);
  const { status, location } = await sendBadFile(service, '?clock=local', bomb);
  t.equal(status, 413);
  t.match(await ask(service, location), { status: 'refused', keptAt: null });
  const answer = await service.send('GET', `${location}/file`);
  t.equal(answer.statusCode, 404);
  t.match(answer.json(), { type: 'urn:council-carbon:problem:file-not-kept' });
  t.strictSame((await pool.query('select f.id from kept_file f where f.kept_at is null')).rows, []);
  t.strictSame(
    (
      await pool.query(
        'select b.file_id from kept_file_block b left join kept_file f on f.id = b.file_id where f.id is null',
      )
    ).rows,
    [],
  );
});

t.test('a name that would mislead a browser is made harmless', async (t) => {
  const name = `../../O'Brien "x"; filename=evil.html/Straße.csv`;
  const text = file(dayRow('A1', '2025-03-01', numbered(48)));
  const { body } = await sendFile(service, `?clock=local&fileName=${encodeURIComponent(name)}`, text);
  const header = String((await fetchFile(body.id)).headers['content-disposition']);
  t.equal(
    header,
    `attachment; filename=".._.._O_Brien _x__ filename_evil.html_Stra_e.csv"; filename*=UTF-8''.._.._O%27Brien%20%22x%22%3B%20filename%3Devil.html_Stra%C3%9Fe.csv`,
  );
});

t.test('the file is for those who deliver data, not for every reader', async (t) => {
  t.equal((await service.send('GET', '/v1/uploads/1/file', { scope: 'read' })).statusCode, 403);
  t.equal((await service.send('GET', '/v1/uploads/1/file', { scope: 'write-readings' })).statusCode, 200);
  t.equal((await service.send('GET', '/v1/uploads/999999/file', { scope: 'write-readings' })).statusCode, 404);
});

t.test('uploads are listed, newest first, page by page, by status and as CSV', async (t) => {
  type Page = { data: { id: string; status: string }[]; page: { nextCursor?: string } };
  const all = await ask<Page>(service, '/v1/uploads');
  t.ok(all.data.length >= 6);
  t.strictSame(
    all.data.map(({ id }) => Number(id)),
    all.data.map(({ id }) => Number(id)).sort((a, b) => b - a),
  );
  const first = await ask<Page>(service, '/v1/uploads?limit=2');
  const second = await ask<Page>(service, `/v1/uploads?limit=2&cursor=${first.page.nextCursor}`);
  t.strictSame([...first.data, ...second.data], all.data.slice(0, 4));
  const refused = await ask<Page>(service, '/v1/uploads?status=refused');
  t.ok(refused.data.length >= 3 && refused.data.every(({ status }) => status === 'refused'));
  t.notOk('refusals' in (refused.data[0] ?? {}));
  const csv = await service.send('GET', '/v1/uploads?limit=1', { headers: { accept: 'text/csv' } });
  t.match(csv.body, /^id,status,fileName,receivedAt,/);
  t.equal((await service.send('GET', '/v1/uploads?status=lost')).statusCode, 400);
  const foreign = Buffer.from(JSON.stringify(['x', '1; drop table upload'])).toString('base64url');
  t.equal((await service.send('GET', `/v1/uploads?cursor=${foreign}`)).statusCode, 400);
});
