import fc from 'fast-check';
import t from 'tap';
import { plainNumber } from '../../../src/domain/upload/plain-number.ts';
import { readValue } from '../../../src/domain/upload/read-value.ts';
import { isFault } from '../../../src/domain/upload/row-fault.ts';

function plain(text: string): number {
  const bytes = Buffer.from(`x${text}y`);
  return plainNumber(bytes, 1, bytes.length - 1);
}

t.test('a plain number read from bytes is the double that Number gives, to the last bit', async () => {
  const decimal = fc.tuple(
    fc.integer({ min: -999_999_999, max: 999_999_999 }),
    fc.integer({ min: 0, max: 6 }),
    fc.integer({ min: 0, max: 999_999 }),
  );
  fc.assert(
    fc.property(decimal, ([whole, decimals, fraction]) => {
      const text = decimals === 0 ? String(whole) : `${whole}.${String(fraction).padStart(6, '0').slice(0, decimals)}`;
      if (!Object.is(plain(text), Number(text) + 0)) throw new Error(`${text} became ${plain(text)}`);
    }),
    { numRuns: 5_000 },
  );
});

t.test('what is no plain number is left to be looked at', async (t) => {
  for (const text of [
    '',
    '-',
    '.',
    '-.',
    '1.2.3',
    '1e3',
    '+1',
    ' 1',
    '1,5',
    '0x10',
    'NaN',
    '1.1234567',
    '12345678901234567',
  ])
    t.ok(Number.isNaN(plain(text)), text);
});

t.test('zero has no sign', async (t) => {
  t.ok(Object.is(plain('-0'), 0));
  t.ok(Object.is(plain('-0.000'), 0));
});

const NUMBERS: [string, number][] = [
  [' 1.5 ', 1.5],
  ['+2', 2],
  ['.5', 0.5],
  ['5.', 5],
  ['-3.25', -3.25],
  ['1.50000000', 1.5],
  ['1.2E-3', 0.0012],
  ['1e3', 1_000],
  ['999999999.999999', 999_999_999.999999],
  ['1,234.5', 1_234.5],
  ['12,345', 12_345],
  ['-12,345,678.000001', -12_345_678.000001],
  ['+999,999,999.', 999_999_999],
];

t.test('numbers are read in every form that is beyond doubt', async (t) => {
  for (const [text, value] of NUMBERS) t.equal(readValue(text), value, text);
});

t.test('words for a missing value mean missing, never zero', async (t) => {
  for (const text of ['', ' ', '-', '--', 'NULL', 'null', 'NaN', 'N/A', '#N/A', 'None', 'Missing', '?'])
    t.ok(Number.isNaN(readValue(text) as number), text);
});

const FAULTS: [string, string][] = [
  ['12,5', 'decimal-comma'],
  ['1,23', 'decimal-comma'],
  ['0,123', 'decimal-comma'],
  ['012,345', 'decimal-comma'],
  ['1234,567', 'decimal-comma'],
  ['1,234,56', 'not-a-number'],
  ['1,2345.6', 'not-a-number'],
  ['1.234,5', 'not-a-number'],
  ['1,234e3', 'not-a-number'],
  [',234', 'not-a-number'],
  ['1,234,567,890', 'value-out-of-range'],
  ['1,234.1234567', 'too-many-decimals'],
  ['4,294,967.295', 'sentinel-value'],
  ['abc', 'not-a-number'],
  ['1.2.3', 'not-a-number'],
  ['12 kWh', 'not-a-number'],
  ['Infinity', 'not-a-number'],
  ['0x10', 'not-a-number'],
  ['1000000000', 'value-out-of-range'],
  ['-1000000000', 'value-out-of-range'],
  ['1e12', 'value-out-of-range'],
  ['1.1234567', 'too-many-decimals'],
  ['1e-7', 'too-many-decimals'],
  ['4294967.295', 'sentinel-value'],
  ['2147483.647', 'sentinel-value'],
  ['16777.215', 'sentinel-value'],
];

t.test('anything else is refused with its reason', async (t) => {
  for (const [text, code] of FAULTS) {
    const read = readValue(text);
    if (!isFault(read)) t.fail(`${text} was taken as ${read}`);
    else {
      t.equal(read.code, code, text);
      t.match(read.detail, code === 'sentinel-value' || code === 'value-out-of-range' ? /^[-\d.e+]/ : text, text);
    }
  }
});
