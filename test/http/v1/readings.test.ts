import t from 'tap';
import { testApp } from '../../support/app.ts';
import { ask, writeEstate, writeReadings } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [
  { meter: 'EL' },
  { meter: 'H' },
  { meter: 'BILL', kind: 'billed' },
  { meter: 'MIX' },
  { meter: 'YEAR' },
]);

type Stored = {
  data: {
    start: string;
    quantity: number | null;
    quality: string | null;
    origin: string | null;
    missingMinutes: number;
  }[];
};

const halfHours = (count: number, value: number): number[] => new Array(count).fill(value);
const stored = (meter: string, period: string, resolution = 'day') =>
  ask<Stored>(service, `/v1/meters/${meter}/readings?period=${period}&resolution=${resolution}`);

async function seq(): Promise<string> {
  const { rows } = await service.database.pool.query<{ seq: string }>('select seq::text as seq from clock');
  return rows[0]?.seq ?? '';
}

t.test('201: days with a clock change hold 46 and 50 half-hours, and come back as they were sent', async (t) => {
  const autumn = halfHours(50, 0).map((_, index) => index + 0.25);
  const outcome = await writeReadings(service, [
    { meter: 'EL', day: '2025-03-30', values: halfHours(46, 1) },
    { meter: 'EL', day: '2025-10-26', resolutionMinutes: 30, values: autumn, quality: 'actual' },
  ]);
  t.match(outcome, { accepted: 2, refused: [], days: { new: 2, changed: 0, unchanged: 0 } });
  t.equal((await stored('EL', '2025-03-30')).data[0]?.quantity, 46);
  const intervals = (await stored('EL', '2025-10-26', 'interval')).data;
  t.strictSame(
    intervals.map(({ quantity }) => quantity),
    autumn,
  );
  t.equal(intervals[0]?.start, '2025-10-25T23:00:00Z', 'the day begins at local midnight');
  t.equal(intervals[2]?.start, '2025-10-26T00:00:00Z', '01:00 summer time');
  t.equal(intervals[4]?.start, '2025-10-26T01:00:00Z', '01:00 winter time');
});

t.test('a meter that uses 1 kWh every half-hour used 17,520 in 2025/26', async (t) => {
  const readings: object[] = [];
  for (let day = Date.UTC(2025, 3, 1); day < Date.UTC(2026, 3, 1); day += 86_400_000) {
    const text = new Date(day).toISOString().slice(0, 10);
    const count = text === '2025-10-26' ? 50 : text === '2026-03-29' ? 46 : 48;
    readings.push({ meter: 'YEAR', day: text, values: halfHours(count, 1) });
  }
  await writeReadings(service, readings);
  const answer = await ask<{ total: { quantity: { value: number }; coverage: object } }>(
    service,
    '/v1/consumption?period=2025/26&meter=YEAR',
  );
  t.equal(answer.total.quantity.value, 17_520);
  t.match(answer.total.coverage, { actual: 1, estimated: 0, missing: 0 });
});

t.test('the same readings twice write nothing and do not move the clock', async (t) => {
  const before = await seq();
  const response = await send('POST', '/v1/readings', {
    body: { readings: [{ meter: 'EL', day: '2025-03-30', values: halfHours(46, 1) }] },
  });
  t.equal(response.statusCode, 200);
  t.match(response.json(), { days: { new: 0, changed: 0, unchanged: 1 } });
  t.notOk('seq' in response.json());
  t.equal(await seq(), before);
});

t.test('a correction changes the total once, and the revision holds the day as it was', async (t) => {
  const corrected = [...halfHours(45, 1), 2.5];
  t.match(await writeReadings(service, [{ meter: 'EL', day: '2025-03-30', values: corrected }]), {
    days: { changed: 1 },
  });
  t.equal((await stored('EL', '2025-03-30')).data[0]?.quantity, 47.5);
  const { rows } = await service.database.pool.query(
    "select r.quantity, r.positions, r.intervals from meter_day_revision r join meter m on m.id = r.meter_id where m.key = 'EL' and r.day = '2025-03-30'",
  );
  t.equal(rows.length, 1);
  t.equal(Number(rows[0]?.quantity), 46);
  t.strictSame([rows[0]?.positions, rows[0]?.intervals], [[46], [1]], 'one changed half-hour is kept, not 46');
});

