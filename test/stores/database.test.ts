import t from 'tap';
import { openDatabase } from '../../src/stores/database.ts';
import { refuseOldServer } from '../../src/stores/server-version.ts';
import { queryOnce, testDatabase, testServer } from '../support/database.ts';

t.test('arrays of numbers keep their gaps, their order and, where exact, their digits', async (t) => {
  const { pool } = await testDatabase(t);
  const { rows } = await pool.query(`
    select '{0.5,NULL,-3,1e-7,123456789.123456}'::float8[] as floats,
           '{1,NULL,-3}'::int4[] as ints,
           '{9007199254740993,NULL}'::int8[] as bigints,
           '{0.10,NULL,12345678901234567890.123456}'::numeric[] as numerics,
           '{}'::float8[] as empty,
           null::float8[] as absent,
           '{NULL}'::float8[] as gap`);
  t.strictSame(rows, [
    {
      floats: [0.5, null, -3, 1e-7, 123456789.123456],
      ints: [1, null, -3],
      bigints: ['9007199254740993', null],
      numerics: ['0.10', null, '12345678901234567890.123456'],
      empty: [],
      absent: null,
      gap: [null],
    },
  ]);
});

t.test('arrays of more dimensions and with bounds of their own are read as pg reads them', async (t) => {
  const { pool } = await testDatabase(t);
  const { rows } = await pool.query("select '{{1,2},{3,NULL}}'::float8[] as square, '[0:1]={5,6}'::int4[] as bounds");
  t.strictSame(rows, [
    {
      square: [
        [1, 2],
        [3, null],
      ],
      bounds: [5, 6],
    },
  ]);
});

t.test('a profile comes back as it was written, missing values included', async (t) => {
  const { pool } = await testDatabase(t);
  const values = Array.from({ length: 50 }, (_, index) => (index % 7 === 3 ? null : index / 1000));
  await pool.query(
    `insert into meter_day (meter_id, day, change_id, origin, actual_minutes, estimated_minutes, resolution_minutes, quantity, intervals)
     values (1, '2025-10-26', 1, 1, 1290, 0, 30, 1.05, $1)`,
    [values],
  );
  const { rows } = await pool.query('select d.day, d.quantity, d.intervals from meter_day d');
  t.strictSame(rows, [{ day: '2025-10-26', quantity: '1.05', intervals: values }]);
});

t.test('dates are local days, int8 and numeric strings, on a machine in any zone', async (t) => {
  const { pool } = await testDatabase(t);
  const { rows } = await pool.query(
    "select date '2025-03-30' as day, 9007199254740993::int8 as big, 0.1::numeric as exact, count(*) as count from clock",
  );
  t.strictSame(rows, [{ day: '2025-03-30', big: '9007199254740993', exact: '0.1', count: '1' }]);
});

t.test('every connection has the session of the service', async (t) => {
  const { pool } = await testDatabase(t);
  const { rows } = await pool.query(`
    select s.name, s.setting from pg_settings s
    where s.name in ('TimeZone', 'lock_timeout', 'client_connection_check_interval', 'application_name') order by s.name`);
  t.strictSame(rows, [
    { name: 'TimeZone', setting: 'UTC' },
    { name: 'application_name', setting: 'council-carbon' },
    { name: 'client_connection_check_interval', setting: process.platform === 'linux' ? '500' : rows[2]?.setting },
    { name: 'lock_timeout', setting: '10000' },
  ]);
});

t.test('Prisma works over the same connections and keeps an instant as it was', async (t) => {
  const { pool, prisma } = await testDatabase(t);
  const recordedAt = new Date('2025-07-01T12:00:00.123Z');
  await prisma.change.create({ data: { seq: 999_999n, recordedAt, kind: 'test', principal: 'test' } });
  const { rows } = await pool.query('select c.recorded_at from change c where c.seq = 999999');
  t.strictSame(rows, [{ recorded_at: recordedAt }]);
  t.equal(pool.totalCount, 1, 'it made no pool of its own');
});

t.test('a connection broken by the server is replaced', async (t) => {
  const { pool } = await testDatabase(t);
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  await queryOnce(testServer(), `select pg_terminate_backend(${rows[0]?.pid})`);
  while (pool.totalCount > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  t.strictSame((await pool.query('select 1 as one')).rows, [{ one: 1 }]);
});

t.test('a server older than 15 is refused in one sentence', async (t) => {
  t.throws(() => refuseOldServer(140_012), {
    message: 'The database server is PostgreSQL 14; version 15 or newer is needed.',
  });
  t.doesNotThrow(() => refuseOldServer(150_000));
  t.doesNotThrow(() => refuseOldServer(180_004));
});

t.test('a server that cannot be reached is said in one sentence without the password', async (t) => {
  const databaseUrl = 'postgresql://user:secret@127.0.0.1:1/database';
  await t.rejects(openDatabase({ databaseUrl, dataDir: '', log: () => {} }), {
    message: /^The database cannot be reached: (?!.*secret).*ECONNREFUSED.* Check DATABASE_URL\.$/,
  });
});
