import t from 'tap';
import { lengthDays } from '../../src/domain/local-day.ts';
import type { BillEnd } from '../../src/domain/upload/bill-ends.ts';
import { dec } from '../support/memory-estate.ts';
import { partsOf, readNote } from '../support/note.ts';
import { readBills } from '../support/read-bills.ts';

/** What a bill comes to a day, or that it is asked about. */
function outcome(period: string, quantity: string, said: string): string {
  const beside = said.startsWith('beside ') ? said.slice(7) : null;
  const rows = [period, ...(beside === null ? [] : [beside])].map((each) => each.replace(' to ', ','));
  const text = ['MPAN,From,To,kWh', ...rows.map((row) => `E1,${row},${quantity}`), ''].join('\n');
  const [bill] = readBills(text, said === 'inclusive' || said === 'exclusive' ? (said as BillEnd) : null).bills;
  if (bill === undefined) return 'no bill';
  const perDay = dec(quantity).div(lengthDays(bill)).toFixed(6);
  return `${perDay} a day, 31 March ${bill.end > '2025-03-31' ? 'known' : 'missing'}`;
}

t.test('the last day of a bill is read as the page says (rule E5)', async (t) => {
  const examples = readNote('evidence').lines('bill-ends');
  t.equal(examples.length, 6);
  for (const line of examples) {
    const [period = '', quantity = '', said = '', stated] = partsOf(line, /^(\S+ to \S+): (\d+), (.+) = (.+)$/);
    if (stated === 'asked') t.throws(() => outcome(period, quantity, said), { code: 'layout-questions' }, line);
    else t.equal(outcome(period, quantity, said), stated, line);
  }
});