t.test('single intervals are merged exactly into their day', async (t) => {
  await writeReadings(service, [
    { meter: 'H', start: '2025-10-27T00:00:00+00:00', end: '2025-10-27T00:30:00+00:00', quantity: 0.75 },
    { meter: 'H', start: '2025-10-27T00:30:00Z', end: '2025-10-27T01:00:00Z', quantity: 0.1 },
  ]);
  await writeReadings(service, [
    { meter: 'H', start: '2025-10-27T23:30:00Z', end: '2025-10-28T00:00:00Z', quantity: 0.2 },
  ]);
  const [day] = (await stored('H', '2025-10-27')).data;
  t.match(day, { quantity: 1.05, quality: 'actual', missingMinutes: 1350 });
});

t.test('an estimate never replaces an actual, and a blank never replaces a value', async (t) => {
  await writeReadings(service, [{ meter: 'MIX', day: '2025-07-01', values: halfHours(48, 2) }]);
  const again = await writeReadings(service, [
    { meter: 'MIX', day: '2025-07-01', values: halfHours(48, 1.9), quality: 'estimated' },
  ]);
  t.match(again, { keptActual: 48, days: { new: 0, changed: 0 } });
  await writeReadings(service, [{ meter: 'MIX', day: '2025-07-01', values: [3, ...new Array(47).fill(null)] }]);
  t.match((await stored('MIX', '2025-07-01')).data[0], { quantity: 97, missingMinutes: 0 });
});

t.test('a bill is spread over the days that no interval covers, and gives way as intervals arrive', async (t) => {
  await writeEstate(service, [{ meter: 'G04' }]);
  await writeReadings(service, [
    { meter: 'G04', period: '2025-03', quantity: 3100, quality: 'actual', invoice: 'INV-1' },
  ]);
  t.equal((await stored('G04', '2025-03-15')).data[0]?.quantity, 100);
  const march = (from: number, to: number, value: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => {
      const day = `2025-03-${String(from + index).padStart(2, '0')}`;
      const count = day === '2025-03-30' ? 46 : 48;
      return { meter: 'G04', day, values: halfHours(count, value / count).map((each) => Number(each.toFixed(6))) };
    });
  await writeReadings(service, march(1, 3, 150));
  t.match((await stored('G04', '2025-03', 'month')).data, [{ quantity: 3100, missingMinutes: 0 }]);
  t.match((await stored('G04', '2025-03-04')).data, [{ quantity: 94.642857, origin: 'billed' }]);
  // 96 kWh a day do not divide by 46 half-hours into six decimals, so 30 March is given as one daily value.
  const rest = [
    ...march(4, 29, 96),
    { meter: 'G04', day: '2025-03-30', resolutionMinutes: 1440, values: [96] },
    ...march(31, 31, 96),
  ];
  await writeReadings(service, rest);
  t.match((await stored('G04', '2025-03', 'month')).data, [{ quantity: 3138, origin: 'interval' }]);
});

t.test('a bill below its intervals spreads nothing and is reported with both numbers', async (t) => {
  await writeEstate(service, [{ meter: 'LOW' }]);
  await writeReadings(
    service,
    ['2025-03-01', '2025-03-02', '2025-03-03'].map((day) => ({ meter: 'LOW', day, values: halfHours(48, 3.125) })),
  );
  const outcome = await writeReadings(service, [{ meter: 'LOW', period: '2025-03', quantity: 400 }]);
  t.match(outcome.conflicts, [{ code: 'bill-below-intervals', meter: 'LOW', billed: 400, intervals: 450 }]);
  t.match((await stored('LOW', '2025-03', 'month')).data, [{ quantity: 450, missingMinutes: 28 * 1440 - 60 }]);
});

