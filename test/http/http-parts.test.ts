import t from 'tap';
import { decodeCursor, encodeCursor } from '../../src/http/cursor.ts';
import { negotiate } from '../../src/http/plugins/representation.ts';
import { convertTexts } from '../../src/http/strict-decimal.ts';
import { withoutNulls } from '../../src/http/without-nulls.ts';

t.test('a cursor gives back what it was made of, whatever the order of the filters', async (t) => {
  const cursor = encodeCursor({ a: 1, b: null }, ['x', 'é"\\']);
  t.strictSame(decodeCursor(cursor, { b: null, a: 1 }, ['text', 'text']), ['x', 'é"\\']);
  t.match(cursor, /^[A-Za-z0-9_-]+$/);
});

t.test('a cursor of other filters, of another length, with a NUL or of any other make is refused', async (t) => {
  const cursor = encodeCursor({ a: 1 }, ['x']);
  const refused = { code: 'invalid-cursor' };
  t.throws(() => decodeCursor(cursor, { a: 2 }, ['text']), refused);
  t.throws(() => decodeCursor(cursor, { a: 1 }, ['text', 'text']), refused);
  t.throws(() => decodeCursor(encodeCursor({ a: 1 }, ['x\0']), { a: 1 }, ['text']), refused);
  for (const json of ['', '{}', '[1,2]', 'null', '"x"'])
    t.throws(() => decodeCursor(Buffer.from(json).toString('base64url'), { a: 1 }, ['text']), refused);
});

t.test('JSON is given unless CSV is wanted more', async (t) => {
  const both = ['json', 'csv'] as const;
  t.equal(negotiate(undefined, both), 'json');
  t.equal(negotiate('', both), 'json');
  t.equal(negotiate('*/*', both), 'json');
  t.equal(negotiate('text/*', both), 'csv');
  t.equal(negotiate('TEXT/CSV', both), 'csv');
  t.equal(negotiate('text/csv;q=0.9, application/json;q=0.8', both), 'csv');
  t.equal(negotiate('text/csv;q=0.5, */*;q=0.8', both), 'json');
  t.equal(negotiate('application/json;q=0, */*', both), 'csv');
  t.equal(negotiate('text/csv', ['json']), null);
  t.equal(negotiate('application/json;q=0', ['json']), null);
  t.equal(negotiate('text/html', both), null);
});

t.test('only texts that are plainly of the asked type are converted', async (t) => {
  const schema = {
    n: { type: 'number' },
    i: { type: 'integer' },
    b: { type: 'boolean' },
    list: { type: 'array', items: { type: 'integer' } },
    s: { type: 'string' },
  };
  t.strictSame(convertTexts({ n: '-0.5', i: '12', b: 'true', list: '3', s: '5', other: '7' }, schema), {
    n: -0.5,
    i: 12,
    b: true,
    list: [3],
    s: '5',
    other: '7',
  });
  for (const text of ['1e3', '0x1', '+1', ' 1', '1 ', '01', '1.', '.5', '', 'Infinity', 'NaN', '9'.repeat(16), '١'])
    t.strictSame(convertTexts({ n: text }, schema), { n: text }, text);
  t.strictSame(convertTexts({ b: '1' }, schema), { b: '1' });
  t.strictSame(convertTexts({ list: ['1', 'x'] }, schema), { list: [1, 'x'] });
});

t.test('null members are left out, others are kept as they are', async (t) => {
  t.strictSame(withoutNulls({ a: null, b: 0, c: false, d: '', e: [null] }), { b: 0, c: false, d: '', e: [null] });
});
