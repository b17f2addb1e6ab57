import t from 'tap';
import { touchedOne } from '../../src/domain/change-log/touched.ts';
import {
  NEXT_CHANGE_ID_SQL,
  nextChangeId,
  type Stamp,
  stampAndCommit,
  stampInTransaction,
  stampSql,
} from '../../src/stores/clock.ts';
import { testDatabase } from '../support/database.ts';

const STAMP: Stamp = {
  changeId: 7n,
  kind: 'readings',
  principal: 'key:1',
  uploadId: null,
  config: false,
  touched: touchedOne('meter', 'E1', { start: '2025-04-01', end: '2025-04-03' }),
};

t.test('the stamp and the commit travel together, and the clock moves by one', async (t) => {
  const { pool } = await testDatabase(t);
  const clock = async () => (await pool.query('select c.seq, c.config_seq, c.recorded_at from clock c')).rows[0];
  const before = await clock();
  const client = await pool.connect();
  await client.query('begin');
  const changeId = BigInt((await client.query(NEXT_CHANGE_ID_SQL)).rows[0].id);
  const stamped = await stampAndCommit(client, { ...STAMP, changeId, uploadId: 12n });
  client.release();

  t.equal(stamped.seq, BigInt(before.seq) + 1n);
  const after = await clock();
  t.equal(BigInt(after.seq), stamped.seq);
  t.equal(after.config_seq, before.config_seq, 'readings are no configuration');
  t.ok(after.recorded_at > before.recorded_at);
  const { rows } = await pool.query('select * from change c where c.id = $1', [String(changeId)]);
  t.same(rows, [
    {
      id: String(changeId),
      seq: String(stamped.seq),
      recorded_at: stamped.recordedAt,
      kind: 'readings',
      principal: 'key:1',
      upload_id: '12',
      touched: [{ subject: 'meter', count: 1, keys: ['E1'] }],
      first_day: '2025-04-01',
      last_day: '2025-04-02',
    },
  ]);
});

t.test('a change of configuration moves both sequences, in a transaction of the client', async (t) => {
  const { pool, prisma } = await testDatabase(t);
  const { seq } = await prisma.$transaction(async (tx) => {
    const changeId = await nextChangeId(tx);
    return stampInTransaction(tx, { ...STAMP, changeId, kind: 'site', config: true });
  });
  const { rows } = await pool.query('select c.seq, c.config_seq from clock c');
  t.same(rows, [{ seq: String(seq), config_seq: String(seq) }]);
});

t.test('the recorded instant never goes back, even when the system clock has', async (t) => {
  const { pool, prisma } = await testDatabase(t);
  await pool.query(`update clock set recorded_at = '2099-01-01T00:00:00Z'`);
  await prisma.$transaction(async (tx) => stampInTransaction(tx, { ...STAMP, changeId: await nextChangeId(tx) }));
  const { rows } = await pool.query(`select c.recorded_at > '2099-01-01T00:00:00Z' as later from clock c`);
  t.same(rows, [{ later: true }]);
});

t.test('a transaction that fails leaves the clock and no change', async (t) => {
  const { pool } = await testDatabase(t);
  const state = async () => (await pool.query('select (select seq from clock), (select count(*) from change)')).rows[0];
  const before = await state();
  const client = await pool.connect();
  await client.query('begin');
  await t.rejects(stampAndCommit(client, { ...STAMP, principal: 'k'.repeat(201), changeId: 99n }), {
    message: /change_principal_check/,
  });
  await client.query('rollback');
  client.release();
  t.same(await state(), before);
});

t.test('texts are quoted, whatever is in them', async (t) => {
  const { pool } = await testDatabase(t);
  const principal = `o'brien \\'; drop table change; -- "x" $1 é`;
  const client = await pool.connect();
  await client.query('begin');
  await stampAndCommit(client, { ...STAMP, changeId: 1000n, principal });
  client.release();
  const { rows } = await pool.query('select c.principal from change c where c.id = 1000');
  t.same(rows, [{ principal }]);
  t.throws(() => stampSql({ ...STAMP, principal: `a'; commit\0` }), { message: /NUL/ });
});
