import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { sendBadFile, sendFile } from '../../support/uploads.ts';

const service = await testApp(t);
const gas = { activity: 'natural-gas', kind: 'billed' };
await writeEstate(service, [
  ...['BOTH', 'ALONE', 'FEET', 'UNITS', 'BAD'].map((meter) => ({ meter, ...gas, unit: 'm3' })),
  { meter: 'KWH', ...gas },
]);

type Stored = {
  data: { quantity: number | null }[];
  conversions?: { volume: number; computedKwh: number; flags: string[] }[];
};
const january = async (meter: string) => {
  const stored = await ask<Stored>(service, `/v1/meters/${meter}/readings?period=2025-01&resolution=month`);
  return { kwh: stored.data[0]?.quantity, conversions: stored.conversions };
};
const send = (header: string, row: string) =>
  sendFile(service, '?billEnd=inclusive', `${header}\n${row.replace('JANUARY', '2025-01-01,2025-01-31')}\n`);

t.test('the kWh of a bill win, and its volume checks them (rule E6)', async (t) => {
  const header = 'MPRN,From,To,Volume (m3),Calorific Value (MJ/m³),Correction Factor,kWh';
  t.equal((await send(header, 'BOTH,JANUARY,"1,000",39.4,1.02264,11300')).status, 201);
  t.match(await january('BOTH'), {
    kwh: 11_300,
    conversions: [
      {
        volume: 1_000,
        calorificValue: 39.4,
        correctionFactor: 1.02264,
        computedKwh: 11_192.226667,
        statedKwh: 11_300,
        flags: ['energy-differs-from-volume'],
      },
    ],
  });
  t.equal((await send(header, 'KWH,JANUARY,1000,39.4,,11192')).status, 201);
  t.match(await january('KWH'), { kwh: 11_192, conversions: [{ flags: [] }] });
});

t.test('a volume alone becomes kWh by the factors of the row, else by those of the meter (rule E6)', async (t) => {
  const both = 'MPRN,From,To,Volume (m3),CV,CF,kWh';
  t.equal((await send(both, 'ALONE,JANUARY,1000,39.4,1,')).status, 201);
  t.match(await january('ALONE'), { kwh: 10_944.444444, conversions: [{ volume: 1_000, calorificSource: 'bill' }] });
  t.equal((await send('MPRN,From,To,Volume (HCF),CV', 'FEET,JANUARY,100,39.5')).status, 201);
  t.match(await january('FEET'), { kwh: 3_175.439233, conversions: [{ volumeUnit: 'hcf' }] });
  t.equal((await send('MPRN,From,To,Consumption,Unit', 'UNITS,JANUARY,1000,m3')).status, 201);
  t.match(await january('UNITS'), { kwh: 11_220.633333, conversions: [{ flags: ['assumed-cv'] }] });
});

t.test('a factor or unit that cannot be is refused with its place', async (t) => {
  const header = 'MPRN,From,To,Volume,Volume Unit,CV,CF,kWh';
  for (const [cells, column, code] of [
    ['1000,m3,395,1,11192', 'CV', 'value-out-of-range'],
    ['1000,m3,39.5,0,11192', 'CF', 'value-out-of-range'],
    ['1000,bags,39.5,1,11192', 'Volume Unit', 'wrong-unit'],
    ['many,m3,39.5,1,11192', 'Volume', 'not-a-number'],
    [',m3,39.5,1,', 'kWh', 'blank'],
  ] as const) {
    const file = `${header}\nBAD,2025-01-01,2025-01-31,${cells}\n`;
    const { status, body } = await sendBadFile(service, '?billEnd=inclusive', file);
    t.equal(status, 422, cells);
    t.match(body.errors, [{ line: 2, column, code }], cells);
  }
});
