import { AsyncResource } from 'node:async_hooks';
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

const ask = async (url: string): Promise<string> => {
  const answer = await service.send('GET', url);
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
      t.equal(answer, before, `${url}, written after statement ${nth}`);
      t.not(await ask(url), before, 'the next answer has what was written');
    }
});
