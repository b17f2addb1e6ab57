import t from 'tap';
import type { DryRunAnswer } from '../../../src/http/v1/uploads/dry-run-schemas.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { sendBadFile, sendFile } from '../../support/uploads.ts';
import { zipFile } from '../../support/zip-files.ts';

const service = await testApp(t);
await writeEstate(
  service,
  ['E1', 'E2', 'E3', 'E4'].map((meter) => ({ meter, kind: 'register' as const })),
);
const keep = (name: string, body: object) => service.send('PUT', `/v1/layouts/${name}`, { body });
const forget = (name: string) => service.send('DELETE', `/v1/layouts/${name}`);
const periodsOf = async (meter: string) => {
  const { data } = await ask<{ data: { start: string; end: string }[] }>(service, `/v1/meters/${meter}/bills`);
  return data.map(({ start, end }) => `${start}/${end}`);
};
const lookAt = async (query: string, file: string) =>
  (await sendFile<DryRunAnswer>(service, `?dryRun=true${query}`, file)).body;

const HEADER = 'MPAN,Invoice No,Period From,Period To,kWh';
const bill = (meter: string, from: string, to: string, header = HEADER) =>
  `${header}\n${meter},I1,${from},${to},3100\n`;

t.test('what a dry run offers after its question was answered can be kept, and is not asked again', async (t) => {
  const march = bill('E1', '01/03/2025', '01/04/2025');
  const open = await lookAt('', march);
  t.match(open, { questions: [{ parameter: 'billEnd' }], tables: [{ keptLayout: null }] });
  t.notOk(open.tables[0]?.layout.billEnd, 'nobody has said it yet');
  const { tables, questions } = await lookAt('&billEnd=exclusive', march);
  t.same(questions, []);
  t.match(tables, [
    {
      layout: {
        shape: 'bill-rows',
        billEnd: 'exclusive',
        dateOrder: 'day-first',
        unit: 'kwh',
        header: HEADER.split(','),
      },
      decisions: [{ about: 'meter', column: 'MPAN' }, { about: 'from' }, { about: 'to' }, { about: 'quantity' }, {}],
    },
  ]);
  const offered = tables[0]?.layout ?? {};
  t.match((await keep('chain', offered)).json(), { name: 'chain', ...offered });
  t.match(await lookAt('', march), {
    questions: [],
    tables: [{ keptLayout: 'chain', layout: offered, decisions: [{ about: 'layout', value: 'chain' }] }],
  });
  const { status, body } = await sendFile(service, '', `Bills of March\n${march}`);
  t.equal(status, 201);
  t.match(body, { readAs: { shape: 'bill-rows', headerLine: 2 }, bills: { written: 1 } });
  t.same(await periodsOf('E1'), ['2025-03-01/2025-04-01']);
  await forget('chain');
});

t.test('what the bills beside it show is offered as well', async (t) => {
  const two = `${bill('E2', '01/03/2025', '31/03/2025')}E2,I2,01/04/2025,30/04/2025,3000\n`;
  const { tables } = await lookAt('', two);
  t.match(tables, [{ layout: { billEnd: 'inclusive' } }]);
  t.ok(tables[0]?.decisions.some(({ about, value }) => about === 'billEnd' && value === 'inclusive'));
});

t.test('the sender stands over the kept layout, and without an answer in it the file is asked', async (t) => {
  const header = HEADER.split(',');
  const at = (index: number) => ({ index, header: header[index] });
  const columns = { meter: [at(0)], invoice: at(1), from: at(2), to: at(3), quantity: at(4) };
  const layout = { shape: 'bill-rows', headerLine: 1, header, columns };
  await keep('bills', layout);
  const march = bill('E2', '2025-03-01', '2025-03-31');
  t.match((await sendBadFile(service, '', march)).body, {
    type: /layout-questions/,
    errors: [{ pointer: '?billEnd' }],
  });
  await keep('bills', { ...layout, billEnd: 'exclusive' });
  await sendFile(service, '?billEnd=inclusive', march);
  t.same(await periodsOf('E2'), ['2025-03-01/2025-04-01']);
  await keep('bills', { ...layout, dateOrder: 'month-first', billEnd: 'inclusive' });
  await sendFile(service, '', bill('E2', '04/05/2025', '04/08/2025'));
  t.same((await periodsOf('E2')).at(-1), '2025-04-05/2025-04-09', 'its order of dates is taken');
  await forget('bills');
});

t.test('a layout that is named reads headers that nobody knows, and none at all', async (t) => {
  const strange = bill('E3', '2025-01-01', '2025-01-31', 'Zähler,Beleg,Von,Bis,Menge');
  t.equal((await sendBadFile(service, '', strange)).status, 422);
  const names = ['Zähler', 'Beleg', 'Von', 'Bis', 'Menge'];
  const at = (index: number) => ({ index, header: names[index] });
  const columns = { meter: [at(0)], from: at(2), to: at(3), quantity: at(4) };
  await keep('by-name', { shape: 'bill-rows', headerLine: 1, columns, unit: 'mwh', billEnd: 'inclusive' });
  t.match((await sendFile(service, '?layout=by-name', strange)).body, { bills: { written: 1 } });
  const { data } = await ask<{ data: unknown[] }>(service, '/v1/meters/E3/bills');
  t.match(data, [{ quantity: 3_100_000 }], 'MWh, as the layout says');
  const moved = await sendBadFile(service, '?layout=by-name', strange.replace('Von,Bis', 'Bis,Von'));
  t.match(moved.body, { type: /unreadable-file/, detail: /it expects '(Von|Bis)', where '(Von|Bis)' stands/ });
  const bare = { meter: [{ index: 0 }], from: { index: 1 }, to: { index: 2 }, quantity: { index: 3 } };
  await keep('bare', { shape: 'bill-rows', columns: bare, delimiter: ';', billEnd: 'inclusive' });
  t.match((await sendFile(service, '?layout=bare', 'E3;2025-02-01;2025-02-28;28\n')).body, { bills: { written: 1 } });
});

t.test('a member that a kept layout settles is a neighbour of those that it does not', async (t) => {
  const { tables } = await lookAt('&billEnd=inclusive', bill('E4', '2025-01-01', '2025-01-31'));
  await keep('settled', tables[0]?.layout ?? {});
  const files = [
    { name: 'january.csv', content: bill('E4', '2025-01-01', '2025-01-31') },
    { name: 'december.csv', content: 'MPAN,From,To,kWh\nE4,2024-12-01,2024-12-31,31\n' },
  ];
  t.match((await sendFile(service, '', zipFile(files))).body, { bills: { written: 2 } });
  t.same(await periodsOf('E4'), ['2024-12-01/2025-01-01', '2025-01-01/2025-02-01']);
  await forget('settled');
});
