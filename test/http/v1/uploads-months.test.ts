import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { sendBadFile, sendFile } from '../../support/uploads.ts';
import { workbookFile } from '../../support/workbook-files.ts';

const service = await testApp(t);
await writeEstate(service, [
  { meter: 'E1', aliases: ['Town Hall'] },
  { meter: 'E2' },
  { meter: 'BOOK' },
  { meter: 'KEPT' },
]);

type Days = { data: { quantity: number | null }[] };
const quantities = async (meter: string, period: string, resolution: 'day' | 'month') => {
  const { data } = await ask<Days>(service, `/v1/meters/${meter}/readings?period=${period}&resolution=${resolution}`);
  return data.map(({ quantity }) => quantity);
};
const bills = async (meter: string) =>
  (await ask<{ data: { start: string; end: string; quantity: number }[] }>(service, `/v1/meters/${meter}/bills`)).data;

const YEAR = ['Apr-24', 'May-24', 'Jun-24', 'Jul-24', 'Aug-24', 'Sep-24', 'Oct-24', 'Nov-24', 'Dec-24'].concat([
  'Jan-25',
  'Feb-25',
  'Mar-25',
]);

t.test('a year of months side by side becomes a bill for each month, whole', async (t) => {
  const file = [
    'Electricity 2024/25 (kWh)',
    `Supply,${YEAR.join(',')},Total`,
    `Town Hall,${[300, 310, 300, 310, 310, 300, 310, 300, 310, 310, 280, 310].join(',')},3650`,
    'E2,30,31,,,,,,,,,,,61',
  ].join('\n');
  const { status, body } = await sendFile(service, '', file);
  t.equal(status, 201, JSON.stringify(body));
  t.match(body, {
    rows: { read: 24, accepted: 24, refused: 0 },
    meters: 2,
    bills: { written: 14 },
    days: { new: 365 + 61 },
    period: { start: '2024-04-01', end: '2025-04-01' },
    readAs: { shape: 'bill-rows', headerLine: 2 },
    notices: [],
  });
  t.same(await quantities('E1', '2025-02', 'day'), new Array(28).fill(10));
  t.same((await quantities('E2', '2024/25', 'month')).slice(0, 4), [30, 31, null, null], 'a blank is missing');
  t.match((await bills('E1'))[0], { start: '2024-04-01', end: '2024-05-01', quantity: 300 });
  t.match((await sendFile(service, '', file)).body, { status: 'nothing-new', bills: { unchanged: 14 } });

  const undone = await service.send('DELETE', `/v1/uploads/${body.id}`, { scope: 'write-readings' });
  t.match(undone.json(), { status: 'undone', undone: { billsEnded: 14 } });
  t.same(await quantities('E1', '2025-02', 'month'), [null]);
});

t.test('headers of a workbook that are dates are months', async (t) => {
  const rows = [
    ['MPAN', '2025-01-01', '2025-02-01'],
    ['BOOK', 62, 56],
  ];
  const { body } = await sendFile(service, '', workbookFile([{ name: 'kWh', rows }]), {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  });
  t.match(body, { bills: { written: 2 }, days: { new: 59 } });
  t.same(await quantities('BOOK', '2025-02', 'month'), [56]);
});

t.test('a dry run shows the layout, which can be kept and is used for the months of other files by name', async (t) => {
  const file = (...months: string[]) =>
    [`Ref,${months.join(',')}`, `KEPT,${months.map((_, at) => 10 + at).join(',')}`].join('\n');
  const looked = await service.send('POST', '/v1/uploads?dryRun=true', {
    body: file('Jan-25', 'Feb-25'),
    headers: { 'content-type': 'text/csv' },
  });
  const [table] = looked.json().tables;
  t.match(table.layout, {
    shape: 'bill-rows',
    arrangement: { across: { holds: 'month', first: 1 }, keep: [{ index: 0, header: 'Ref' }] },
    columns: { meter: [{ index: 0 }], month: { index: 1, header: 'Month' }, quantity: { index: 2, header: 'Value' } },
  });
  const { header: _, ...layout } = table.layout;
  const kept = await service.send('PUT', '/v1/layouts/months', { body: layout });
  t.equal(kept.statusCode, 201, kept.body);
  t.match((await sendFile(service, '?layout=months', file('Mar-25', 'Apr-25', 'May-25'))).body, {
    bills: { written: 3 },
  });
  t.same(await quantities('KEPT', '2025-05', 'month'), [12]);
  const wrong = { ...layout, columns: { ...layout.columns, from: { index: 0, header: 'Ref' } } };
  const refused = await service.send('PUT', '/v1/layouts/wrong', { body: wrong });
  t.match(refused.json(), { status: 400, errors: [{ pointer: '/columns/from', code: 'contradiction' }, {}] });
  const intervals = {
    ...layout,
    shape: 'reading-rows',
    columns: { meter: [], date: { index: 1 }, value: { index: 2 } },
  };
  const { billEnd: _billEnd, ...asReadings } = intervals;
  t.match((await service.send('PUT', '/v1/layouts/wrong', { body: asReadings })).json(), {
    errors: [{ pointer: '/arrangement/across/holds', code: 'not-applicable' }],
  });
});

t.test('what is open is asked, and what cannot be told is refused with advice', async (t) => {
  const open = 'MPAN,01/01/2025,01/02/2025\nE2,31,28\n';
  t.match((await sendBadFile(service, '', open)).body, { questions: [{ parameter: 'dateOrder' }] });
  t.match((await sendFile(service, '?dateOrder=day-first', open)).body, { bills: { written: 2 }, days: { new: 59 } });
  const days = await sendFile(service, '?dateOrder=month-first', open);
  t.match(days.body, { bills: { written: 0 }, readAs: { shape: 'reading-rows' } });
  const quarters = await sendBadFile(service, '', 'MPAN,Mar-25,Jun-25,Sep-25\nE2,1,2,3\n');
  t.match(quarters.body, { status: 422, detail: /not months in a row.*Period From/ });
});
