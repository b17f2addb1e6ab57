import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate } from '../../support/estate.ts';
import { halfHours } from '../../support/half-hours.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(service, [
  ...['SMALL', 'LARGE', 'LOAD', 'Q', 'DAY', 'NONE', 'MIX', 'FIVE'].map((meter) => ({ meter })),
  ...['GM3', 'GHCF', 'GFT'].map((meter, at) => ({
    meter,
    activity: 'natural-gas',
    unit: ['m3', 'hcf', 'ft3'][at],
    volumeCorrected: true,
  })),
]);
const valuesOf = async (meter: string) => (await storedDays(service, [meter]))[0]?.intervals;
const rows = (meter: string, values: readonly (string | number)[], day = '2025-01-10') =>
  values.map((value, n) => `${meter},${day} ${halfHours()[n]},${value}`);
const unitDecision = (body: { readAs?: { decisions: { about: string; value: string }[] } | undefined }) =>
  body.readAs?.decisions.filter(({ about }) => about === 'unit').map(({ value }) => value);

t.test('Wh and MWh of a header are brought to kWh, digit by digit', async (t) => {
  const wh = await sendFile(
    service,
    '?valuesAre=use',
    ['MPAN,Timestamp,Energy (Wh)', ...rows('SMALL', numbered(48, 1001))].join('\n'),
  );
  t.equal(wh.status, 201);
  t.strictSame(unitDecision(wh.body), ['wh × 1 / 1000 = kWh']);
  t.strictSame(
    await valuesOf('SMALL'),
    numbered(48, 1001).map((value) => value / 1000),
  );
  const text = numbered(48, 100).map((value) => `0.000${value}001`);
  const mwh = await sendFile(service, '', ['MPAN,Timestamp,MWh', ...rows('LARGE', text)].join('\n'));
  t.equal(mwh.status, 201, 'nine decimals of a megawatt-hour are six of a kilowatt-hour');
  t.strictSame(unitDecision(mwh.body), ['mwh × 1000 = kWh']);
  t.strictSame(
    await valuesOf('LARGE'),
    numbered(48, 100).map((value) => Number(`0.${value}001`)),
  );
});

t.test('a power is the mean of its interval, and energy stands before it', async (t) => {
  const kw = await sendFile(service, '', ['MPAN,Timestamp,Load (kW)', ...rows('LOAD', numbered(48, 1))].join('\n'));
  t.equal(kw.status, 201);
  t.strictSame(unitDecision(kw.body), ['kw × minutes / 60 = kWh']);
  t.strictSame(
    await valuesOf('LOAD'),
    numbered(48).map((value) => value / 2),
  );
  const quarter = numbered(96).map((value) => value / 10);
  const header = ['MPAN', 'Date', 'Units', ...numbered(96).map((n) => `QH${n}`)].join();
  t.equal((await sendFile(service, '', `${header}\nQ,2025-01-10,kW,${quarter.join()}`)).status, 201);
  t.strictSame(
    await valuesOf('Q'),
    quarter.map((value) => Number((value / 4).toFixed(6))),
  );
  const both = numbered(48).map((n) => `MIX,2025-01-10 ${halfHours()[n - 1]},${2 * n},${n}`);
  await sendFile(service, '', ['MPAN,Timestamp,Max Demand (kW),kWh', ...both].join('\n'));
  t.strictSame(await valuesOf('MIX'), numbered(48));
  const most = await sendBadFile(
    service,
    '',
    ['MPAN,Timestamp,Max Demand (kW)', ...rows('NONE', numbered(48))].join('\n'),
  );
  t.match(most.body, { status: 422, detail: /no column for the value/ });
});

t.test('a mean power of days is over 23, 24 and 25 hours', async (t) => {
  const days = ['2025-03-29', '2025-03-30', '2025-10-26'].map((day) => `DAY,${day},10`);
  t.equal((await sendFile(service, '', ['MPAN,Date,Average power kW', ...days].join('\n'))).status, 201);
  t.strictSame(
    (await storedDays(service, ['DAY'])).map(({ intervals }) => intervals),
    [[240], [230], [250]],
  );
});

