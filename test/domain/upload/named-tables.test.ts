import t from 'tap';
import type { ArrivingBill } from '../../../src/domain/billed-period.ts';
import type { ArrivingRead } from '../../../src/domain/registers/place-reads.ts';
import { createMeterLookup, type UploadMeter } from '../../../src/domain/upload/meter-lookup.ts';
import { meterOfName } from '../../../src/domain/upload/named-meter.ts';
import type { ParsedDay } from '../../../src/domain/upload/parsed-day.ts';
import type { UploadReport } from '../../../src/domain/upload/upload-report.ts';
import { createUploadTables } from '../../../src/domain/upload/upload-tables.ts';
import { NOTHING_SAID } from '../../support/nothing-said.ts';
import { TEST_METERS } from '../../support/read-upload.ts';

type Read = { sums: Record<string, number>; reads: ArrivingRead[]; bills: ArrivingBill[]; report: UploadReport };

const keyOf = (id: number) => TEST_METERS.find((meter) => meter.id === id)?.key ?? '';

/** Reads tables by their names, null for a file that is one; `fileName` is what the sender calls the file. */
function readTables(tables: readonly (readonly [string | null, string])[], fileName: string | null = null): Read {
  const limits = { sampleBytesMax: 10_000, faultsMax: 10, readsMax: 10, billsMax: 10, today: 20_454 };
  const found: Omit<Read, 'report'> = { sums: {}, reads: [], bills: [] };
  const onDay = ({ meterId, quantityMicro }: ParsedDay) => {
    found.sums[keyOf(meterId)] = (found.sums[keyOf(meterId)] ?? 0) + Number(quantityMicro) / 1e6;
  };
  const sink = {
    onDay,
    onRead: (read: ArrivingRead) => found.reads.push(read),
    onBill: (bill: ArrivingBill) => found.bills.push(bill),
  };
  const options = { ...NOTHING_SAID, ...limits, nowMs: Date.UTC(2026, 0, 1), fileName };
  const reader = createUploadTables(options, createMeterLookup(TEST_METERS), sink);
  for (const [name, text] of tables) {
    const table = reader.begin(name, false);
    table.push(Buffer.from(text));
    table.end();
  }
  return { ...found, report: reader.end(new Map()) };
}

const daily = (quantity: number) => `Date,kWh\n2025-01-13,${quantity}\n2025-01-14,${quantity}\n`;
const own = 'MPAN,Date,kWh\nE2,2025-01-13,5\nE2,2025-01-14,5\n';

t.test('a table in which nothing names a meter is of the one that it is named after', async (t) => {
  const tables = [
    ['a.xlsx › E1', daily(1)],
    ['2025/E2_January.csv', daily(2)],
    ['Town Hall', daily(3)],
  ] as const;
  t.strictSame(readTables(tables).sums, { E1: 2, E2: 4, '1200023305967': 6 });
  t.strictSame(readTables([['E1.csv', own]]).sums, { E2: 10 }, 'what the table says itself stands over its name');
  for (const name of ['Summary', 'E1 and E2', 'Depot'])
    t.throws(() => readTables([[name, daily(1)]]), /no column for the meter/, name);
});

t.test('a file that is one table is of the one known meter that its name names', async (t) => {
  const { sums, report } = readTables([[null, daily(1)]], 'E1 January 2025.csv');
  t.strictSame(sums, { E1: 2 });
  t.match(report.readAs.decisions[0], { about: 'meter', value: 'E1', certainty: 'likely' });
  t.strictSame(readTables([[null, own]], 'E1.csv').sums, { E2: 10 }, 'what the file says stands over its name');
  t.strictSame(readTables([['Sheet1', daily(1)]], 'E2.xlsx').sums, { E2: 2 }, 'a sheet without a name of its own');
  for (const [name, table] of [
    [null, null],
    ['october.csv', null],
    ['E1 and E2.csv', null],
    ['Depot.csv', null],
    ['E1.xlsx', 'Boiler house'],
    ['E1.zip', 'october.csv'],
  ] as const)
    t.throws(() => readTables([[table, daily(1)]], name), /no column for the meter.*fileName/, `${name} › ${table}`);
});

t.test('register reads and bills without a column for the meter are of it too', async (t) => {
  const dials = 'Read Date,Meter Reading\n2025-01-01,1042\n2025-02-01,1187\n';
  const { reads, report } = readTables([[null, dials]], 'G1.csv');
  t.strictSame(
    reads.map(({ meterId, valueMicro }) => [keyOf(meterId), valueMicro]),
    [
      ['G1', 1_042_000_000n],
      ['G1', 1_187_000_000n],
    ],
  );
  t.match(report.readAs, { shape: 'register-rows', decisions: [{ about: 'meter', value: 'G1' }] });
  const bills = 'From,To,kWh\n2025-01-01,2025-01-31,310\n2025-02-01,2025-02-28,280\n';
  t.strictSame(
    readTables([[null, bills]], 'E2.csv').bills.map(({ meterId, start, end }) => [keyOf(meterId), start, end]),
    [
      ['E2', '2025-01-01', '2025-02-01'],
      ['E2', '2025-02-01', '2025-03-01'],
    ],
  );
  const others = 'Place,From,To,kWh\nE1,2025-01-01,2025-01-31,310\nE1,2025-02-01,2025-02-28,280\n';
  const refused = readTables([[null, others]], 'E2.csv');
  t.match(refused, { bills: [], sums: {}, report: { rows: { accepted: 0, refused: 2 } } }, 'cells name another meter');
});

t.test('which meter a name names', async (t) => {
  const shared = { activity: 'electricity', unit: 'kWh', direction: 'import', kind: 'interval' } as const;
  const meters: UploadMeter[] = [
    { id: 1, key: '1200023305967', ...shared, aliases: ['Town Hall'], serials: ['E12Z 001'] },
    { id: 2, key: '2025', ...shared, aliases: ['Hall'], serials: [] },
    { id: 3, key: '7412589601', ...shared, activity: 'natural-gas', aliases: ['Library'], serials: [] },
    { id: 4, key: 'CH-001-E', ...shared, aliases: [], serials: [] },
  ];
  const find = createMeterLookup(meters);
  for (const [name, key] of [
    ['1200023305967.csv', '1200023305967'],
    ['HH_1200023305967_20250101-20250131.csv', '1200023305967'],
    ['HH-1200023305967-202501.csv.gz', '1200023305967'],
    ['C:\\exports\\Town_Hall 2025-01.csv', '1200023305967'],
    ['E12Z 001 (half-hourly).csv', '1200023305967'],
    ['Hall.csv', '2025'],
    ['Report 2025.csv', null],
    ['2025.csv', '2025'],
    ['Library gas 2025.csv', '7412589601'],
    ['Library electricity 2025.csv', null],
    ['ch-001-e October.csv', 'CH-001-E'],
    ['Town Hall and Library.csv', null],
    ['1200023305968.csv', null],
  ] as const)
    t.equal(meterOfName(null, name, find), key, name);
});
