import t from 'tap';
import { faultsOf, readUpload } from '../../support/read-upload.ts';
import { questionsOf, recognisedText } from '../../support/recognise-text.ts';

const SAID = { clock: 'local', label: 'start', resolutionMinutes: 30, dateOrder: 'day-first' } as const;

/** Readings of half an hour each, one under the other. */
const table = (values: readonly string[], delimiter = ';') =>
  [
    ['MPAN', 'Timestamp', 'kWh'],
    ...values.map((value, index) => [
      'E1',
      `2025-03-01 0${Math.floor(index / 2)}:${index % 2 === 0 ? '00' : '30'}`,
      delimiter === ',' ? `"${value}"` : value,
    ]),
  ]
    .map((row) => row.join(delimiter))
    .join('\n');
const valuesOf = (values: readonly string[], delimiter = ';', more: { decimalMark?: 'point' | 'comma' } = {}) =>
  readUpload(table(values, delimiter), { ...SAID, ...more }).days['E1 2025-03-01']?.values.slice(0, values.length);

t.test('a number that can only be read in one way settles the others', async (t) => {
  const settled: [string[], number[]][] = [
    [
      ['12,5', '3'],
      [12.5, 3],
    ],
    [
      ['1.234,56', '7'],
      [1_234.56, 7],
    ],
    [
      ['1,234', '12,5'],
      [1.234, 12.5],
    ],
    [
      ['1.234', '12,5'],
      [1_234, 12.5],
    ],
    [
      ['0,123', '1,234'],
      [0.123, 1.234],
    ],
    [
      ['-1.234.567,25', '1,000'],
      [-1_234_567.25, 1],
    ],
    [
      ['1,234', '12.5'],
      [1_234, 12.5],
    ],
    [
      ['1,234.5', '1,234'],
      [1_234.5, 1_234],
    ],
    [
      ['1,234,567', '1,234'],
      [1_234_567, 1_234],
    ],
    [
      ['1234,567', '1,234'],
      [1_234.567, 1.234],
    ],
  ];
  for (const [texts, values] of settled)
    for (const delimiter of [';', '\t', '|']) t.strictSame(valuesOf(texts, delimiter), values, texts.join(' '));
  t.strictSame(valuesOf(['12,5', '3,25'], ','), [12.5, 3.25], 'in quotation marks');
  t.strictSame(valuesOf(['1,234.5', '12,345'], ','), [1_234.5, 12_345], 'in quotation marks');
  t.match(
    recognisedText(table(['1.234,56', '1,5']), SAID).decisions.filter(({ about }) => about === 'decimalMark'),
    [
      {
        column: 'kWh',
        value: 'comma',
        reason: /'1.234,56' can only be read with a decimal comma/,
        certainty: 'certain',
      },
    ],
  );
});

t.test('where both readings are possible it is asked, and the answer is taken', async (t) => {
  for (const delimiter of [';', '\t', '|', ',']) {
    const text = table(['1,234', '987', '12,345'], delimiter);
    t.strictSame(questionsOf(text, SAID), ['decimalMark=point,comma'], delimiter);
    t.throws(() => readUpload(text, SAID), { code: 'layout-questions' });
    t.strictSame(valuesOf(['1,234', '987'], delimiter, { decimalMark: 'point' }), [1_234, 987]);
    t.strictSame(valuesOf(['1,234', '987'], delimiter, { decimalMark: 'comma' }), [1.234, 987]);
  }
  t.strictSame(questionsOf(table(['1.234', '987']), SAID), ['decimalMark=point,comma'], 'points of thousands');
  t.strictSame(valuesOf(['1.234', '987'], ';', { decimalMark: 'comma' }), [1_234, 987]);
  t.strictSame(
    questionsOf(table(['12.5', '1,234', '12,5']), SAID),
    ['decimalMark=point,comma'],
    'written in both ways',
  );
  t.match(recognisedText(table(['1,234']), SAID).questions, [
    { options: [{ meaning: /^1234: / }, { meaning: /^1.234: / }] },
  ]);
});

t.test('plain numbers are asked about nowhere', async (t) => {
  for (const values of [
    ['1', '22', '333'],
    ['1.5', '1.234'],
    ['0.123', '1.234'],
    ['1234.567', '1.234'],
  ])
    for (const delimiter of [',', ';', '\t', '|'])
      t.strictSame(questionsOf(table(values, delimiter), SAID), [], values.join(' '));
  t.strictSame(questionsOf(table(['1.234', '2.345'], ',').replaceAll('"', ''), SAID), []);
});

t.test('a number that is not written as the others are is refused', async (t) => {
  const refused = (values: string[], mark?: 'point' | 'comma') =>
    faultsOf(readUpload(table(values), { ...SAID, ...(mark === undefined ? {} : { decimalMark: mark }) }));
  t.strictSame(refused(['1.5', '2.5', '12,5']), ['4 kWh decimal-comma']);
  t.strictSame(refused(['1,5', '2,5', '12.5']), ['4 kWh decimal-point']);
  t.strictSame(refused(['1,5', '1,234.5', '2,5']), ['3 kWh decimal-point']);
  t.strictSame(refused(['1.5', '1,234'], 'comma'), ['2 kWh decimal-point']);
  const far = Array.from(
    { length: 48 },
    (_, index) => `E1;2025-03-01 ${String(index >> 1).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'};7`,
  );
  const late = ['MPAN;Timestamp;kWh', ...far, 'E1;2025-03-02 00:00;1,234'].join('\n');
  const kept = readUpload(late, { ...SAID, sampleBytesMax: 500 });
  t.strictSame(faultsOf(kept), ['50 kWh ambiguous-number'], 'beyond what is looked at, it is refused and not guessed');
});

t.test('the values of a day and their total are read alike', async (t) => {
  const times = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
  const row = (first: string, total: string) =>
    ['E1', '01/03/2025', total, first, ...new Array(23).fill('0,5')].join(';');
  const header = ['MPAN', 'Date', 'Total', ...times].join(';');
  const { report, days } = readUpload(`${header}\n${row('1.234,5', '1.246,0')}\n`, {
    ...SAID,
    resolutionMinutes: null,
  });
  t.equal(days['E1 2025-03-01']?.quantity, 1_246);
  t.match(report.totals, { rowsAgree: 1, rowsDiffer: 0 });
  const scaled = table(['1,5', '2,25']).replace('kWh', 'Energy (MWh)');
  t.equal(readUpload(scaled, SAID).days['E1 2025-03-01']?.quantity, 3_750, 'and units as well');
});
