import t from 'tap';
import { spansOfBills } from '../../src/domain/bill-spans.ts';
import { readsOfBill } from '../../src/domain/billed-period.ts';
import { addDays } from '../../src/domain/local-day.ts';
import { toMicro } from '../../src/domain/micro.ts';
import { dec } from '../support/memory-estate.ts';
import { partsOf, readNote } from '../support/note.ts';

function deliveryOf(text: string) {
  const [quantity = '', start = ''] = partsOf(text, /^([\d.]+) on (\S+)$/);
  const nothing = { volume: null, invoice: null, costGbp: null, credits: null };
  const days = { meterId: 1, start, end: addDays(start, 1), isDelivery: true };
  return { ...days, totalMicro: toMicro(quantity), ...readsOfBill({ quality: 'A' }), ...nothing };
}

t.test('deliveries last until the next, as the page says (rule B2)', async (t) => {
  const examples = readNote('lines').lines('deliveries');
  t.equal(examples.length, 4);
  for (const line of examples) {
    const [sent = '', stated] = partsOf(line, /^(.+) = (.+)$/);
    const deliveries = sent.split(', ').map(deliveryOf);
    const spans = spansOfBills(deliveries);
    const known = spans.map(({ span }) => `${span.start} to ${span.end} ${dec(String(span.totalMicro)).div(1e6)}`);
    const settled = new Set(spans.flatMap(({ bills }) => bills));
    const open = deliveries.filter((each) => !settled.has(each)).map(({ start }) => `${start} open`);
    t.equal([...known, ...open].join('; '), stated, line);
  }
});
