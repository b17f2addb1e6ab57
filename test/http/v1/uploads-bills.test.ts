import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { sendBadFile, sendFile } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(
  service,
  ['MARCH', 'CHAIN', 'RUN', 'OVER', 'UNDO', 'DIRT'].map((meter) => ({ meter, kind: 'register' as const })),
);
const table = (...rows: string[]) =>
  ['MPAN,Invoice No,Period From,Period To,kWh,Net Cost (£),Read Type', ...rows, ''].join('\n');
type Days = { data: { quantity: number | null }[] };
const days = async (meter: string, period: string, resolution = 'day') => {
  const { data } = await ask<Days>(service, `/v1/meters/${meter}/readings?period=${period}&resolution=${resolution}`);
  return data.map(({ quantity }) => quantity);
};
const bills = async (meter: string) =>
  (await ask<{ data: { use: string }[] }>(service, `/v1/meters/${meter}/bills`)).data.filter(
    ({ use }) => use !== 'superseded',
  );

const MARCH = table('MARCH,I1,01/03/2025,31/03/2025,3100,"£1,234.50",Actual');

t.test('a bill alone asks whether its last day is in it, and stores nothing (rule E5)', async (t) => {
  const { status, body } = await sendBadFile(service, '', MARCH);
  t.equal(status, 422);
  t.match(body, {
    type: 'urn:council-carbon:problem:layout-questions',
    errors: [{ pointer: '?billEnd', code: 'open-question' }],
    questions: [
      {
        parameter: 'billEnd',
        question: /2025-03-01 to 2025-03-31/,
        options: [{ value: 'inclusive' }, { value: 'exclusive' }],
      },
    ],
  });
  t.same(await bills('MARCH'), []);
});

t.test('1 to 31 March is 100 a day with its last day, and 103.333333 without (rule E5)', async (t) => {
  const other = await sendFile(service, '?billEnd=exclusive', MARCH);
  t.match(other, { status: 201, body: { readAs: { shape: 'bill-rows' }, days: { new: 30 }, bills: { written: 1 } } });
  const without = await days('MARCH', '2025-03');
  t.same([without[0], without[30]], [103.333333, null]);
  t.equal((await service.send('DELETE', `/v1/uploads/${other.body.id}`, { scope: 'write-readings' })).statusCode, 200);

  const { status, body } = await sendFile(service, '?billEnd=inclusive', MARCH);
  t.equal(status, 201);
  t.match(body, {
    rows: { read: 1, accepted: 1 },
    days: { new: 31 },
    bills: { written: 1, unchanged: 0, refused: 0 },
    period: { start: '2025-03-01', end: '2025-04-01' },
  });
  t.same(await days('MARCH', '2025-03'), new Array(31).fill(100));
  t.match(await bills('MARCH'), [
    { start: '2025-03-01', end: '2025-04-01', quantity: 3100, invoice: 'I1', costGbp: 1234.5 },
  ]);
  t.match((await sendFile(service, '', MARCH)).body, {
    status: 'nothing-new',
    bills: { written: 0, unchanged: 1 },
  });
  const again = (await sendFile(service, '', MARCH)).body.readAs?.decisions.at(-1);
  t.match(again, { about: 'billEnd', value: 'inclusive' });
});

t.test('bills in a row say it themselves, in the file and beside those stored (rule E5)', async (t) => {
  const chain = table('CHAIN,C1,2025-01-01,2025-02-01,310,,', 'CHAIN,C2,2025-02-01,2025-03-01,280,,E');
  t.match((await sendFile(service, '', chain)).body, { days: { new: 59 }, bills: { written: 2 } });
  t.same(await days('CHAIN', '2025-01-31/2025-02-02'), [10, 10]);
  const run = table('RUN,R2,2025-02-01,2025-02-28,280,,', 'RUN,R3,2025-03-01,2025-03-31,310,,');
  t.match((await sendFile(service, '', run)).body, { days: { new: 59 }, period: { end: '2025-04-01' } });
  const before = table('RUN,R1,2025-01-01,2025-01-31,310,,');
  t.match((await sendFile(service, '', before)).body, { days: { new: 31 }, period: { end: '2025-02-01' } });
});

