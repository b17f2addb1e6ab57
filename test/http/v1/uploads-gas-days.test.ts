import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
const gas = { activity: 'natural-gas' };
await writeEstate(service, [
  { meter: 'GAS', ...gas },
  { meter: 'LOCAL', ...gas },
]);

const file = (meter: string, long: string) =>
  [
    `MPRN,Date,${numbered(25).join(',')}`,
    ...['2025-10-25', '2025-10-26', '2025-10-27'].map(
      (day) => `${meter},${day},${[...numbered(24), day === long ? 25 : ''].join(',')}`,
    ),
  ].join('\n');
const sunday = async (meter: string) =>
  (await storedDays(service, [meter])).find(({ day }) => day === '2025-10-26')?.intervals;

t.test('counted hours of gas are placed by the day of 25 hours, without a question (rule E7)', async (t) => {
  const asGasDay = await sendFile(service, '', file('GAS', '2025-10-25'));
  t.equal(asGasDay.status, 201);
  t.match(
    asGasDay.body.readAs?.decisions.find(({ about }) => about === 'dayBasis'),
    { value: 'gas-day', reason: /2025-10-25, the gas day in which the clocks change, has 25 values/ },
  );
  t.strictSame(await sunday('GAS'), [...numbered(6, 20), ...numbered(19)]);
  const asLocal = await sendFile(service, '', file('LOCAL', '2025-10-26'));
  t.equal(asLocal.status, 201);
  t.strictSame(await sunday('LOCAL'), numbered(25));
});

t.test('without such a day it is asked, and nothing is stored', async (t) => {
  const before = await sunday('LOCAL');
  const { status, body } = await sendBadFile(service, '', file('LOCAL', ''));
  t.equal(status, 422);
  t.ok(body.questions?.some(({ parameter }) => parameter === 'dayBasis'));
  t.strictSame(await sunday('LOCAL'), before);
});