t.test('422: a billed period that overlaps another of its kind is refused naming the stored one', async (t) => {
  await writeReadings(service, [{ meter: 'BILL', period: '2024-04-01/2024-07-01', quantity: 900 }]);
  const response = await send('POST', '/v1/readings', {
    body: { readings: [{ meter: 'BILL', period: '2024-06-15/2024-08-01', quantity: 500 }] },
  });
  t.equal(response.statusCode, 422);
  t.match(response.json(), {
    errors: [{ pointer: '/readings/0/period', code: 'overlapping-billed-period', detail: /2024-04-01\/2024-07-01/ }],
  });
  t.equal((await stored('BILL', '2024-07-10')).data[0]?.quantity, null);
});

t.test('a bill over the same days corrects, and the same bill again writes nothing', async (t) => {
  t.match(await writeReadings(service, [{ meter: 'BILL', period: '2024-04-01/2024-07-01', quantity: 910 }]), {
    billedPeriods: { written: 1 },
  });
  t.match(await writeReadings(service, [{ meter: 'BILL', period: '2024-04-01/2024-07-01', quantity: 910 }]), {
    billedPeriods: { written: 0, unchanged: 1 },
  });
  const answer = await ask<{ total: { quantity: { value: number } } }>(
    service,
    '/v1/consumption?period=2024/25-Q1&meter=BILL',
  );
  t.equal(answer.total.quantity.value, 910);
});

t.test('lenient: the good entries are stored and every refused one is reported', async (t) => {
  const readings = [
    { meter: 'EL', day: '2025-07-03', values: halfHours(48, 1) },
    { meter: 'EL', day: '2025-07-04', values: halfHours(47, 1) },
    { meter: 'NO-SUCH', day: '2025-07-04', values: halfHours(48, 1) },
  ];
  const response = await send('POST', '/v1/readings?mode=lenient', { body: { readings } });
  t.equal(response.statusCode, 201);
  t.match(response.json(), {
    accepted: 1,
    refused: [{ pointer: '/readings/1/values' }, { pointer: '/readings/2/meter' }],
    days: { new: 1 },
  });
  t.equal((await stored('EL', '2025-07-03')).data[0]?.quantity, 48);
});

t.test('422: one interval given twice with different values is refused, not guessed', async (t) => {
  const twice = (value: number) => ({
    meter: 'EL',
    start: '2025-08-01T10:00:00Z',
    end: '2025-08-01T10:30:00Z',
    quantity: value,
  });
  const response = await send('POST', '/v1/readings', { body: { readings: [twice(1), twice(2)] } });
  t.equal(response.statusCode, 422);
  t.match(response.json(), { errors: [{ code: 'conflicting-values', detail: /given twice/ }] });
});

t.test('values of another resolution replace a day only as a whole', async (t) => {
  const part = { meter: 'EL', start: '2025-07-03T10:00:00Z', end: '2025-07-03T10:15:00Z', quantity: 1 };
  t.equal((await send('POST', '/v1/readings', { body: { readings: [part] } })).statusCode, 422);
  await writeReadings(service, [{ meter: 'EL', day: '2025-07-03', resolutionMinutes: 60, values: halfHours(24, 3) }]);
  t.equal((await stored('EL', '2025-07-03')).data[0]?.quantity, 72);
});

t.test('404: the readings of a meter that does not exist', async (t) => {
  t.equal((await send('GET', '/v1/meters/NO-SUCH/readings?period=2025')).statusCode, 404);
});

t.test('a missing day is listed with null, never with 0', async (t) => {
  const [day] = (await stored('EL', '2025-01-01')).data;
  t.match(day, { quantity: null, quality: null, origin: null, missingMinutes: 1440 });
});
