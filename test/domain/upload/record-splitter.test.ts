import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import t from 'tap';
import { Refusal } from '../../../src/domain/refusal.ts';
import { cellTexts } from '../../../src/domain/upload/cells.ts';
import { createRecordSplitter } from '../../../src/domain/upload/record-splitter.ts';

/** The records of a text that arrives in blocks of a size, with the lines they begin on. */
function split(text: string, blockBytes = 1_000, delimiter = ','): { line: number; cells: string[] }[] {
  const records: { line: number; cells: string[] }[] = [];
  const splitter = createRecordSplitter(delimiter.charCodeAt(0), (cells) =>
    records.push({ line: cells.line, cells: cellTexts(cells) }),
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += blockBytes) splitter.push(bytes.subarray(at, at + blockBytes));
  splitter.end();
  return records;
}

t.test('records are cut at line ends of either kind, and the last needs none', async (t) => {
  t.strictSame(split('a,b\r\n1,2\n3,4'), [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1', '2'] },
    { line: 3, cells: ['3', '4'] },
  ]);
});

t.test('empty cells at either end of a record are cells', async (t) => {
  t.strictSame(split(',x,\n'), [{ line: 1, cells: ['', 'x', ''] }]);
});

t.test('blank lines are records of one empty cell, so that line numbers stay right', async (t) => {
  t.strictSame(
    split('a\n\n\r\nb').map(({ line }) => line),
    [1, 2, 3, 4],
  );
});

t.test('a quoted cell may hold delimiters, quotes and line ends, and lines are counted through it', async (t) => {
  t.strictSame(split('"a, b","say ""hi""","two\nlines"\nnext,1,2'), [
    { line: 1, cells: ['a, b', 'say "hi"', 'two\nlines'] },
    { line: 3, cells: ['next', '1', '2'] },
  ]);
});

t.test('a quotation mark inside a plain cell is itself', async (t) => {
  t.strictSame(
    split('5" pipe,1\n2,3').map(({ cells }) => cells),
    [
      ['5" pipe', '1'],
      ['2', '3'],
    ],
  );
});

t.test('other delimiters leave commas alone', async (t) => {
  t.strictSame(split('a;1,5\tx', 1_000, ';')[0]?.cells, ['a', '1,5\tx']);
  t.strictSame(split('a\t1,5', 1_000, '\t')[0]?.cells, ['a', '1,5']);
});

t.test('a quotation mark that is never closed is refused with its line', async (t) => {
  t.throws(
    () => split('a,b\n"open,1\n2,3'),
    new Refusal('unreadable-file', 'The record on line 2 has a quotation mark that is never closed'),
  );
  const endless = `a,b\n"${'x'.repeat(1_100_000)}`;
  t.throws(() => split(endless, 65_536), { code: 'unreadable-file', message: /line 2 .* never closed/ });
});

t.test('a file that is no table is refused', async (t) => {
  t.throws(() => split('x'.repeat(1_100_000), 65_536), { code: 'unreadable-file', message: /no line end/ });
});

t.test('cells are those that csv-parse finds, however the bytes are cut into blocks', async () => {
  const cell = fc.oneof(
    fc.double({ noNaN: true }).map(String),
    fc.constantFrom('', 'a', 'é€', '2025-10-26', 'with, comma', 'say "hi"', 'two\nlines', '"'),
  );
  const written = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const record = fc.array(cell, { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 40 }),
      (rows, lineEnd, blockBytes) => {
        const text = rows.map((cells) => cells.map(written).join(',')).join(lineEnd);
        const expected = (parse(text, { relax_column_count: true, record_delimiter: lineEnd }) as string[][]).map(
          (cells) => cells.map((value) => value.trim()),
        );
        const found = split(text, blockBytes).map(({ cells }) => cells);
        if (JSON.stringify(found) !== JSON.stringify(expected))
          throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
      },
    ),
    { numRuns: 500 },
  );
});
