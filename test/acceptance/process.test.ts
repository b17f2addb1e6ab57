import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import t from 'tap';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Black box: the service as a process of its own, on its embedded database. */

const KEY = 'an-operators-own-key-of-enough-characters';
const HEADERS = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function startService(dataDir: string) {
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    BOOTSTRAP_ADMIN_KEY: KEY,
    LOG_LEVEL: 'silent',
  };
  delete (env as Record<string, string | undefined>).DATABASE_URL;
  delete (env as Record<string, string | undefined>).NODE_OPTIONS;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    const ready = await fetch(`${base}/health/ready`).catch(() => null);
    if (ready?.status === 200) break;
    if (tries > 600 || child.exitCode !== null) throw new Error(`the service did not start: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const call = (method: string, path: string, body?: object) =>
    fetch(base + path, { method, headers: HEADERS, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { child, call, output: () => output };
}

/** Processes that still name the folder: an orphaned database would. */
function processesOf(dataDir: string): string[] {
  const all = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(dataDir) && !line.includes('ps -eo'));
}

async function untilGone(dataDir: string): Promise<string[]> {
  for (let tries = 0; tries < 200 && processesOf(dataDir).length > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return processesOf(dataDir);
}

const day = (number: number): object => ({
  meter: 'EL',
  day: new Date(Date.UTC(2024, 0, number)).toISOString().slice(0, 10),
  resolutionMinutes: 1440,
  values: [number],
});

/** Posts one day after another until the service is gone; returns how many were acknowledged. */
async function postUntilGone(
  call: (method: string, path: string, body?: object) => Promise<Response>,
  from: number,
): Promise<number> {
  for (let number = from; ; number += 1) {
    const response = await call('POST', '/v1/readings', { readings: [day(number)] }).catch(() => null);
    if (response?.status !== 201) return number - 1;
  }
}

async function total(call: (method: string, path: string) => Promise<Response>): Promise<number> {
  const answer = (await (await call('GET', '/v1/consumption?period=2024-01-01/2026-11-01')).json()) as {
    total: { quantity: { value: number } };
  };
  return answer.total.quantity.value;
}

const sumTo = (number: number): number => (number * (number + 1)) / 2;

t.test(
  'the service killed, or stopped by Ctrl-C, in the middle of writes keeps every accepted reading and leaves no process',
  async (t) => {
    const dataDir = temporaryFolder(t);
    let service = await startService(dataDir);
    await service.call('PUT', '/v1/sites/S', { name: 'Site' });
    await service.call('PUT', '/v1/meters/EL', { site: 'S', activity: 'electricity', unit: 'kWh', kind: 'interval' });

    const writing = postUntilGone(service.call, 1);
    await new Promise((resolve) => setTimeout(resolve, 700));
    process.kill(service.child.pid ?? 0, 'SIGKILL');
    const acknowledged = await writing;
    t.ok(acknowledged > 5, `writes were under way: ${acknowledged}`);
    t.strictSame(await untilGone(dataDir), [], 'no orphan is left after kill -9');

    service = await startService(dataDir);
    const kept = await total(service.call);
    t.ok(
      kept === sumTo(acknowledged) || kept === sumTo(acknowledged + 1),
      'every acknowledged reading is there, and at most the one under way',
    );
    t.notMatch(service.output(), /Admin key, shown/, 'no second admin key is printed');

    const writingAgain = postUntilGone(service.call, acknowledged + 2);
    await new Promise((resolve) => setTimeout(resolve, 700));
    // Ctrl-C reaches the whole process group, the database's supervisor too.
    process.kill(-(service.child.pid ?? 0), 'SIGINT');
    const second = await writingAgain;
    t.strictSame(await untilGone(dataDir), [], 'no orphan is left after Ctrl-C');

    service = await startService(dataDir);
    const after = await total(service.call);
    const expected = kept + sumTo(second) - sumTo(acknowledged + 1);
    t.ok(after === expected || after === expected + second + 1, 'every acknowledged reading is there after Ctrl-C');
    process.kill(service.child.pid ?? 0, 'SIGTERM');
    t.strictSame(await untilGone(dataDir), [], 'nothing is left in the end');
  },
);
