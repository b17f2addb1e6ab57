import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [{ meter: 'E1' }]);
const { pool } = service.database;
const DAY_MS = 86_400_000;

const FILE = 'MPAN,Date,kWh\nE1,2025-01-01,24\nE1,2025-01-02,48\n';
const stored = await sendFile(service, '', FILE);
await sendBadFile(service, '', 'MPAN,Date,kWh\nE9,2025-01-01,24\nE9,2025-01-02,24\n');
const underWay = await sendFile(service, '', FILE);
await pool.query(`update upload set status = 'processing' where id = $1`, [underWay.body.id]);
const settings = (await service.send('GET', '/v1/settings')).json();
const { notices: _notices, ...input } = settings;
const keptSince = new Date(
  String((await pool.query('select max(kept_at) as at from kept_file')).rows[0]?.at),
).getTime();

const write = (fields: object) => service.send('PUT', '/v1/settings', { body: { ...input, ...fields } });
const blocks = async () => Number((await pool.query('select count(*) from kept_file_block')).rows[0]?.count);
const recordOf = async (id: string) => (await service.send('GET', `/v1/uploads/${id}`)).json();
const removeAfter = async (days: number) => {
  service.clock.now = new Date(keptSince + days * DAY_MS + 60_000);
  return await service.removeKeptFiles();
};

t.test('the setting is a number of days, and absent where files are kept for ever', async (t) => {
  t.notOk('keptFileDays' in settings);
  for (const keptFileDays of [0, 1.5, 36_501, 'long']) t.equal((await write({ keptFileDays })).statusCode, 400);
  const written = await write({ keptFileDays: 30 });
  t.equal(written.statusCode, 200, written.body);
  t.equal((await service.send('GET', '/v1/settings')).json().keptFileDays, 30);
  t.equal((await write({})).json().keptFileDays, undefined, 'leaving it out keeps files for ever again');
});

t.test('nothing is removed while files are kept for ever, or are not old enough', async (t) => {
  t.equal(await removeAfter(10_000), 0);
  await write({ keptFileDays: 30 });
  t.equal(await removeAfter(29), 0);
  t.equal(await blocks(), 3);
});

t.test('the bytes of an old file go; its record, digest and results stay, and it can still be undone', async (t) => {
  const before = await recordOf(stored.body.id);
  t.equal(await removeAfter(31), 2, 'the file that is being read stays');
  t.equal(await blocks(), 1);
  t.equal(await removeAfter(31), 0);
  const after = await recordOf(stored.body.id);
  t.strictSame(after, { ...before, keptAt: null, fileRemovedAt: service.clock.now.toISOString() });
  t.equal(after.sha256, stored.body.sha256);
  t.equal((await storedDays(service, ['E1'])).length, 2);
  const listed = (await service.send('GET', '/v1/uploads?status=refused')).json().data;
  t.match(listed, [{ keptAt: null, fileRemovedAt: service.clock.now.toISOString() }]);
  for (const [method, path] of [
    ['GET', 'file'],
    ['POST', 'retry'],
  ] as const) {
    const refused = await service.send(method, `/v1/uploads/${stored.body.id}/${path}`);
    t.equal(refused.statusCode, 404, path);
    t.match(
      refused.json(),
      { type: /file-not-kept$/, detail: /was removed at .* \(keptFileDays\): send it again/ },
      path,
    );
  }
  t.equal((await service.send('DELETE', `/v1/uploads/${stored.body.id}`)).statusCode, 200);
  t.strictSame(await storedDays(service, ['E1']).then((days) => days.filter(({ quantity }) => quantity !== null)), []);
});

t.test('a file that was being read goes when it is over', async (t) => {
  await pool.query(`update upload set status = 'nothing-new' where id = $1`, [underWay.body.id]);
  t.equal(await removeAfter(31), 1);
  t.equal(await blocks(), 0);
});