t.test('an overlap of one day is asked about; with the answer the bill that overlaps is named', async (t) => {
  const over = table(
    'OVER,1,2025-01-01,2025-01-31,310,,',
    'OVER,2,2025-02-01,2025-02-28,280,,',
    'OVER,3,2025-02-28,2025-03-31,320,,',
  );
  t.match((await sendBadFile(service, '', over)).body, { questions: [{ reason: /exactly one day/ }] });
  const { body } = await sendBadFile(service, '?billEnd=inclusive', over);
  t.match(body, { errors: [{ line: 4, code: 'overlapping-billed-period', detail: /2025-02-28\/2025-04-01/ }] });
  t.same(await bills('OVER'), []);
});

t.test('undoing a file of bills restores what it replaced', async (t) => {
  const first = table('UNDO,U1,2025-01-01,2025-01-31,310,,');
  await sendFile(service, '?billEnd=inclusive', first);
  const second = await sendFile(
    service,
    '',
    table('UNDO,U1,2025-01-01,2025-01-31,620,,', 'UNDO,U2,2025-02-01,2025-02-28,280,,'),
  );
  t.same(await days('UNDO', '2025-01', 'month'), [620]);
  const undone = await service.send('DELETE', `/v1/uploads/${second.body.id}`, { scope: 'write-readings' });
  t.match(undone.json(), { status: 'undone', undone: { billsEnded: 2, billsRestored: 1 } });
  t.same(await days('UNDO', '2025-01-01/2025-02-02'), [...new Array(31).fill(10), null]);
});

t.test('every refused bill has its line, column, value and reason', async (t) => {
  const { body } = await sendBadFile(
    service,
    '?billEnd=inclusive',
    table(
      'NOBODY,1,01/01/2025,31/01/2025,1,,',
      'DIRT,2,31/01/2025,01/01/2025,1,,',
      'DIRT,3,01/01/2030,31/01/2030,1,,',
      'DIRT,4,01/01/2025,31/01/2025,4294967.295,,',
      'DIRT,5,01/01/2025,31/01/2025,"3,10",,',
      'DIRT,6,01/01/2025,31/01/2025,,,',
      'DIRT,7,01/01/2025,31/01/2025,1,n/k,',
      'DIRT,8,01/01/2025,31/01/2025,1,,perhaps',
      'DIRT,9,01/01/2025,31/13/2025,1,,',
      'DIRT,10,01/11/2026,22/11/2026,1,,',
      'Total,,,,4,,',
    ),
  );
  t.same(
    body.errors?.map(({ line, column, value, code }) => [line, column, value, code]),
    [
      [2, 'MPAN', 'NOBODY', 'unknown-meter'],
      [3, 'Period To', '01/01/2025', 'wrong-period'],
      [4, 'Period To', '31/01/2030', 'in-the-future'],
      [5, 'kWh', '4294967.295', 'sentinel-value'],
      [6, 'kWh', '3,10', 'decimal-comma'],
      [7, 'kWh', '', 'blank'],
      [8, 'Net Cost (£)', 'n/k', 'not-a-cost'],
      [9, 'Read Type', 'perhaps', 'unknown-read-type'],
      [10, 'Period To', '31/13/2025', 'not-a-date'],
      [11, 'Period To', '22/11/2026', 'in-the-future'],
    ],
  );
  const unit = 'MPAN,From,To,Consumption,Unit\nDIRT,2025-01-01,2025-01-31,3,kW\n';
  t.match((await sendBadFile(service, '?billEnd=inclusive', unit)).body, {
    errors: [{ column: 'Unit', code: 'wrong-unit' }],
  });
});

t.test('a dry run counts the bills and shows what they leave open', async (t) => {
  const file = table('DIRT,1,01/01/2025,31/01/2025,310,,');
  t.match((await sendFile(service, '?dryRun=true', file)).body, {
    questions: [{ parameter: 'billEnd' }],
    meters: [{ meter: 'DIRT', rows: 1 }],
  });
  t.match((await sendFile(service, '?dryRun=true&billEnd=inclusive', file)).body, {
    questions: [],
    rows: { read: 1, accepted: 1 },
  });
  t.same(await bills('DIRT'), []);
  t.equal((await sendBadFile(service, '?billEnd=both', file)).status, 400);
});
