import t from 'tap';
import { type SheetCell, sheetCellText } from '../../../src/domain/upload/sheet-cell.ts';
import { type SheetRows, sheetText } from '../../../src/domain/upload/sheet-text.ts';
import { serialOf } from '../../support/workbook-files.ts';

/** The text of a number with a format, and whether a residue was rounded. */
function read(v: number, z = 'General', from1904 = false): string {
  let residues = 0;
  const text = sheetCellText({ t: 'n', v, z }, from1904, () => {
    residues += 1;
  });
  return residues === 0 ? text : `${text} rounded`;
}

const DAY = serialOf('2025-10-26');

t.test('dates and times are ISO text, to the whole minute', async (t) => {
  const cases: [number, string, string][] = [
    [DAY, 'dd/mm/yyyy', '2025-10-26'],
    [DAY, '[$-809]d mmmm yyyy;@', '2025-10-26'],
    [DAY, 'm/d/yy', '2025-10-26'],
    [DAY, 'yyyy-mm-dd hh:mm', '2025-10-26 00:00'],
    [DAY + 1 / 48, 'dd/mm/yyyy hh:mm:ss', '2025-10-26 00:30'],
    [DAY + 0.0208333, 'dd/mm/yyyy hh:mm', '2025-10-26 00:30'],
    [DAY + 0.99999999, 'dd/mm/yyyy hh:mm', '2025-10-27 00:00'],
    [DAY + 0.5, 'dd/mm/yyyy', '2025-10-26 12:00'],
    [DAY + 17 / 86_400, 'dd/mm/yyyy hh:mm', '2025-10-26 00:00:17'],
    [0, 'hh:mm', '00:00'],
    [47 / 48, 'h:mm AM/PM', '23:30'],
    [1, 'hh:mm', '00:00'],
    [1, '[h]:mm', '24:00'],
    [1.5, '[hh]:mm:ss', '36:00'],
    [45_717, 'General', '45717'],
    [45_717, '#,##0', '45717'],
    [4.1, '0.00 "days"', '4.1'],
    [4.1, '[Red]0.0', '4.1'],
    [-1, 'dd/mm/yyyy', '-1'],
  ];
  for (const [value, format, text] of cases) t.equal(read(value, format), text, `${value} ${format}`);
  t.equal(read(DAY - 1_462, 'dd/mm/yyyy', true), '2025-10-26');
  t.equal(read(0.5, 'hh:mm', true), '12:00');
});

t.test('every half-hour of a year of days comes out whole, however it was summed', async (t) => {
  let serial = serialOf('2025-01-01');
  for (let index = 0; index < 365 * 48; index++, serial += 1 / 48) {
    const expected = new Date(Date.UTC(2025, 0, 1) + index * 1_800_000).toISOString().slice(0, 16).replace('T', ' ');
    if (read(serial, 'dd/mm/yyyy hh:mm') !== expected) t.fail(expected);
  }
});

t.test('numbers keep what is stored', async (t) => {
  t.equal(read(0.1 + 0.2), '0.3 rounded');
  t.equal(read(1.1 * 3), '3.3 rounded');
  t.equal(read(12.345678), '12.345678');
  t.equal(read(12.3456789), '12.3456789', 'the reader refuses it');
  t.equal(read(1 / 3), '0.3333333333333333');
  t.equal(read(1_200_023_305_967, '0'), '1200023305967');
  t.equal(read(123_456_789_012_345, '0'), '123456789012345');
  t.equal(read(1.2000233059671e20, '0'), '1.2000233059671e+20');
  t.equal(read(30, '0000'), '0030');
  t.equal(read(-2.5), '-2.5');
});

t.test('other cells are their texts', async (t) => {
  const text = (cell: SheetCell) => sheetCellText(cell, false, () => undefined);
  t.equal(text({ t: 's', v: '0012' }), '0012');
  t.equal(text({ t: 'b', v: true }), 'TRUE');
  t.equal(text({ t: 'e', v: 42 }), '#N/A');
  t.equal(text({ t: 'e', v: 99 }), '#ERROR!');
  t.equal(text({ t: 'z' }), '');
});

const textOf = (rows: SheetRows, lengthMax = 10_000_000) =>
  [...sheetText(rows, { from1904: false, lengthMax, onResidue: () => undefined })].join('');
const s = (v: string): SheetCell => ({ t: 's', v });

t.test('rows stand on the lines of their numbers, cells in their columns', async (t) => {
  t.equal(
    textOf([[s('a'), undefined, s('b, "c"')], undefined, [undefined, s('two\nlines')]]),
    'a,,"b, ""c"""\n\n,two lines\n',
  );
  t.equal(textOf([]), '\n');
});

t.test('a sheet with vast holes, or one text in many cells, stays within its bounds', async (t) => {
  const last: SheetCell[] = [];
  last[16_383] = s('x');
  const rows: SheetCell[][] = [];
  rows[1_048_575] = last;
  t.equal(textOf(rows).length, 1_048_575 + 16_383 + 2);
  rows[1_048_576] = [s('y')];
  t.throws(() => textOf(rows), { code: 'unreadable-file', message: /row 1048577/ });
  t.throws(() => textOf([last, last, last], 40_000), { code: 'payload-too-large' });
  t.equal(textOf([[s('x'.repeat(5_000_000))]]).length, 1_002);
});
