import t from 'tap';
import { createMeterLookup } from '../../../src/domain/upload/meter-lookup.ts';
import { recognise } from '../../../src/domain/upload/recognise/recognise.ts';
import { halfHours } from '../../support/half-hours.ts';
import { NOTHING_SAID } from '../../support/nothing-said.ts';
import { readBills } from '../../support/read-bills.ts';
import { readUpload, TEST_METERS } from '../../support/read-upload.ts';
import { questionsOf, recogniseText } from '../../support/recognise-text.ts';

const times = halfHours();
const ASKED = ['valuesAre=use,counter'];
const stampsOf = (days: number) =>
  Array.from({ length: days }, (_, day) => times.map((time) => `2025-01-${String(13 + day)} ${time}`)).flat();

/** Half-hours from midnight of 13 January on, by meter. */
const halfHourly = (values: readonly number[], header = 'kWh', meter = 'E1') =>
  [`MPAN,Timestamp,${header}`, ...values.map((value, n) => `${meter},${stampsOf(10)[n]},${value}`)].join('\n');
const daily = (values: readonly number[], header = 'kWh') =>
  [`MPAN,Date,${header}`, ...values.map((value, n) => `E1,2025-01-${String(n + 1).padStart(2, '0')},${value}`)].join(
    '\n',
  );
const upTo = <Value>(count: number, write: (n: number) => Value) => Array.from({ length: count }, (_, n) => write(n));
const problemOf = (text: string, said = {}) => {
  const found = recogniseText(text, said);
  return 'problem' in found ? found.problem : null;
};

t.test('a counter that begins near zero is asked about, and not taken for use', async (t) => {
  t.strictSame(questionsOf(halfHourly(upTo(96, (n) => n * 0.4))), ASKED, 'two days');
  t.strictSame(questionsOf(halfHourly(upTo(192, (n) => n * 0.4))), ASKED, 'four days');
  t.strictSame(questionsOf(daily(upTo(15, (n) => n * 40))), ASKED, 'fifteen days');
  t.match(problemOf(halfHourly(upTo(192, (n) => 12_345 + n))), /only ever rise.*valuesAre=use/, 'certain far from it');
});

t.test('a short file of a counter is asked about where most of its meters rise steadily', async (t) => {
  t.strictSame(questionsOf(halfHourly(upTo(12, (n) => 12_345 + n * 0.7))), ASKED);
  t.strictSame(questionsOf(daily(upTo(7, (n) => 9_000 + 40 * n))), ASKED);
  t.strictSame(questionsOf(daily(upTo(7, (n) => 9_240 - 40 * n))), ASKED, 'newest first');
  const other = (n: number) => 5 + ((n * 3) % 7);
  const beside = ['E1', 'E2', '1200023305967'].flatMap((meter, at) =>
    upTo(7, (n) => `${meter},2025-01-${String(n + 1).padStart(2, '0')},${at === 0 ? 9_000 + 40 * n : other(n + at)}`),
  );
  t.strictSame(questionsOf(['MPAN,Date,kWh', ...beside].join('\n')), [], 'one of three may be chance');
});

t.test('a header or the kind of the meter that speaks of a counter makes few values enough', async (t) => {
  const three = upTo(3, (n) => 12_345 + n * 0.7);
  t.strictSame(questionsOf(halfHourly(three)), [], 'three values alone say nothing');
  for (const header of ['Reading', 'Reading (kWh)', 'Total kWh', 'Value'])
    t.strictSame(questionsOf(halfHourly(three, header)), header === 'Value' ? [] : ASKED, header);
  const meters = TEST_METERS.map((meter) => ({ ...meter, kind: 'register' as const }));
  const sample = { bytes: Buffer.from(halfHourly(three)), isWhole: true, arranged: null };
  t.match(recognise(sample, createMeterLookup(meters), NOTHING_SAID), { questions: [{ parameter: 'valuesAre' }] });
  const falling = halfHourly([5.1, 4.2, 6.3, 5.9], 'Reading (kWh)');
  t.strictSame(questionsOf(falling), [], 'a value that falls is none of a counter, whatever its header');
});

t.test('use that rises is not asked about', async (t) => {
  const sunrise = upTo(24, (n) => Math.max(0, n - 14) ** 2 / 10);
  t.strictSame(questionsOf(halfHourly(sunrise)), [], 'panels in the morning');
  t.strictSame(questionsOf(halfHourly(upTo(12, (n) => 10 * 1.2 ** n))), [], 'an office that wakes up');
  t.strictSame(questionsOf(halfHourly(upTo(96, () => 40))), [], 'lamps');
  t.strictSame(questionsOf(halfHourly(upTo(96, (n) => Math.floor(n / 24)))), [], 'a small flat meter');
  t.strictSame(questionsOf(halfHourly(upTo(192, (n) => 12_345 + (n === 30 ? -1 : n)))), [], 'a fall');
});

t.test('months of which each is more than the one before are asked about', async (t) => {
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const table = (values: readonly number[]) =>
    `MPAN,${months.slice(0, values.length).map((month) => `${month}-25`)}\nE1,${values}\n`;
  const reads = table(upTo(12, (n) => 10_000 + 310 * n));
  t.throws(() => readBills(reads), { code: 'layout-questions', message: /what a counter shows/ });
  t.equal(readBills(reads, null, undefined, { valuesAre: 'use' }).bills.length, 12);
  t.throws(
    () => readBills(reads, null, undefined, { valuesAre: 'counter' }),
    /what a counter shows, as the sender says/,
  );
  t.equal(readBills(table(upTo(6, (n) => 1_000 + 100 * n))).bills.length, 6, 'half a year may rise');
  t.equal(readBills(table(upTo(12, (n) => 1_000 + (n === 7 ? -50 : n)))).bills.length, 12, 'a month that falls');
});

t.test('what the sender says is taken', async (t) => {
  const counter = halfHourly(upTo(192, (n) => 12_345 + n));
  t.equal(readUpload(counter, { valuesAre: 'use' }).report.values, 192, 'even where a counter is certain');
  const used = halfHourly([5.1, 4.2, 6.3, 5.9]);
  t.match(problemOf(used, { valuesAre: 'counter' }), /Meter Reading/);
});
