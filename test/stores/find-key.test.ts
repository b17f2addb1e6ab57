import t from 'tap';
import { hashKey } from '../../src/services/access.ts';
import { createFindKey } from '../../src/stores/find-key.ts';
import { testDatabase } from '../support/database.ts';

const { pool, prisma } = await testDatabase(t);
const hash = hashKey('a key of enough characters for this test');
await prisma.apiKey.create({ data: { name: 'board', scopes: ['read'], hash, createdAt: new Date() } });
const findKey = createFindKey(pool);
const clock = async () => BigInt((await pool.query('select c.seq from clock c')).rows[0].seq);
const forward = () => pool.query('update clock set seq = seq + 1');

t.test('many who ask at once share a look that begins after all of them asked', async (t) => {
  const looks = t.capture(pool, 'query', pool.query);
  const first = findKey(hash);
  const others = Array.from({ length: 50 }, () => findKey(hash));
  const unknown = findKey(hashKey('another'));
  const found = await Promise.all([first, ...others]);
  looks.restore();
  t.equal(looks().length, 3, 'one for the first, one for the others, one for the other key');
  for (const { key, clockSeq } of found)
    t.match({ key, clockSeq }, { key: { scopes: ['read'] }, clockSeq: await clock() });
  t.equal((await unknown).key, null);
});

t.test('what was acknowledged before somebody asked is known to them, however many ask', async (t) => {
  for (let round = 0; round < 20; round++) {
    const early = Array.from({ length: 5 }, () => findKey(hash));
    await forward();
    const least = await clock();
    const late = await Promise.all(Array.from({ length: 5 }, () => findKey(hash)));
    for (const { clockSeq } of late) t.ok(clockSeq >= least, `round ${round}`);
    await Promise.all(early);
  }
});

t.test('a look that fails fails for those who shared it, and the next one works', async (t) => {
  const failing = t.capture(pool, 'query', async () => {
    throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
  });
  const asked = [findKey(hash), findKey(hash), findKey(hash)];
  for (const one of asked) await t.rejects(one, { code: 'busy' });
  failing.restore();
  t.match(await findKey(hash), { key: { scopes: ['read'] } });
});
