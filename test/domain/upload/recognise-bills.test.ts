import t from 'tap';
import { readCost } from '../../../src/domain/upload/bill-cells.ts';
import { billColumns, findBills } from '../../../src/domain/upload/recognise-bills.ts';

t.test('bills are known by the meaning of their headers', async (t) => {
  const headers: [string, (string | number | null)[]][] = [
    ['MPAN,From,To,kWh', [0, 1, 2, 3]],
    ['MPAN,Start,End,Consumption', [0, 1, 2, 3]],
    ['Invoice No,Meter Point,Period From,Period To,Consumption (kWh),Net Cost (£),Total incl VAT (£)', [1, 2, 3, 4]],
    ['MPRN,Bill Start Date,Bill End Date,Volume (m3),kWh,Read Type', [0, 1, 2, 4]],
    ['MPAN,Invoice period start,Invoice period end,Day kWh,Night kWh,Total kWh', [0, 1, 2, 5]],
    ['MPAN,Previous Read Date,Current Read Date,Units Used (kWh)', [0, 1, 2, 3]],
  ];
  for (const [header, [meter, from, to, quantity]] of headers)
    t.match(billColumns(header.split(','), true), { meter, from, to, quantity }, header);
  t.match(billColumns('MPAN,From,To,kWh,Opening Read Type,Closing Read Type,Invoice,Net £,Unit'.split(','), true), {
    openingRead: 4,
    closingRead: 5,
    invoice: 6,
    cost: 7,
    unit: 8,
  });
  for (const other of [
    'MPAN,Date,Time,kWh',
    'MPAN,Start,kWh',
    'MPAN,From,To,Net Cost (£)',
    'From,To,kWh',
    'MPAN,Start Read,End Read,kWh',
    'MPAN,Period From,Period To,Unit rate (p/kWh)',
  ])
    t.equal(billColumns(other.split(','), true), null, other);
});

t.test('periods of a day or less are no bills', async (t) => {
  const table = (...rows: string[]) => Buffer.from(['Bills of March', 'MPAN,From,To,kWh', ...rows, ''].join('\n'));
  t.match(findBills(table('E1,01/03/2025,31/03/2025,3100'), true), {
    layout: { headerLine: 2, delimiter: ',', units: { quantity: 'kwh', volume: null }, columns: { to: { index: 2 } } },
    header: ['MPAN', 'From', 'To', 'kWh'],
    decisions: [{ about: 'meter', column: 'MPAN' }, { about: 'from' }, { about: 'to' }, { about: 'quantity' }],
  });
  t.ok(findBills(table('"E1","03/01/2025","03/31/2025","3100"'), true), 'month first');
  t.equal(findBills(table('E1,2025-03-01,2025-03-02,100', 'E1,2025-03-02,2025-03-03,100'), true), null);
  t.equal(
    findBills(table('E1,2025-03-01 00:00,2025-03-01 00:30,1', 'E1,2025-03-01 00:30,2025-03-01 01:00,1'), true),
    null,
  );
});

t.test('costs are read with their signs', async (t) => {
  for (const [text, cost] of [
    ['£1,234.50', '1234.50'],
    ['1234.5', '1234.50'],
    ['-£12', '-12.00'],
    ['(£12.30)', '-12.30'],
    ['0.00', '0.00'],
    ['', null],
  ] as const)
    t.equal(readCost(text), cost, text);
  for (const text of ['12,34', '1.234,50', '€12', 'n/k', '1.234'])
    t.match(readCost(text), { code: 'not-a-cost' }, text);
});
