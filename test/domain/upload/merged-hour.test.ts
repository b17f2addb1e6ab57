import t from 'tap';
import { faultsOf, readUpload } from '../../support/read-upload.ts';
import { dayHeader, dayRow } from '../../support/uploads.ts';

const AUTUMN = '2025-10-26';
type Cell = number | string | null;

/** Reads a row of 48 values under local48: `hour` from 01:00, other half-hours 1. */
function readMerged(hour: readonly Cell[], total: Cell, day = AUTUMN) {
  const values = Array.from({ length: 48 }, (_, index) => (index >= 2 && index < 4 ? (hour[index - 2] ?? null) : 1));
  return readUpload(`${dayHeader()},Total\n${dayRow('E1', day, values)},${total ?? ''}`, { clock: 'local48' });
}

t.test('two hours in one are divided so that they add up exactly', async (t) => {
  const { days, report } = readMerged([2.000001, 2.5], 50.500001);
  t.strictSame(days[`E1 ${AUTUMN}`]?.values.slice(1, 8), [1, 1.000001, 1.25, 1, 1.25, 1, 1]);
  t.equal(days[`E1 ${AUTUMN}`]?.quantity, 50.500001);
  t.match(days[`E1 ${AUTUMN}`], { quality: null, actualMinutes: 1500 });
  t.match(report.notices, [{ code: 'merged-hour', detail: /2025-10-26/ }]);
});

t.test('an hour that was left out stays missing', async (t) => {
  // A total that holds more than the row does is said, because it shows that something was left out.
  for (const [hour, total, codes] of [
    [[1, 1], 50, ['total-differs']],
    [[1, 1], 48, []],
    [[2, 2], 52, ['total-differs']],
    [[2, 2], null, []],
    [[2, 2], 'n/a', []],
  ] as const) {
    const { days, report } = readMerged(hour, total);
    t.strictSame(days[`E1 ${AUTUMN}`]?.values.slice(2, 7), [...hour, null, null, 1], `${hour} of ${total}`);
    const told = report.notices.map(({ code }) => code);
    t.strictSame(told, codes);
  }
});

t.test('the hour that autumn repeats may have columns of its own', async (t) => {
  const header = `${dayHeader()},Time Change 1,Time Change 2`;
  const row = (day: string, values: Cell[], ...repeated: Cell[]) =>
    readUpload(`${header}\n${dayRow('E1', day, values)},${repeated.map((cell) => cell ?? '').join(',')}`);
  const full = Array.from({ length: 48 }, (_, index) => index + 1);
  t.strictSame(row(AUTUMN, full, 99, 98).days[`E1 ${AUTUMN}`]?.values.slice(2, 8), [3, 4, 99, 98, 5, 6]);
  t.strictSame(row(AUTUMN, full, 99, null).days[`E1 ${AUTUMN}`]?.values.slice(2, 8), [3, 4, 99, null, 5, 6]);
  t.strictSame(row('2025-07-01', full, 0, null).days['E1 2025-07-01']?.values, full);
  t.strictSame(faultsOf(row('2025-07-01', full, 5, null)), ['2 - no-such-time']);
  t.strictSame(faultsOf(row(AUTUMN, full, 'x', null)), ['2 - not-a-number']);
  const spring = full.map((value, index) => (index >= 2 && index < 4 ? null : value));
  t.equal(row('2025-03-30', spring, null, null).days['E1 2025-03-30']?.values.length, 46);
});
