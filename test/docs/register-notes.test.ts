import t from 'tap';
import { spansOfBills } from '../../src/domain/bill-spans.ts';
import { readsOfBill } from '../../src/domain/billed-period.ts';
import { startOfDayMs } from '../../src/domain/calendar.ts';
import type { Quality } from '../../src/domain/interval-profile.ts';
import { READ_TYPES, type ReadType } from '../../src/domain/registers/read-types.ts';
import type { PlacedRead, RegisterMeter } from '../../src/domain/registers/register-read.ts';
import { spansOfReads } from '../../src/domain/registers/register-spans.ts';
import { settleMeter } from '../../src/domain/settle-meter.ts';
import type { SpanTotal } from '../../src/domain/span-totals.ts';
import { dec } from '../support/memory-estate.ts';
import { daysOf } from '../support/memory-usage.ts';
import { partsOf, readNote } from '../support/note.ts';

const EVIDENCE = readNote('evidence');

const micro = (value: string): bigint => BigInt(dec(value).times(1e6).toFixed(0));
const spanText = ({ start, end, totalMicro, rank }: SpanTotal): string =>
  `${start}/${end}: ${Number(totalMicro) / 1e6} rank ${rank}`;

/** What the totals come to on some days, or on each. */
function settled(spans: SpanTotal[], period: string): string {
  const known = settleMeter({ meterId: 1, stored: new Map(), received: new Map(), spans, days: daysOf(period) }).days;
  return dec(String(known.reduce((sum, { quantityMicro }) => sum + (quantityMicro ?? 0n), 0n)))
    .div(1e6)
    .toFixed(6);
}

t.test('register readings come to the totals that the page says (rules E3, E10)', async (t) => {
  const boxes = EVIDENCE.boxes('reads');
  t.equal(boxes.length, 5);
  for (const { lines } of boxes) {
    const meter: RegisterMeter = { serials: [], dials: null, multiplier: '1' };
    const reads: PlacedRead[] = [];
    for (const line of lines.filter((each) => !each.startsWith('='))) {
      const [dials, , multiplier] = /^meter: (\d+) dials(, multiplier (\d+))?$/.exec(line)?.slice(1) ?? [];
      if (dials !== undefined) {
        Object.assign(meter, { dials: Number(dials), multiplier: multiplier ?? '1' });
        continue;
      }
      const [day = '', value = '', type, serial = '', register = ''] = partsOf(
        line,
        /^(\S+): (\S+) ([\w-]+)(?:, serial (\w+))?(?:, register (\w+))?$/,
      );
      reads.push({
        meterId: 1,
        serial,
        register: register === '' ? '1' : register,
        day,
        readAtMs: startOfDayMs(day),
        valueMicro: micro(value),
        type: type as ReadType,
      });
    }
    t.same(
      spansOfReads(reads, meter).map((span) => `= ${spanText(span)}`),
      lines.filter((line) => line.startsWith('=')),
    );
  }
});

t.test('bills that an actual read makes good come to what the page says (rule E3)', async (t) => {
  const [box, ...others] = EVIDENCE.boxes('bills');
  t.equal(others.length, 0);
  const bills = (box?.lines ?? [])
    .filter((line) => !line.startsWith('='))
    .map((line) => {
      const [start = '', end = '', total = '', opening, closing] = partsOf(
        line,
        /^(\S+)\/(\S+): (-?\d+), opening (\w+), closing (\w+)$/,
      );
      const letter = (word: string | undefined): Quality => (word === 'actual' ? 'A' : 'E');
      const reads = readsOfBill({ openingRead: letter(opening), closingRead: letter(closing) });
      const rest = { meterId: 1, invoice: null, costGbp: null, volume: null, credits: null };
      return { start, end, totalMicro: micro(total), ...reads, ...rest };
    });
  const spans = spansOfBills(bills).map(({ span }) => span);
  t.same(
    [
      ...spans.map((span) => `= ${spanText(span)}`),
      `= a day: ${settled(spans, '2025-01-01')}`,
      `= 2025-01: ${settled(spans, '2025-01')}`,
      `= 2025-02: ${settled(spans, '2025-02')}`,
    ],
    box?.lines.filter((line) => line.startsWith('=')),
  );
});

t.test('the read types of the page are those that are taken', async (t) => {
  const marked = (letters: readonly string[]) => letters.map((letter) => `\`${letter}\``).join(' ');
  for (const [name, { evidence, letters, meaning }] of Object.entries(READ_TYPES)) {
    const cells = [`\`${name}\``, evidence, marked(letters.electricity), marked(letters.gas), meaning];
    t.ok(EVIDENCE.text.includes(`\n| ${cells.join(' | ').replaceAll(' |  |', ' | |')} |\n`), name);
  }
});
