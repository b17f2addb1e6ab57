import t from 'tap';
import { parseAsOf } from '../../src/domain/as-of.ts';
import { Refusal } from '../../src/domain/refusal.ts';

t.test('a day means its last microsecond in local time (rule A8)', async (t) => {
  t.same(parseAsOf('2025-07-31'), {
    requested: '2025-07-31',
    instant: '2025-07-31T22:59:59.999999Z',
    day: '2025-07-31',
  });
  t.equal(parseAsOf('2025-12-31').instant, '2025-12-31T23:59:59.999999Z');
  t.equal(parseAsOf('2025-10-26').instant, '2025-10-26T23:59:59.999999Z', 'the long day in autumn');
  t.equal(parseAsOf('2025-03-30').instant, '2025-03-30T22:59:59.999999Z', 'the short day in spring');
});

t.test('an instant is kept to the microsecond, and lies in a local day', async (t) => {
  t.same(parseAsOf('2025-07-31T23:30:00.1234567Z'), {
    requested: '2025-07-31T23:30:00.1234567Z',
    instant: '2025-07-31T23:30:00.123456Z',
    day: '2025-08-01',
  });
  t.equal(parseAsOf('2025-07-31T18:00:00+01:00').instant, '2025-07-31T17:00:00.000000Z');
  t.equal(parseAsOf('2025-07-31T18:00+01:00').instant, '2025-07-31T17:00:00.000000Z');
});

t.test('anything else is refused with the two forms, and a lost plus sign with what to write', async (t) => {
  for (const text of ['2025-02-30', '2025-07', '2024/25', '2025-07-31T17:00:00', 'yesterday', '2025-07-31T25:00:00Z'])
    t.throws(
      () => parseAsOf(text),
      new Refusal(
        'invalid-request',
        `asOf is '${text}': expected a day such as 2025-07-31, or an instant with its offset such as 2025-07-31T17:00:00Z`,
      ),
    );
  t.throws(() => parseAsOf('2025-07-31T18:00:00 01:00'), { message: /plus sign of an offset written %2B/ });
});
