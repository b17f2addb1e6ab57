import t from 'tap';
import { dayNumber } from '../../../src/domain/local-day.ts';
import { settleBillEnds } from '../../../src/domain/upload/bill-ends.ts';

/** `2025-03-01 2025-03-31`, as printed. */
const printed = (text: string, meterId = 1) => {
  const [from = '', to = ''] = text.split(' ');
  return { meterId, from: dayNumber(from), to: dayNumber(to) };
};
const stored = (...spans: string[]) =>
  spans.map((text) => {
    const [start = '', end = ''] = text.split('/');
    return { start, end };
  });

/** How a meter's bills are read, or why it is asked. */
function settle(bills: string[], spans: string[] = []): string {
  const periods = bills.map((text) => printed(text));
  const settled = settleBillEnds(periods, new Map([[1, stored(...spans)]]), () => 'E1');
  if ('endOf' in settled) return settled.endOf.get(1) ?? 'none';
  const { parameter, options, reason } = settled.question;
  t.same([parameter, ...options.map(({ value }) => value)], ['billEnd', 'inclusive', 'exclusive']);
  return reason.includes('exactly one day') ? 'overlap' : 'no neighbour';
}

t.test('the bills beside it in the file say how the end of a bill is meant (rule E5)', async (t) => {
  t.equal(settle(['2025-03-01 2025-03-31', '2025-04-01 2025-04-30']), 'inclusive');
  t.equal(settle(['2025-04-01 2025-04-30', '2025-03-01 2025-03-31']), 'inclusive', 'in any order');
  t.equal(settle(['2025-03-01 2025-04-01', '2025-04-01 2025-05-01']), 'exclusive');
  t.equal(settle(['2025-02-28 2025-03-31', '2025-03-31 2025-04-30']), 'exclusive', 'a chain of month ends');
  t.equal(settle(['2025-03-01 2025-03-31', '2025-03-01 2025-03-31', '2025-04-01 2025-04-30']), 'inclusive', 'a rebill');
  t.equal(settle(['2025-01-01 2025-01-31', '2025-03-01 2025-03-31', '2025-04-01 2025-04-30']), 'inclusive', 'a gap');
});

t.test('without a neighbour it is asked (rule E5)', async (t) => {
  t.equal(settle(['2025-03-01 2025-03-31']), 'no neighbour');
  t.equal(settle(['2025-03-01 2025-03-31', '2025-05-01 2025-05-31']), 'no neighbour', 'a month between them');
  t.equal(settle(['2025-03-01 2025-03-31', '2025-04-02 2025-04-30']), 'no neighbour', 'two days between them');
  t.equal(settle(['2025-03-01 2025-03-31'], ['2025-02-01/2025-03-01']), 'no neighbour', 'the one before says nothing');
});

t.test('stored bills are neighbours, and a stored bill says itself how it was read (rule E5)', async (t) => {
  t.equal(settle(['2025-03-01 2025-03-31'], ['2025-04-01/2025-05-01']), 'inclusive');
  t.equal(settle(['2025-03-01 2025-04-01'], ['2025-04-01/2025-05-01']), 'exclusive');
  t.equal(settle(['2025-03-01 2025-03-31'], ['2025-03-01/2025-04-01']), 'inclusive');
  t.equal(settle(['2025-03-01 2025-03-31'], ['2025-03-01/2025-03-31']), 'exclusive');
});

t.test('an overlap of exactly one day is asked about, and never refused in silence (rule E5)', async (t) => {
  t.equal(settle(['2025-03-01 2025-03-31', '2025-04-01 2025-04-30', '2025-04-30 2025-05-31']), 'overlap');
  t.equal(settle(['2025-03-01 2025-04-01', '2025-03-31 2025-05-01']), 'overlap');
  t.equal(settle(['2025-03-01 2025-03-31'], ['2025-03-30/2025-04-30']), 'overlap');
});

t.test('each meter is read by its own bills', async (t) => {
  const ends = ['2025-03-01 2025-03-31', '2025-04-01 2025-04-30'].map((text) => printed(text));
  const chain = ['2025-03-01 2025-04-01', '2025-04-01 2025-05-01'].map((text) => printed(text, 2));
  t.match(settleBillEnds([...ends, ...chain], new Map(), String), {
    endOf: new Map([
      [1, 'inclusive'],
      [2, 'exclusive'],
    ]),
  });
  const alone = printed('2025-03-01 2025-03-31', 3);
  t.match(settleBillEnds([...ends, alone], new Map(), String), { question: { reason: /meter 3/ } });
});