t.test('what would lose digits is refused and named', async (t) => {
  const five = ['FIVE,2025-01-10 00:00,1.2', 'FIVE,2025-01-10 00:05,1', 'FIVE,2025-01-10 00:10,2.4'];
  const { body } = await sendBadFile(service, '', ['MPAN,Timestamp,kW', ...five].join('\n'));
  t.match(body, { refusalCount: 1 });
  t.match(body.errors?.[0], {
    line: 3,
    code: 'too-many-decimals',
    detail: /'1' kw × minutes \/ 60 = kWh has more than six/,
  });
  const wh = await sendBadFile(service, '', ['MPAN,Timestamp,Wh', ...rows('NONE', ['1.0001', '2'])].join('\n'));
  t.match(wh.body.errors?.[0], { line: 2, column: 'Wh', value: '1.0001', code: 'too-many-decimals' });
  const m3 = await sendBadFile(service, '', ['MPAN,Timestamp,m3', ...rows('NONE', [1, 2])].join('\n'));
  t.match(m3.body.errors?.[0], { code: 'wrong-unit' });
});

t.test('volumes of gas in cubic metres and hundreds of cubic feet become energy (rule E6)', async (t) => {
  const file = (meter: string, header: string, value: string) =>
    [header, `${meter},30/01/2025,${value}`, `${meter},31/01/2025,${value}`].join('\n');
  t.equal((await sendFile(service, '', file('GM3', 'MPRN,Date,Volume (m³)', '120'))).status, 201);
  t.equal((await sendFile(service, '', file('GHCF', 'MPRN,Date,Volume (HCF)', '100'))).status, 201);
  const feet = ['MPRN,Date,Units,Volume', 'GHCF,28/01/2025,cubic feet,5000', 'GHCF,29/01/2025,cubic feet,5000'];
  t.equal((await sendFile(service, '', feet.join('\n'))).status, 201);
  t.equal((await sendFile(service, '', file('GFT', 'MPRN,Date,100s cu ft', '1.5'))).status, 201);
  const use = async (meter: string, day: string) => {
    type Answer = { total: { quantity: { value: number } } };
    const { total } = await ask<Answer>(
      service,
      `/v1/consumption?period=${day}/${day.replace(/..$/, (d) => String(Number(d) + 1))}&meter=${meter}`,
    );
    return total.quantity.value;
  };
  t.strictSame(
    (await storedDays(service, ['GHCF'])).map(({ day, intervals }) => [day, intervals]),
    [
      ['2025-01-28', [50]],
      ['2025-01-29', [50]],
      ['2025-01-30', [100]],
      ['2025-01-31', [100]],
    ],
  );
  t.strictSame((await storedDays(service, ['GFT']))[0]?.intervals, [150]);
  const perCubicMetre = 39.5 / 3.6;
  t.equal(await use('GM3', '2025-01-30'), Number((120 * perCubicMetre).toFixed(6)));
  t.equal(await use('GHCF', '2025-01-30'), Number((283 * perCubicMetre).toFixed(6)));
});

t.test('a dry run says the factor', async (t) => {
  const file = `${dayHeader().replace('Date', 'Date,Unit')}\n${dayRow('SMALL', '2025-01-20', numbered(48)).replace('2025-01-20', '2025-01-20,GWh')}`;
  const sent = await service.send('POST', '/v1/uploads?dryRun=true', {
    body: file,
    headers: { 'content-type': 'text/csv' },
  });
  const [table] = sent.json().tables;
  t.match(
    table.decisions.find(
      ({ about, value }: { about: string; value: string }) => about === 'unit' && value.includes('='),
    ),
    {
      value: 'GWh × 1000000 = kWh',
    },
  );
  t.match(sent.json().controlTotals, [{ quantity: 1_176_000_000 }]);
});
