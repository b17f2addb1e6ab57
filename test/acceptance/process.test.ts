import { execFileSync } from 'node:child_process';
import t from 'tap';
import { startCompiled } from '../support/compiled-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Black box: the service as a process of its own, on its embedded database. */

const KEY = 'an-operators-own-key-of-enough-characters';
const HEADERS = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };

async function startService(dataDir: string) {
  const { child, base } = await startCompiled(t, dataDir, KEY);
  const call = (method: string, path: string, body?: object) =>
    fetch(base + path, { method, headers: HEADERS, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { child, call };
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

/** Enough that writes are under way. */
const WRITES = 10;

type Call = (method: string, path: string, body?: object) => Promise<Response>;

/** Posts one day after another until the service is gone; `gone` resolves to the last that was acknowledged. */
async function postUntilGone(call: Call, from: number): Promise<{ gone: Promise<number> }> {
  let last = from - 1;
  const post = async (): Promise<boolean> => {
    const response = await call('POST', '/v1/readings', { readings: [day(last + 1)] }).catch(() => null);
    if (response?.status !== 201) return false;
    last += 1;
    return true;
  };
  while (last < from + WRITES - 1) if (!(await post())) throw new Error('the service went before it was asked to');
  const rest = async (): Promise<number> => {
    while (await post());
    return last;
  };
  return { gone: rest() };
}

async function total(call: Call): Promise<number> {
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

    const writing = await postUntilGone(service.call, 1);
    process.kill(service.child.process.pid ?? 0, 'SIGKILL');
    const acknowledged = await writing.gone;
    t.strictSame(await untilGone(dataDir), [], 'no orphan is left after kill -9');

    service = await startService(dataDir);
    const kept = await total(service.call);
    t.ok(
      kept === sumTo(acknowledged) || kept === sumTo(acknowledged + 1),
      'every acknowledged reading is there, and at most the one under way',
    );
    t.notMatch(service.child.output(), /Admin key, shown/, 'no second admin key is printed');

    const writingAgain = await postUntilGone(service.call, acknowledged + 2);
    // Ctrl-C reaches the whole process group, the database's supervisor too.
    process.kill(-(service.child.process.pid ?? 0), 'SIGINT');
    const second = await writingAgain.gone;
    t.strictSame(await untilGone(dataDir), [], 'no orphan is left after Ctrl-C');

    service = await startService(dataDir);
    const after = await total(service.call);
    const expected = kept + sumTo(second) - sumTo(acknowledged + 1);
    t.ok(after === expected || after === expected + second + 1, 'every acknowledged reading is there after Ctrl-C');
    process.kill(service.child.process.pid ?? 0, 'SIGTERM');
    t.strictSame(await untilGone(dataDir), [], 'nothing is left in the end');
  },
);
