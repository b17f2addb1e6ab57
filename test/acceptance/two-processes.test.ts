import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { systemNow } from '../../src/clock.ts';
import { makeDeps } from '../../src/deps.ts';
import { connectDatabase } from '../../src/stores/database.ts';
import { startCompiled } from '../support/compiled-service.ts';
import { emptyDatabase, queryOnce } from '../support/database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { dayHeader, dayRow, numbered } from '../support/uploads.ts';

/** Black box: two service processes on one database, begun at the same moment on an empty one. */
t.setTimeout(240_000);

const KEY = 'an-operators-own-key-of-enough-characters';
const connection = await emptyDatabase(t);
const { host = 'localhost', port = 5432, user = 'postgres', password, database } = connection;
const login = `${user}${password === undefined ? '' : `:${password}`}`;
const url = connection.connectionString ?? `postgresql://${login}@localhost:${port}/${database}?host=${host}`;

async function start() {
  const { child, base } = await startCompiled(t, temporaryFolder(t), KEY, { DATABASE_URL: url });
  const call = (method: string, path: string, body?: object | string, headers: Record<string, string> = {}) =>
    fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${KEY}`,
        ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return { child, call };
}

type Service = Awaited<ReturnType<typeof start>>;

async function ok(answer: Promise<Response>) {
  const response = await answer;
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text);
}

const METER = { site: 'S', activity: 'electricity', unit: 'kWh', kind: 'interval' };
const YEAR = '/v1/emissions?period=2024';

const used = async ({ call }: Service): Promise<number> => (await ok(call('GET', YEAR))).total.quantity.value;

function dayOf(meter: string, number: number, value: number) {
  const day = new Date(Date.UTC(2024, 0, number)).toISOString().slice(0, 10);
  return { meter, day, resolutionMinutes: 1440, values: [value] };
}

const services = await Promise.all([start(), start()]);
const [one, two] = services;
/** Each in its turn. */
const turn = (round: number): [Service, Service] => (round % 2 === 0 ? [one, two] : [two, one]);

t.test('both prepare the empty database, which is prepared once', async (t) => {
  const migrations = await queryOnce<{ migration_name: string }>(
    connection,
    'select m.migration_name from _prisma_migrations m where m.finished_at is not null and m.rolled_back_at is null',
  );
  t.equal(new Set(migrations.map((row) => row.migration_name)).size, migrations.length);
  const answers = await Promise.all(services.map(({ call }) => ok(call('GET', '/v1/factor-sets'))));
  t.strictSame(answers[0], answers[1]);
  t.equal((await ok(one.call('GET', '/v1/api-keys'))).data.length, 1, 'one key of the operator');
});

t.test('what one has acknowledged is in the next answer of the other', async (t) => {
  await ok(one.call('PUT', '/v1/sites/S', { name: 'Site' }));
  await ok(two.call('PUT', '/v1/meters/EL', METER));
  let sum = 0;
  for (const round of Array(20).keys()) {
    const [writer, reader] = turn(round);
    await ok(writer.call('POST', '/v1/readings', { readings: [dayOf('EL', round + 1, round + 1)] }));
    sum += round + 1;
    t.equal(await used(reader), sum, `round ${round}`);
  }
  for (const round of Array(6).keys()) {
    const [writer, reader] = turn(round);
    const name = `Site ${round}`;
    await ok(writer.call('PUT', '/v1/sites/S', { name }));
    t.equal((await ok(reader.call('GET', '/v1/sites/S'))).name, name);
    const reportedLines = round % 2 === 0 ? ['generation'] : ['generation', 'td-losses'];
    const { asOf: _, ...settings } = await ok(writer.call('GET', '/v1/settings'));
    await ok(writer.call('PUT', '/v1/settings', { ...settings, reportedLines }));
    const answers = await Promise.all(services.map(({ call }) => ok(call('GET', YEAR))));
    t.strictSame(answers[0], answers[1]);
    t.strictSame(answers[0].lines.included, reportedLines, 'settings are not remembered longer than they stand');
  }
});

t.test('a tag of one is good with the other, until either writes', async (t) => {
  const tag = String((await one.call('GET', YEAR)).headers.get('etag'));
  const asked = () => two.call('GET', YEAR, undefined, { 'if-none-match': tag });
  t.equal((await asked()).status, 304);
  await ok(one.call('PUT', '/v1/sites/S', { name: 'Another name' }));
  t.equal((await asked()).status, 200);
});

t.test('both write the same meters at once: nothing is lost, and the clock has no gap', async (t) => {
  const WRITES = 30;
  const write = async ({ call }: Service, first: number) => {
    for (let number = first; number < first + WRITES; number++)
      await ok(call('POST', '/v1/readings', { readings: [dayOf('EL', number, 1), dayOf('EL', 300, number)] }));
  };
  const before = (await used(one)) ?? 0;
  await Promise.all([write(one, 101), write(two, 201), write(one, 131), write(two, 231)]);
  const [last] = await queryOnce<{ quantity: string }>(
    connection,
    "select d.quantity::text as quantity from meter_day d where d.day = date '2024-10-26'",
  );
  const expected = before + 4 * WRITES + Number(last?.quantity);
  for (const service of services) t.equal(await used(service), expected);
  const [months] = await queryOnce<{ days: string; months: string }>(
    connection,
    'select (select sum(quantity) from meter_day)::text as days, (select sum(quantity) from meter_month)::text as months',
  );
  t.equal(months?.days, months?.months);
  const [clock] = await queryOnce<{ isWhole: boolean }>(
    connection,
    'select (select count(*) from change) = max(c.seq) - min(c.seq) + 1 as "isWhole" from change c',
  );
  t.ok(clock?.isWhole, 'every number of the clock is a change');
});

t.test('a key that is revoked at one opens nothing at the other', async (t) => {
  const made = await ok(one.call('POST', '/v1/api-keys', { name: 'board', scopes: ['read'] }));
  const asked = () => two.call('GET', YEAR, undefined, { authorization: `Bearer ${made.key}` });
  t.equal((await asked()).status, 200);
  t.equal((await one.call('DELETE', `/v1/api-keys/${made.id}`)).status, 204);
  t.equal((await asked()).status, 401);
});

t.test('a file that one was reading when it was killed is read to its end by another, once', async (t) => {
  const meters = numbered(20, 0).map((number) => `UP-${number}`);
  for (const [round, meter] of meters.entries()) await ok(turn(round)[0].call('PUT', `/v1/meters/${meter}`, METER));
  const days = Array.from({ length: 360 }, (_, index) =>
    new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10),
  );
  const rows = meters.flatMap((meter) => days.map((day) => dayRow(meter, day, new Array(48).fill(1))));
  const file = `${[dayHeader(), ...rows.filter((row) => !/2025-03-30|2025-10-26/.test(row))].join('\n')}\n`;
  const sent = await ok(one.call('POST', '/v1/uploads?clock=local', file, { prefer: 'respond-async' }));
  const record = async () => ok(two.call('GET', `/v1/uploads/${sent.id}`));
  t.match(await record(), { status: /processing|stored/ }, 'the other knows of it at once');
  one.child.process.kill('SIGKILL');
  await one.child.exited;

  const database = await connectDatabase(connection, () => {});
  t.teardown(() => database.close());
  const third = makeDeps(database, { logLevel: 'silent', version: '0' }, systemNow);
  t.teardown(() => third.closeUploads());
  // The server may not have noticed yet that the killed process is gone.
  while ((await record()).status === 'processing') {
    await third.uploads.takeUpLeft(systemNow());
    await sleep(200);
  }
  t.match(await record(), { status: 'stored', days: { new: meters.length * 358 } });
  const total = (await ok(two.call('GET', '/v1/consumption?period=2025'))).total.quantity.value;
  t.equal(total, meters.length * 358 * 48, 'counted once');
});
