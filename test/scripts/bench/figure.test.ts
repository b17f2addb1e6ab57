import t from 'tap';
import { figureOf, ratioOf, verdictOf } from '../../../scripts/bench/figure.ts';
import { quantity, tableOf } from '../../../scripts/bench/print-table.ts';
import { quantileOf } from '../../../scripts/bench/spread.ts';

t.test('a figure is the median of its repetitions with their spread', async (t) => {
  t.match(figureOf('three', [30, 10, 11], 'ms'), { median: 11, least: 10, most: 30, count: 3, verdict: null });
  t.match(figureOf('four', [4, 1, 2, 3], 'ms'), { median: 2.5, count: 4 });
});

t.test('a bar is met at its value, on the side that it says', async (t) => {
  t.equal(verdictOf(1.5, { atMost: 1.5 }), 'met');
  t.equal(verdictOf(1.51, { atMost: 1.5 }), 'missed');
  t.equal(verdictOf(50, { atLeast: 50 }), 'met');
  t.equal(verdictOf(49.9, { atLeast: 50 }), 'missed');
});

t.test('what could not be measured meets no bar', async (t) => {
  t.equal(figureOf('none', [], 'ms', { bar: { atMost: 1 } }).verdict, 'missed');
  t.equal(figureOf('none', [], 'ms', { bar: { atLeast: 1 } }).verdict, 'missed');
});

t.test('a ratio is taken repetition by repetition, so that a slow moment falls on both sides', async (t) => {
  const ratio = ratioOf('twice', [20, 200, 2], [10, 100, 1], { bar: { atMost: 2 } });
  t.match(ratio, { median: 2, least: 2, most: 2, unit: 'x', verdict: 'met' });
  t.throws(() => ratioOf('uneven', [1, 2], [1]), /uneven: 2 measurements against 1/);
});

t.test('a p99 is the value that one in a hundred exceeds', async (t) => {
  const values = Array.from({ length: 200 }, (_, index) => index + 1);
  t.equal(quantileOf(values, 0.99), 199);
  t.equal(quantileOf([7], 0.99), 7);
});

t.test('the table says median, spread, bar and whether it is met', async (t) => {
  const lines = tableOf('Title', [
    figureOf('time', [1_500, 2_500, 2_000], 'ms'),
    figureOf('ratio', [6.2], 'x', { bar: { atMost: 5 }, remark: 'once' }),
  ]).split('\n');
  t.equal(lines[0], 'Title');
  t.match(lines[2], /^ {2}time +2\.00 s +1\.50 s to 2\.50 s$/);
  t.match(lines[3], /^ {2}ratio +6\.20 x +<= 5\.00 x +missed {2}\(once\)$/);
  t.equal(quantity(1_234_567, '/s'), '1,234,567/s');
});
