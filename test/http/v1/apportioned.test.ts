import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';
import { partsOf, readNote } from '../../support/note.ts';

type Coverage = { actual: number; estimated: number; missing: number; apportioned?: number };
type Row = { meter?: string; period: { label: string }; quantity: { value: number | null }; coverage: Coverage | null };
type Figures = { data: Row[]; total: { quantity: { value: number | null }; coverage: Coverage } };
type Line = { start: string; metered: number; apportioned: number };

const service = await testApp(t);
const { send, database } = service;

const bill = (meter: string, period: string, quantity: number, more: object = {}) => ({
  meter,
  period,
  quantity,
  ...more,
});
const halves = (value: number) => new Array(48).fill(value);

await writeEstate(service, [
  { meter: 'BILLED' },
  { meter: 'DIAL' },
  { meter: 'CHAIN' },
  { meter: 'MIXED' },
  { meter: 'HALF-HOURS' },
  { meter: 'REBILLED' },
  { meter: 'NOTE' },
  { meter: 'MOVED', from: { on: '2025-03-01', reason: 'built' } },
]);
await writeReadings(service, [
  bill('BILLED', '2025-02-20/2025-05-20', 8900),
  { meter: 'DIAL', readAt: '2025-03-10T09:00:00Z', value: 1000, readType: 'actual' },
  { meter: 'DIAL', readAt: '2025-04-20T09:00:00+01:00', value: 2000, readType: 'actual' },
  bill('CHAIN', '2025-01-01/2025-04-01', 5000, { openingRead: 'actual', closingRead: 'estimated' }),
  bill('CHAIN', '2025-04-01/2025-05-01', -1000, { openingRead: 'estimated', closingRead: 'actual' }),
  bill('MIXED', '2025-03-01/2025-05-01', 6100),
  { meter: 'MIXED', day: '2025-03-10', values: halves(2) },
  { meter: 'HALF-HOURS', day: '2025-03-31', values: halves(1) },
  bill('REBILLED', '2025-02-20/2025-05-20', 8900, { invoice: 'A' }),
  bill('MOVED', '2025-02-01/2025-04-01', 590),
]);

const consumption = (query: string): Promise<Figures> => ask<Figures>(service, `/v1/consumption?${query}`);
const shareOf = async (meter: string, period: string): Promise<number | undefined> =>
  (await consumption(`meter=${meter}&period=${period}`)).total.coverage.apportioned;

t.test(
  'a bill that the end of a year cuts is apportioned on both sides, and whole within a period (rule F4)',
  async (t) => {
    const year = await consumption('meter=BILLED&period=2024/25');
    t.equal(year.total.quantity.value, 4000);
    t.match(year.total.coverage, { actual: 1, estimated: 0, missing: 0, apportioned: 1 });
    t.equal((await consumption('meter=BILLED&period=2025/26')).total.quantity.value, 4900);
    t.equal(await shareOf('BILLED', '2025/26'), 0.1342, 'of a year of which the rest is missing, only what is known');
    t.notHas((await consumption('meter=BILLED&period=2025')).total.coverage, 'apportioned');
    t.notHas((await consumption('meter=BILLED&period=2025-02-20/2025-05-20')).total.coverage, 'apportioned');
  },
);

t.test('each month that a bill or a register advance goes beyond shows its share', async (t) => {
  const months = await consumption('meter=BILLED&period=2025-02-20/2025-05-20&interval=month');
  t.strictSame(
    months.data.map(({ coverage }) => coverage?.apportioned),
    [1, 1, 1, 1],
  );
  t.notHas(months.total.coverage, 'apportioned', 'the period as a whole holds the bill');
  const days = await consumption('meter=DIAL&period=2025-03-10/2025-04-20&interval=day');
  t.ok(
    days.data.every(({ coverage }) => coverage?.apportioned === 1),
    'rows of finer interval than the source (rule E4)',
  );
  const halves = await consumption('meter=DIAL&period=2025-03-10/2025-04-20&interval=month');
  t.strictSame(
    halves.data.map(({ quantity, coverage }) => [quantity.value, coverage?.apportioned]),
    [
      [536.585366, 1],
      [463.414634, 1],
    ],
  );
});

