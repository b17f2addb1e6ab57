import t from 'tap';
import { testApp } from '../../support/app.ts';
import { writeEstate } from '../../support/estate.ts';
import { dayHeader, dayRow, numbered, sendBadFile, sendFile, storedDays } from '../../support/uploads.ts';

const service = await testApp(t);
await writeEstate(
  service,
  ['DAY', 'SERIES', 'BARS', 'LARGE', 'SUMMED'].map((meter) => ({ meter })),
);
const valuesOf = async (meter: string) => (await storedDays(service, [meter]))[0]?.intervals.slice(0, 2);
const file = (header: string, ...rows: string[]) => [header, ...rows].join('\n');

t.test('thousands parted by commas are the number, in rows of days and of readings', async (t) => {
  const day = `${dayHeader()}\n${dayRow('DAY', '2025-01-10', ['"1,234.5"', '"-12,345"', ...numbered(46)])}`;
  t.equal((await sendFile(service, '', day)).status, 201);
  t.strictSame(await valuesOf('DAY'), [1_234.5, -12_345]);
  const rows = ['SERIES,2025-01-10 00:00,"1,234.567891"', 'SERIES,2025-01-10 00:30,"999,999,999"'];
  t.equal((await sendFile(service, '?label=start', file('MPAN,Timestamp,kWh', ...rows))).status, 201);
  t.strictSame(await valuesOf('SERIES'), [1_234.567891, 999_999_999]);
  const bars = ['BARS|2025-01-10 00:00|12,345', 'BARS|2025-01-10 00:30|1,000.25'];
  t.equal((await sendFile(service, '?label=start', file('MPAN|Timestamp|kWh', ...bars))).status, 201);
  t.strictSame(await valuesOf('BARS'), [12_345, 1_000.25]);
});

t.test('they are brought to the unit of the meter, and totals with them are compared', async (t) => {
  const wh = ['LARGE,2025-01-10 00:00,"1,234,567"', 'LARGE,2025-01-10 00:30,"1,000.5"'];
  t.equal((await sendFile(service, '?label=start', file('MPAN,Timestamp,Energy (Wh)', ...wh))).status, 201);
  t.strictSame(await valuesOf('LARGE'), [1_234.567, 1.0005]);
  const total = `${dayHeader()},Total\n${dayRow('SUMMED', '2025-01-10', numbered(48))},"1,176.0"\n`;
  const { body } = await sendFile(service, '?dryRun=true', total);
  t.match(body, { totals: { rowsAgree: 1, rowsDiffer: 0 } });
});

t.test('a decimal comma among decimal points is refused with its value and place, and nothing is stored', async (t) => {
  const before = await valuesOf('SERIES');
  const rows = ['SERIES,2025-01-10 00:00,"1,23"', 'SERIES,2025-01-10 00:30,"0,123"', 'SERIES,2025-01-10 01:00,"2,345"'];
  const { status, body } = await sendBadFile(
    service,
    '?label=start&decimalMark=point',
    file('MPAN,Timestamp,kWh', ...rows),
  );
  t.equal(status, 422);
  t.match(body.errors, [
    { line: 2, column: 'kWh', value: '1,23', code: 'decimal-comma' },
    { line: 3, column: 'kWh', value: '0,123', code: 'decimal-comma' },
  ]);
  t.strictSame(await valuesOf('SERIES'), before);
});
