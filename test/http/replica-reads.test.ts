import t, { type Test } from 'tap';
import { prepareDatabase } from '../../src/prepare.ts';
import { withDatabase } from '../../src/stores/connection.ts';
import { connectDatabase } from '../../src/stores/database.ts';
import { testApp } from '../support/app.ts';
import { queryOnce, testServer } from '../support/database.ts';
import { writeEstate, writeReadings } from '../support/estate.ts';
import { newestInstant } from '../support/newest-instant.ts';
import { replicatedServer } from '../support/replica.ts';

const server = await replicatedServer(t);
await queryOnce(server.primary, 'create database council');
const [primary, replica] = [withDatabase(server.primary, 'council'), withDatabase(server.replica, 'council')];
await prepareDatabase(primary);
await server.caughtUp();
const said: string[] = [];
const database = await connectDatabase(primary, (message) => said.push(message), replica);
t.teardown(() => database.close());
if (database.replica === null) throw new Error('There is no replica.');
const follower = database.replica;
const service = await testApp(t, { database });
await writeEstate(service, [{ meter: 'G', activity: 'natural-gas', kind: 'billed' }]);
await writeReadings(service, [{ meter: 'G', period: '2024/25', quantity: 1000 }]);
await server.caughtUp();

type Answer = { asOf?: { seq: string }; total: { quantity: { value: number } } };

const YEAR = '/v1/consumption?period=2024/25';
const ANEW = { 'cache-control': 'no-cache' };
const used = async (url = YEAR) => {
  const answer = await service.send('GET', url, { headers: ANEW });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return (answer.json() as Answer).total.quantity.value;
};
const bill = (quantity: number) => writeReadings(service, [{ meter: 'G', period: '2024/25', quantity }]);

/** Where the sums of a question are made: in a snapshot, or in statements that say themselves of which moment they are. */
async function madeAt(t: Test, question: () => Promise<unknown>): Promise<'replica' | 'primary'> {
  const statements = t.capture(follower.pool, 'query', follower.pool.query);
  const snapshots = t.capture(follower.snapshots, 'connect', follower.snapshots.connect);
  await question();
  statements.restore();
  snapshots.restore();
  const sums = statements().filter(({ args }) => /meter_month/.test(JSON.stringify(args)));
  return sums.length + snapshots().length > 0 ? 'replica' : 'primary';
}

t.test('reads go to the replica once it has what was written', async (t) => {
  t.equal(await madeAt(t, async () => t.equal(await used(), 1000)), 'replica');
  const stated = await madeAt(t, () => service.send('POST', '/v1/receipts', { body: { period: '2024/25' } }));
  t.equal(stated, 'primary', 'what may write stays with the primary server');
});

t.test('a reading that was acknowledged is in the next answer, though the replica lacks it', async (t) => {
  await server.hold();
  await bill(1100);
  t.equal(await madeAt(t, async () => t.equal(await used(), 1100)), 'primary');
  const newest = await newestInstant(database.pool);
  t.equal(await madeAt(t, async () => t.equal(await used(`${YEAR}&asOf=${newest}`), 1100)), 'primary');
  await server.letGo();
  await server.caughtUp();
  t.equal(await madeAt(t, async () => t.equal(await used(), 1100)), 'replica');
});

t.test('an answer as of a moment comes from the replica, and one that settles its instant does too', async (t) => {
  const newest = await newestInstant(database.pool);
  t.equal(await madeAt(t, async () => t.equal(await used(`${YEAR}&asOf=${newest}`), 1100)), 'replica');
  const later = new Date(Date.parse(newest) + 1).toISOString();
  t.equal(await madeAt(t, async () => t.equal(await used(`${YEAR}&asOf=${later}`), 1100)), 'replica');
});

t.test(
  'writers and readers in turn, many at once: nobody reads less than was acknowledged before they asked',
  async (t) => {
    let acknowledged = 1100;
    const writer = async () => {
      for (let quantity = 1201; quantity <= 1240; quantity++) {
        await bill(quantity);
        acknowledged = quantity;
      }
    };
    const seen: number[] = [];
    const reader = async () => {
      while (acknowledged < 1240) {
        const least = acknowledged;
        const value = await used();
        seen.push(value);
        if (value < least) t.fail(`${value} was read after ${least} had been acknowledged`);
      }
    };
    await Promise.all([writer(), reader(), reader(), reader()]);
    t.ok(seen.length > 0);
    t.equal(await used(), 1240);
  },
);

t.test('a tag that is known is answered without the replica', async (t) => {
  const tag = String((await service.send('GET', YEAR)).headers.etag);
  const asked = t.capture(follower.pool, 'query', follower.pool.query);
  t.equal((await service.send('GET', YEAR, { headers: { 'if-none-match': tag } })).statusCode, 304);
  t.strictSame(asked(), []);
});

t.test('a server that is no replica of the database is refused at the start', async (t) => {
  for (const stranger of [testServer(), withDatabase(server.replica, 'postgres')])
    await t.rejects(
      connectDatabase(primary, () => {}, stranger),
      { message: /^DATABASE_READ_URL names another database/ },
    );
});

t.test('without the replica the primary server answers, and the operator is told once', async (t) => {
  await server.stopReplica();
  for (const expected of [1240, 1240, 1240]) t.equal(await used(), expected);
  await bill(1300);
  t.equal(await used(), 1300);
  t.equal(said.filter((line) => line.startsWith('The replica does not serve')).length, 1, said.join('\n'));
});
