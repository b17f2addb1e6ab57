import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { DatabaseConnection } from '../src/stores/connection.ts';
import { nodeProgram } from './support/child.ts';
import { testDatabase } from './support/database.ts';

const database = await testDatabase(t);

function urlOf({ connectionString, host, port, user, password, database: name }: DatabaseConnection): string {
  if (connectionString !== undefined) return connectionString;
  const query = new URLSearchParams({ host: String(host), ...(port && { port: String(port) }), ...(user && { user }) });
  if (typeof password === 'string') query.set('password', password);
  return `postgresql:///${name}?${query}`;
}

type Server = { child: ChildProcess; output: () => string };

function start(settings: Record<string, string>): Server {
  let output = '';
  const { NODE_OPTIONS: _tap, ...env } = process.env;
  const child = spawn(process.execPath, nodeProgram('src/server.ts'), {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      ...env,
      DATABASE_URL: urlOf(database.connection),
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      ...settings,
    },
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  t.teardown(() => child.kill('SIGKILL'));
  return { child, output: () => output };
}

async function addressOf({ child, output }: Server): Promise<string> {
  while (child.exitCode === null) {
    const address = /answers at (http:\/\/[^;]+);/.exec(output())?.[1];
    if (address !== undefined) return address;
    await once(child.stdout ?? child, 'data');
  }
  throw new Error(`The server ended: ${output()}`);
}

async function waitUntil(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 20));
}

t.test(
  'the first start prints a key that opens everything; asked to stop, the service ends what runs and then itself',
  async (t) => {
    const server = start({});
    const address = await addressOf(server);
    const key = /cck_[A-Za-z0-9_-]{43}/.exec(server.output())?.[0];
    t.ok(key, 'a key was printed');
    const put = (name: string) =>
      fetch(`${address}/v1/sites/HELD`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name }),
      });
    t.equal((await fetch(`${address}/health/ready`)).status, 200);
    t.equal((await put('Before')).status, 201);

    const holder = await database.pool.connect();
    await holder.query('begin');
    await holder.query("select s.id from site s where s.key = 'HELD' for no key update");
    const running = put('During');
    const waiting =
      "select from pg_stat_activity a where a.datname = current_database() and a.wait_event_type = 'Lock'";
    await waitUntil(async () => (await database.pool.query(waiting)).rowCount === 1);
    const exited = once(server.child, 'exit');
    server.child.kill('SIGTERM');
    await waitUntil(async () =>
      fetch(`${address}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    await holder.query('commit');
    holder.release();
    t.equal((await running).status, 200, 'the running request got its answer');
    t.strictSame(await exited, [0, null], 'and the process ended well');
    t.equal((await database.prisma.siteVersion.findFirst({ where: { supersededBy: null } }))?.name, 'During');
    t.equal(server.output().split(String(key)).length, 2, 'the key was printed once');
  },
);

t.test("a later start prints no key; the operator's own key opens everything", async (t) => {
  const own = 'an-operators-own-key-of-enough-characters';
  const server = start({ BOOTSTRAP_ADMIN_KEY: own });
  const address = await addressOf(server);
  t.equal((await fetch(`${address}/v1/sites/HELD`, { headers: { authorization: `Bearer ${own}` } })).status, 200);
  t.notMatch(server.output(), /cck_/);
  t.notMatch(server.output(), own);
  const exited = once(server.child, 'exit');
  server.child.kill('SIGINT');
  t.strictSame(await exited, [0, null]);
});

t.test(
  'a setting that cannot be used, or a database that is not there, ends the start with one sentence',
  async (t) => {
    const starts: [Record<string, string>, RegExp][] = [
      [{ PORT: 'http' }, /^PORT is 'http': expected a whole number/],
      [{ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }, /^The database cannot be reached/],
    ];
    for (const [settings, sentence] of starts) {
      const server = start(settings);
      const [code] = (await once(server.child, 'exit')) as [number | null];
      t.equal(code, 1);
      t.match(server.output(), sentence);
      t.equal(server.output().trim().split('\n').length, 1);
    }
  },
);
