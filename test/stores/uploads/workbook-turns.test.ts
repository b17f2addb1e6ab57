import t from 'tap';
import { openFile } from '../../../src/stores/uploads/containers/open-file.ts';
import type { Table } from '../../../src/stores/uploads/containers/table.ts';
import { createTurns } from '../../../src/stores/uploads/containers/turns.ts';
import { workbookFile } from '../../support/workbook-files.ts';
import { zipFile } from '../../support/zip-files.ts';

const sheet = {
  name: 'A',
  rows: [
    ['MPAN', 'Date', 'kWh'],
    ['E1', '2025-01-01', 1],
  ],
};
const xlsx = workbookFile([sheet, { ...sheet, name: 'B' }]);
const FILES = [xlsx, workbookFile([sheet], 'biff8'), zipFile([{ name: 'a.xlsx', content: xlsx }])];

async function* source(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** What has been told of the files that are opened, in order. */
function opened(bytes: Buffer, name: string, told: string[]): AsyncGenerator<Table> {
  return openFile(
    source(bytes),
    () => undefined,
    (isWaiting) => told.push(`${name} ${isWaiting ? 'waits' : 'goes on'}`),
  );
}

/** Long enough for whatever could happen without a turn. */
const aWhile = () => new Promise<void>((resolve) => setTimeout(resolve, 200));

t.test('one workbook is held at a time, however it comes; the others wait and are told so', async (t) => {
  const told: string[] = [];
  const [first, second, third] = FILES.map((bytes, at) => opened(bytes, `${at}`, told));
  t.match(await first?.next(), { done: false, value: { name: 'A' } });
  const others = [second, third].map(async (file, at) => {
    const table = await file?.next();
    told.push(`${at + 1} has a table`);
    return table;
  });
  await aWhile();
  t.strictSame(told, ['1 waits', '2 waits'], 'while the first still has a sheet to read');
  t.match(await first?.next(), { done: false, value: { name: 'B' } });
  await aWhile();
  t.equal(told.length, 2);
  t.match(await first?.next(), { done: true });
  t.match(await others[0], { done: false });
  await aWhile();
  t.strictSame(told.slice(2), ['1 goes on', '1 has a table'], 'in the order in which they came');
  await second?.return(undefined);
  t.match(
    await others[1],
    { done: false, value: { name: 'a.xlsx › A' } },
    'a reader that stops early gives up its turn',
  );
  await third?.return(undefined);
});

t.test('a workbook that cannot be read gives up its turn, and text waits for none', async (t) => {
  const told: string[] = [];
  const held = opened(xlsx, 'held', told);
  await held.next();
  t.match(await opened(Buffer.from('MPAN,Date,kWh\nE1,2025-01-01,1\n'), 'text', told).next(), { done: false });
  await held.return(undefined);
  const broken = Buffer.concat([workbookFile([sheet], 'biff8').subarray(0, 600), Buffer.alloc(4_000, 7)]);
  await t.rejects(opened(broken, 'broken', told).next());
  t.match(await opened(xlsx, 'next', told).next(), { done: false });
  t.strictSame(told, []);
});

t.test('as many go at once as there is room for, and a turn is given up once', async (t) => {
  const turns = createTurns(2);
  const waits: boolean[] = [];
  const [a, b] = [await turns.take(() => waits.push(true)), await turns.take(() => waits.push(true))];
  t.strictSame(waits, []);
  let taken = 0;
  const later = [1, 2].map(() =>
    turns
      .take((isWaiting) => waits.push(isWaiting))
      .then((leave) => {
        taken += 1;
        return leave;
      }),
  );
  a?.();
  a?.();
  (await later[0])?.();
  t.ok(taken >= 1);
  b?.();
  (await later[1])?.();
  t.strictSame(waits, [true, true, false, false]);
});
