import t from 'tap';
import { Refusal } from '../../src/domain/refusal.ts';
import { withTransaction } from '../../src/stores/transaction.ts';
import { queryOnce, testDatabase, testServer } from '../support/database.ts';

t.test('transactions', async (t) => {
  const { pool } = await testDatabase(t);
  await pool.query('create table account (id int primary key, amount int); insert into account values (1, 0), (2, 0)');
  const amounts = async () =>
    (await pool.query('select a.amount from account a order by a.id')).rows.map((r) => r.amount);

  await t.test('what was done is committed and the result handed back', async (t) => {
    const result = await withTransaction(pool, async (client) => {
      await client.query('update account set amount = 5 where id = 1');
      return 'done';
    });
    t.equal(result, 'done');
    t.same(await amounts(), [5, 0]);
  });

  await t.test('whatever is thrown undoes all of it and is thrown on', async (t) => {
    const refusal = new Refusal('conflict', 'no');
    const work = withTransaction(pool, async (client) => {
      await client.query('update account set amount = 6 where id = 1');
      throw refusal;
    });
    t.equal(await work.catch((error) => error), refusal);
    t.same(await amounts(), [5, 0]);
  });

  await t.test('a statement the server refuses undoes all of it', async (t) => {
    const work = withTransaction(pool, async (client) => {
      await client.query('update account set amount = 6 where id = 1');
      await client.query('insert into account values (1, 1)');
    });
    await t.rejects(work, { code: '23505' });
    t.same(await amounts(), [5, 0]);
  });

  await t.test('a statement sees what others committed before it, not before the transaction', async (t) => {
    await withTransaction(pool, async (client) => {
      await client.query('select 1 from account');
      await pool.query('update account set amount = 7 where id = 2');
      t.same((await client.query('select a.amount from account a where a.id = 2')).rows, [{ amount: 7 }]);
    });
  });

  await t.test('a lock not got in time is busy', async (t) => {
    await withTransaction(pool, async (holder) => {
      await holder.query('select 1 from account where id = 1 for update');
      const waiting = withTransaction(pool, async (client) => {
        await client.query("set local lock_timeout = '50ms'");
        await client.query('update account set amount = 8 where id = 1');
      });
      await t.rejects(waiting, { code: 'busy' });
    });
  });

  await t.test('the one that a deadlock costs is busy, the other commits', async (t) => {
    let bothLocked = 0;
    const work = (first: number, second: number) =>
      withTransaction(pool, async (client) => {
        await client.query("set local deadlock_timeout = '100ms'");
        await client.query('update account set amount = 9 where id = $1', [first]);
        bothLocked++;
        while (bothLocked < 2) await new Promise((resolve) => setTimeout(resolve, 5));
        await client.query('update account set amount = 9 where id = $1', [second]);
      });
    const results = await Promise.allSettled([work(1, 2), work(2, 1)]);
    t.same(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    t.match(
      results.find(({ status }) => status === 'rejected'),
      { reason: { code: 'busy' } },
    );
    t.same(await amounts(), [9, 9]);
  });

  await t.test('a connection that ends on the way is busy, and is not used again', async (t) => {
    const work = withTransaction(pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await client.query('update account set amount = 10');
      await queryOnce(testServer(), `select pg_terminate_backend(${rows[0]?.pid})`);
      await client.query('select 1');
    });
    await t.rejects(work, { code: 'busy' });
    t.same(await amounts(), [9, 9]);
  });
});
