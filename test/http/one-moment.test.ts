import { AsyncResource } from 'node:async_hooks';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import t from 'tap';
import { testApp } from '../support/app.ts';
import { writeEstate, writeReadings } from '../support/estate.ts';

const service = await testApp(t);
const { database } = service;
const METERS = Array.from({ length: 6 }, (_, index) => `E${index}`);
await writeEstate(service, [
  ...METERS.map((meter, index) => ({ meter, site: `S${index % 2}` })),
  { meter: 'T', site: 'S0', parent: 'E0', tenant: [{ name: 'Shop' }] },
  { meter: 'G', site: 'S1', activity: 'natural-gas', kind: 'billed' },
]);

/** Every day of the year but one in a hundred, in one change; the next state has other values and other gaps. */
async function write(state: number): Promise<void> {
  const days = Array.from({ length: 366 }, (_, index) =>
    new Date(Date.UTC(2024, 3, 1 + index)).toISOString().slice(0, 10),
  );
  const readings = [...METERS, 'T'].flatMap((meter) =>
    days
      .filter((_, index) => index < 365 && index % (40 + state) !== 7)
      .map((day) => ({ meter, day, resolutionMinutes: 1440, values: [meter === 'T' ? 1 : 10 + state] })),
  );
  await writeReadings(service, [...readings, { meter: 'G', period: '2024/25', quantity: 1000 * (state + 1) }]);
}

await write(0);
await service.send('PUT', '/v1/targets/own', {
  body: {
    name: 'Own',
    boundary: { kind: 'organisation', name: 'Council' },
    scopes: [1, 2],
    baseline: { period: '2024/25', kind: 'computed' },
    milestones: [{ period: '2030/31', reductionPercent: 50 }],
    source: 'Decision',
  },
});

const QUESTIONS = [
  '/v1/emissions?period=2024/25&interval=month',
  '/v1/emissions?period=2024/25&groupBy=site&basis=market',
  '/v1/consumption?period=2024-04-15/2025-02-10&groupBy=meter',
  '/v1/emissions/explanation?period=2024/25',
  '/v1/emissions/change?period=2024/25&comparedWith=2023/24',
  '/v1/targets/own/progress',
  '/v1/data-quality?period=2024/25',
];

const ANEW = { 'cache-control': 'no-cache' };
const ask = async (url: string): Promise<string> => {
  const answer = await service.send('GET', url, { headers: ANEW });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.body;
};

/** Asks, and has `between` happen once, right after the nth statement of the answer. */
async function askMeanwhile(url: string, nth: number, between: () => Promise<void>): Promise<string> {
  // What happens in between is no part of the request.
  const outside = AsyncResource.bind(between);
  const restore: (() => void)[] = [];
  let statements = 0;
  const watch = (client: pg.PoolClient) => {
    const query = client.query;
    client.query = async (...args: unknown[]) => {
      const result = await Reflect.apply(query, client, args);
      statements += 1;
      if (statements === nth) await outside();
      return result;
    };
    restore.push(() => {
      client.query = query;
    });
  };
  database.snapshots.on('acquire', watch);
  const answer = await ask(url);
  database.snapshots.off('acquire', watch);
  for (const undo of restore) undo();
  return answer;
}

t.test('an answer is of one moment, whatever is committed while it is made', async (t) => {
  let state = 0;
  let asked = 0;
  for (const url of QUESTIONS)
    for (const nth of [2, 3, 4]) {
      const before = await ask(url);
      let written = false;
      const answer = await askMeanwhile(url, nth, async () => {
        state = (state + 1) % 2;
        await write(state);
        written = true;
      });
      if (!written) continue;
      asked += 1;
      t.equal(answer, before, `${url}, written after statement ${nth}`);
      t.not(await ask(url), before, 'the next answer has what was written');
    }
  t.ok(asked > 2 * QUESTIONS.length, 'most of them take several statements');
});

t.test('callers who leave at any time leave no snapshot behind', async (t) => {
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = service.app.server.address() as AddressInfo;
  const head = `GET ${QUESTIONS[0]} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${service.keys.read}\r\ncache-control: no-cache\r\n\r\n`;
  const leave = async (afterMs: number, requests: number) => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(head.repeat(requests));
    await sleep(afterMs);
    socket.destroy();
  };
  // Some leave while their key is looked for, some while their answer is made; some have sent more than one request.
  for (let round = 0; round < 40; round++) await Promise.all([leave(round % 8, 1), leave(round % 5, 3), leave(0, 2)]);
  const [url = ''] = QUESTIONS;
  const answers = await Promise.all(Array.from({ length: 20 }, () => service.send('GET', url, { headers: ANEW })));
  t.ok(answers.every(({ statusCode }) => statusCode === 200));
  const { snapshots } = database;
  while (snapshots.idleCount < snapshots.totalCount) await sleep(20);
  t.equal(snapshots.waitingCount, 0);
});
