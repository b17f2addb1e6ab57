import t from 'tap';
import type { DryRunAnswer } from '../../../src/http/v1/uploads/dry-run-schemas.ts';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [
  { meter: 'E1' },
  { meter: 'E2' },
  ...['B1', 'B2', 'D1'].map((meter) => ({ meter, kind: 'register' as const })),
]);

const daily = (meter: string, ...values: string[]) =>
  ['MPAN;Date;kWh', ...values.map((value, index) => `${meter};2025-01-0${index + 1};${value}`), ''].join('\n');
const sums = async (meter: string) => (await storedDays(service, [meter])).map(({ quantity }) => Number(quantity));

t.test('201: decimal commas that show themselves are read as they are meant', async (t) => {
  const { status, body } = await sendFile(service, '', daily('E1', '1.234,5', '12,25', '1,125'));
  t.equal(status, 201, JSON.stringify(body));
  t.same(await sums('E1'), [1_234.5, 12.25, 1.125]);
  t.ok(body.readAs?.decisions.some(({ about, value }) => about === 'decimalMark' && value === 'comma'));
});

t.test('422 and 201: what can be a thousand times the other is asked, and the answer can be kept', async (t) => {
  const file = daily('E2', '1,234', '987');
  t.match((await sendBadFile(service, '', file)).body, {
    status: 422,
    errors: [{ pointer: '?decimalMark', code: 'open-question' }],
    questions: [{ parameter: 'decimalMark', options: [{ value: 'point' }, { value: 'comma' }] }],
  });
  t.same(await sums('E2'), []);
  const open = (await sendFile<DryRunAnswer>(service, '?dryRun=true', file)).body;
  t.match(open.questions, [{ parameter: 'decimalMark' }]);
  const { body } = await sendFile<DryRunAnswer>(service, '?dryRun=true&decimalMark=comma', file);
  t.match(body, {
    questions: [],
    controlTotals: [{ quantity: 988.234 }],
    tables: [{ layout: { decimalMark: 'comma' } }],
  });
  t.equal((await service.send('PUT', '/v1/layouts/commas', { body: body.tables[0]?.layout })).statusCode, 201);
  t.equal((await sendFile(service, '', file)).status, 201);
  t.same(await sums('E2'), [1.234, 987]);
  t.equal((await sendFile(service, '?decimalMark=point', file)).status, 201, 'the sender stands over it');
  t.same(await sums('E2'), [1_234, 987]);
  t.equal((await sendBadFile(service, '?decimalMark=dot', file)).status, 400);
});

t.test('422: a file of both ways is refused where it is not written as the rest', async (t) => {
  const { status, body } = await sendBadFile(service, '?layout=commas', daily('E2', '1,5', '2.5', '3,5', '4,5', '5,5'));
  t.equal(status, 422);
  t.match(body, { errors: [{ line: 3, column: 'kWh', value: '2.5', code: 'decimal-point' }] });
});

t.test('bills and dials are read alike', async (t) => {
  const bill = (...row: string[]) => `MPAN;From;To;kWh;Net Cost (£)\n${row.join(';')}\n`;
  const query = '?billEnd=inclusive';
  t.match((await sendBadFile(service, query, bill('B1', '2025-01-01', '2025-01-31', '3,100', ''))).body, {
    questions: [{ parameter: 'decimalMark' }],
  });
  t.equal((await sendFile(service, query, bill('B1', '2025-01-01', '2025-01-31', '3,100', '£1,234.50'))).status, 201);
  t.equal((await sendFile(service, query, bill('B2', '2025-01-01', '2025-01-31', '3,100', '£1.234,50'))).status, 201);
  type Bills = { data: { quantity: number; costGbp: number }[] };
  t.match((await ask<Bills>(service, '/v1/meters/B1/bills')).data, [{ quantity: 3_100, costGbp: 1_234.5 }]);
  t.match((await ask<Bills>(service, '/v1/meters/B2/bills')).data, [{ quantity: 3.1, costGbp: 1_234.5 }]);
  const dials = 'MPAN;Read Date;Meter Reading\nD1;2025-01-01;12,345\n';
  t.match((await sendBadFile(service, '', dials)).body, {
    errors: [{ line: 2, code: 'ambiguous-number', detail: /decimalMark=point or decimalMark=comma/ }],
  });
  t.match((await sendFile(service, '?decimalMark=point', dials)).body, { registerReadings: { written: 1 } });
});
