import { once } from 'node:events';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as immediate, setTimeout as later } from 'node:timers/promises';
import { fastify } from 'fastify';
import t from 'tap';
import { type CsvColumn, sendCsv } from '../../src/http/csv.ts';

const COLUMNS: CsvColumn<number>[] = [
  { header: 'number', value: (row) => row },
  { header: 'text', value: (row) => `=row "${row}"` },
  { header: 'even', value: (row) => row % 2 === 0 },
  { header: 'none', value: () => null },
];

/** A service with one table. */
async function tableOf(t: { teardown: (handler: () => Promise<void>) => void }, rows: () => AsyncIterable<number>) {
  const app = fastify();
  app.get('/', (_request, reply) => sendCsv(reply, COLUMNS, rows()));
  await app.listen({ port: 0, host: '127.0.0.1' });
  t.teardown(() => app.close());
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`;
}

t.test('a table has its header and every row, however many, each as the format has it', async (t) => {
  for (const count of [0, 1, 499, 500, 501, 2_000]) {
    const url = await tableOf(t, async function* () {
      for (let row = 0; row < count; row += 1) yield row;
    });
    const lines = (await (await fetch(url)).text()).split('\r\n');
    t.equal(lines.length, count + 2, `${count} rows`);
    t.strictSame([lines[0], lines.at(-1)], ['number,text,even,none', '']);
    if (count > 0) t.equal(lines[count], `${count - 1},"'=row ""${count - 1}""",${count % 2 === 1},`);
  }
});

t.test('a table that fails under way breaks the connection off: it never looks whole', async (t) => {
  const url = await tableOf(t, async function* () {
    for (let row = 0; row < 5_000; row += 1) yield row;
    throw new Error('the database is gone');
  });
  const response = await fetch(url);
  t.equal(response.status, 200, 'it had begun');
  await t.rejects(response.text());
});

t.test('a table is read no further than it is taken, and not at all once the client has gone', async (t) => {
  let read = 0;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const url = await tableOf(t, async function* () {
    try {
      for (; ; read += 1) {
        if (read % 1_000 === 0) await immediate();
        yield read;
      }
    } finally {
      end();
    }
  });
  const outgoing = get(url);
  const [response] = await once(outgoing, 'response');
  response.pause();
  let before = -1;
  while (before !== read) {
    before = read;
    await later(300);
  }
  t.ok(read > 0, `${read} rows, until the connection was full`);
  response.destroy();
  await ended;
  const left = read;
  await later(50);
  t.equal(read, left);
});