t.test('bills that one actual read makes good are one total (rule E3)', async (t) => {
  t.equal(await shareOf('CHAIN', '2025-01-01/2025-04-01'), 1, 'though no bill goes beyond that day');
  t.equal(await shareOf('CHAIN', '2025-01-01/2025-05-01'), undefined);
});

t.test('what intervals say is no share of a bill', async (t) => {
  // 96 kWh are known by interval; 6,004 are spread over 60 days, 30 of them in March.
  const { total } = await consumption('meter=MIXED&period=2025-03');
  t.equal(total.quantity.value, 3098);
  t.equal(total.coverage.apportioned, 0.969);
  t.equal(await shareOf('HALF-HOURS', '2025-03'), undefined);
});

t.test('days out of service leave a share of a bill', async (t) => {
  const { total } = await consumption('meter=MOVED&period=2025-01-01/2025-06-01');
  t.equal(total.quantity.value, 310);
  t.ok((total.coverage.apportioned ?? 0) > 0);
});

t.test('emissions, their explanation, data quality and every table show it', async (t) => {
  const emissions = await ask<Figures>(service, '/v1/emissions?meter=BILLED&period=2024/25');
  t.equal(emissions.total.coverage.apportioned, 1);
  const { data: lines } = await ask<{ data: Line[] }>(
    service,
    '/v1/emissions/explanation?meter=BILLED&period=2025-02-20/2025-05-20',
  );
  const seen = new Set(lines.map(({ start, metered, apportioned }) => `${start} ${metered} ${apportioned}`));
  t.strictSame([...seen], ['2025-02-20 4000 4000', '2025-04-01 4900 4900'], 'two factor years share the bill');
  const quality = await ask<{ coverage: Row[] }>(service, '/v1/data-quality?meter=BILLED&period=2024/25&groupBy=meter');
  t.equal(quality.coverage[0]?.coverage?.apportioned, 1);

  const table = async (url: string): Promise<string[][]> => {
    const { body } = await send('GET', url, { headers: { accept: 'text/csv' } });
    return body
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
  };
  const columnOf = ([header = [], ...rows]: string[][], name: string) => rows.map((row) => row[header.indexOf(name)]);
  const query = 'meter=BILLED&period=2024/25';
  t.strictSame(columnOf(await table(`/v1/consumption?${query}`), 'coverageApportioned'), ['1']);
  t.strictSame(columnOf(await table(`/v1/consumption?meter=BILLED&period=2025`), 'coverageApportioned'), ['0']);
  t.strictSame(columnOf(await table(`/v1/emissions?${query}`), 'coverageApportioned'), ['1']);
  t.equal(columnOf(await table(`/v1/emissions/explanation?${query}`), 'apportioned')[0], '4000');
});

t.test('an earlier moment keeps the bills it knew', async (t) => {
  const { rows } = await database.pool.query<{ at: string }>(
    `select to_char(max(c.recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from change c`,
  );
  const asOf = rows[0]?.at;
  await writeReadings(service, [
    bill('REBILLED', '2025-02-20/2025-04-01', 4100, { invoice: 'B', replaces: 'A' }),
    bill('REBILLED', '2025-04-01/2025-05-20', 4800, { invoice: 'C' }),
    { meter: 'DIAL', readAt: '2025-04-01T09:00:00+01:00', value: 1500, readType: 'actual' },
  ]);
  t.equal(await shareOf('REBILLED', '2024/25'), undefined, 'the new bills end where the year does');
  t.equal(await shareOf('REBILLED', `2024/25&asOf=${asOf}`), 1);
  t.equal(await shareOf('DIAL', '2025-03'), undefined, 'the dial was read on that very day');
  t.ok(await shareOf('DIAL', `2025-03&asOf=${asOf}`));
});

t.test('the page on coverage says what the service answers (rule F4)', async (t) => {
  const [first = '', ...answers] = readNote('coverage').lines('apportioned');
  const [span = '', quantity = ''] = partsOf(first, /^bill (\S+): (\d+)$/);
  await writeReadings(service, [bill('NOTE', span, Number(quantity))]);
  t.equal(answers.length, 3);
  for (const line of answers) {
    const [period = ''] = partsOf(line, /^= (\S+): /);
    const { total } = await consumption(`meter=NOTE&period=${period}`);
    t.equal(`= ${period}: ${total.quantity.value}, apportioned ${total.coverage.apportioned ?? 'nothing'}`, line);
  }
});
