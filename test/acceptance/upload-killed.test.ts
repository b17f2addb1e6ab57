import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import t from 'tap';
import { startChild } from '../support/child.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { dayHeader, dayRow, numbered } from '../support/uploads.ts';

/** Black box: the service killed while a file is on its way. */

const KEY = 'an-operators-own-key-of-enough-characters';
const HEADERS = { authorization: `Bearer ${KEY}` };

type Answer = {
  id: string;
  status: string;
  reason: string | null;
  days?: { new: number };
  total: { quantity?: { value: number } };
};

async function startService(dataDir: string) {
  const child = startChild(t, 'src/server.ts', [], {
    env: {
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      BOOTSTRAP_ADMIN_KEY: KEY,
      LOG_LEVEL: 'silent',
      DATABASE_URL: '',
    },
  });
  const [, base = ''] = await child.until(/answers at (http:[^;]+);/);
  const call = async (method: string, path: string, body?: object): Promise<Answer> => {
    const headers = body === undefined ? HEADERS : { ...HEADERS, 'content-type': 'application/json' };
    const response = await fetch(base + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Answer;
  };
  /** Begins to send a file, without an end. */
  const begin = (text: string): ClientRequest => {
    const outgoing = request(`${base}/v1/uploads?clock=local`, {
      method: 'POST',
      headers: { ...HEADERS, 'content-type': 'text/csv' },
    });
    outgoing.on('error', () => undefined);
    outgoing.write(text);
    return outgoing;
  };
  return { child, call, begin };
}

const ROWS = Array.from({ length: 20_000 }, (_, index) =>
  dayRow(
    `EL-${Math.floor(index / 360)}`,
    new Date(Date.UTC(2024, 0, 1 + (index % 360))).toISOString().slice(0, 10),
    new Array(48).fill(1),
  ),
).filter((row) => !row.includes('2024-03-31') && !row.includes('2024-10-27'));
const FILE = `${[dayHeader(), ...ROWS].join('\n')}\n`;

t.test(
  'a service killed in the middle of an upload has stored none of it, says so, and takes the file again',
  async (t) => {
    const dataDir = temporaryFolder(t);
    let service = await startService(dataDir);
    await service.call('PUT', '/v1/sites/S', { name: 'Site' });
    for (const number of numbered(56, 0))
      await service.call('PUT', `/v1/meters/EL-${number}`, {
        site: 'S',
        activity: 'electricity',
        unit: 'kWh',
        kind: 'interval',
      });

    service.begin(FILE);
    for (let record = await service.call('GET', '/v1/uploads/1'); record.status !== 'receiving'; )
      record = await service.call('GET', '/v1/uploads/1');
    service.child.process.kill('SIGKILL');
    await service.child.exited;

    service = await startService(dataDir);
    t.match(await service.call('GET', '/v1/uploads/1'), {
      status: 'failed',
      reason: /stopped while the file was being received/,
    });
    const question = '/v1/consumption?period=2024';
    t.notOk((await service.call('GET', question)).total.quantity?.value, 'nothing of it is in any figure');

    const outgoing = service.begin(FILE);
    const answered = once(outgoing, 'response');
    outgoing.end();
    const [response] = await answered;
    t.equal(response.statusCode, 201);
    t.match(await service.call('GET', '/v1/uploads/2'), { status: 'stored', days: { new: ROWS.length } });
    t.equal((await service.call('GET', question)).total.quantity?.value, ROWS.length * 48);
    service.child.process.kill('SIGTERM');
    t.equal(await service.child.exited, 0, 'and it still ends as it should');
  },
);
