import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';

const service = await testApp(t);
const { send } = service;
await writeEstate(service, [{ meter: 'EL' }, { meter: 'BILL', kind: 'billed' }]);

type Problem = { status: number; detail: string; errors: { pointer: string; code: string; detail: string }[] };

const halfHours = (count: number, value: number): number[] => new Array(count).fill(value);

async function seq(): Promise<string> {
  const { rows } = await service.database.pool.query<{ seq: string }>('select seq::text as seq from clock');
  return rows[0]?.seq ?? '';
}

async function storedRows(): Promise<number> {
  const { rows } = await service.database.pool.query<{ n: number }>(
    'select (select count(*) from meter_day)::int + (select count(*) from billed_period)::int as n',
  );
  return rows[0]?.n ?? 0;
}

const REFUSED: { name: string; entry: object; pointer: string; says: RegExp }[] = [
  {
    name: '47 values',
    entry: { meter: 'EL', day: '2025-07-01', values: halfHours(47, 1) },
    pointer: '/readings/0/values',
    says: /47 values: expected 48 values for 2025-07-01/,
  },
  {
    name: '48 values on a 46-value day',
    entry: { meter: 'EL', day: '2025-03-30', values: halfHours(48, 1) },
    pointer: '/readings/0/values',
    says: /expected 46 .*go forward/,
  },
  {
    name: 'a day in the future',
    entry: { meter: 'EL', day: '2026-11-23', values: halfHours(48, 1) },
    pointer: '/readings/0/values/0',
    says: /in the future/,
  },
  {
    name: 'an interval in the future',
    entry: { meter: 'EL', start: '2026-11-22T12:00:00Z', end: '2026-11-22T12:30:00Z', quantity: 1 },
    pointer: '/readings/0/end',
    says: /in the future/,
  },
  {
    name: 'a bill in the future',
    entry: { meter: 'BILL', period: '2026/27', quantity: 1 },
    pointer: '/readings/0/period',
    says: /expected one that ended before today/,
  },
  {
    name: 'an unknown meter',
    entry: { meter: 'NO-SUCH', period: '2024/25', quantity: 1 },
    pointer: '/readings/0/meter',
    says: /there is no meter 'NO-SUCH': create it first/,
  },
  {
    name: 'a council spelling of a year',
    entry: { meter: 'BILL', period: '2024-25', quantity: 1 },
    pointer: '/readings/0/period',
    says: /write 2024\/25/,
  },
  {
    name: 'an unaligned interval',
    entry: { meter: 'EL', start: '2025-07-02T00:10:00Z', end: '2025-07-02T00:40:00Z', quantity: 1 },
    pointer: '/readings/0/start',
    says: /expected a multiple/,
  },
  {
    name: 'seven decimals',
    entry: { meter: 'BILL', period: '2024-07', quantity: 0.1234567 },
    pointer: '/readings/0/quantity',
    says: /at most six/,
  },
  {
    name: 'a thousand million',
    entry: { meter: 'BILL', period: '2024-07', quantity: 1e9 },
    pointer: '/readings/0/quantity',
    says: /between -1e9 and 1e9/,
  },
  {
    name: 'a code for no reading',
    entry: { meter: 'BILL', period: '2024-07', quantity: 4294967.295 },
    pointer: '/readings/0/quantity',
    says: /no reading/,
  },
  {
    name: 'an interval without an offset',
    entry: { meter: 'EL', start: '2025-10-26T01:30:00', end: '2025-10-26T02:00:00', quantity: 1 },
    pointer: '/readings/0/start',
    says: /offset/,
  },
  { name: 'neither shape', entry: { meter: 'EL', quantity: 5 }, pointer: '/readings/0', says: /neither/ },
];

for (const { name, entry, pointer, says } of REFUSED) {
  t.test(`4xx: ${name} is refused with its place and what was expected, and nothing is stored`, async (t) => {
    const [rows, clock] = [await storedRows(), await seq()];
    const good = { meter: 'BILL', period: '2001-01', quantity: 5 };
    const response = await send('POST', '/v1/readings', { body: { readings: [entry, good] } });
    t.ok(response.statusCode === 400 || response.statusCode === 422, `status ${response.statusCode}`);
    const { errors } = response.json() as Problem;
    t.equal(errors[0]?.pointer, pointer);
    t.match(errors[0]?.detail, says);
    t.equal(await storedRows(), rows);
    t.equal(await seq(), clock);
  });
}
