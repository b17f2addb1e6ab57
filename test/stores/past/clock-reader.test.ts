import t from 'tap';
import { TOUCHES_ALL } from '../../../src/domain/change-log/touched.ts';
import { nextChangeId, stampInTransaction } from '../../../src/stores/clock.ts';
import { makeClock } from '../../../src/stores/past/clock-reader.ts';
import { testDatabase } from '../../support/database.ts';

const { pool, prisma } = await testDatabase(t);
const { readingAt } = makeClock(pool, null);
const write = () =>
  prisma.$transaction(async (tx) =>
    stampInTransaction(tx, {
      changeId: await nextChangeId(tx),
      kind: 'settings',
      principal: 'test',
      uploadId: null,
      config: false,
      touched: TOUCHES_ALL,
    }),
  );
const soon = () => new Date(Date.now() - 1).toISOString();

t.test('what is asked while others write is answered the same for ever', async (t) => {
  const asked: { at: string; seq: string }[] = [];
  const writer = async () => {
    for (let count = 0; count < 25; count += 1) await write();
  };
  const reader = async () => {
    for (let count = 0; count < 40; count += 1) {
      const at = soon();
      const found = await readingAt(at);
      if (found.kind === 'known') asked.push({ at, seq: found.seq });
    }
  };
  await Promise.all([writer(), writer(), reader(), reader()]);
  t.ok(asked.length > 40);
  for (const { at, seq } of asked) t.match(await readingAt(at), { kind: 'known', seq }, at);
});

t.test('a question moves the instant of the clock up to its own, and the reading not at all', async (t) => {
  const clock = async () => (await pool.query('select c.seq, c.recorded_at from clock c')).rows[0];
  const before = await clock();
  const at = soon();
  t.match(await readingAt(at), { kind: 'known', seq: before.seq });
  const after = await clock();
  t.equal(after.seq, before.seq);
  t.equal(after.recorded_at.toISOString(), at, 'a writer takes a later instant, whatever its machine says');
  t.ok((await write()).recordedAt > after.recorded_at);
  await readingAt('2026-01-01T00:00:00Z');
  t.ok((await clock()).recorded_at > after.recorded_at, 'and never back');
});

t.test('a moment that has not passed is not known, and none is before the first change', async (t) => {
  t.match(await readingAt('2199-01-01T00:00:00Z'), { kind: 'future' });
  t.match(await readingAt('2001-01-01T00:00:00Z'), { kind: 'before-first', first: /^20\d\d-.*\.\d{6}Z$/ });
});
