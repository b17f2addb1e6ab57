import fc from 'fast-check';
import t from 'tap';
import { startOfDayMs } from '../../../src/domain/calendar.ts';
import { addDays } from '../../../src/domain/local-day.ts';
import type { ReadType } from '../../../src/domain/registers/read-types.ts';
import type { PlacedRead, RegisterMeter } from '../../../src/domain/registers/register-read.ts';
import { spansOfReads } from '../../../src/domain/registers/register-spans.ts';
import { settleMeter } from '../../../src/domain/settle-meter.ts';
import { daysOf } from '../../support/memory-usage.ts';
import { holds } from '../../support/property.ts';

const METER: RegisterMeter = { serials: [], dials: 5, multiplier: '1' };

/** `2025-01-01 150 estimated`, with a register and a serial where they matter. */
function readsOf(...texts: string[]): PlacedRead[] {
  return texts.map((text) => {
    const [day = '', value = '', type = 'actual', register = '1', serial = ''] = text.split(' ');
    const valueMicro = BigInt(Math.round(Number(value) * 1e6));
    return { meterId: 1, serial, register, day, readAtMs: startOfDayMs(day), valueMicro, type: type as ReadType };
  });
}

const spans = (reads: readonly PlacedRead[], meter = METER): string[] =>
  spansOfReads(reads, meter).map(
    ({ start, end, totalMicro, rank }) => `${start}/${end} ${Number(totalMicro) / 1e6} rank ${rank}`,
  );

t.test('an advance is the present read less the previous, times the multiplier', async (t) => {
  const reads = readsOf('2025-03-10 10000', '2025-04-20 11000');
  t.same(spans(reads), ['2025-03-10/2025-04-20 1000 rank 2']);
  t.same(spans(reads, { ...METER, multiplier: '10.5' }), ['2025-03-10/2025-04-20 10500 rank 2']);
  t.same(spans(readsOf('2025-03-10 99990', '2025-04-20 10.5')), ['2025-03-10/2025-04-20 20.5 rank 2'], 'over zero');
  t.same(spans(reads.slice(0, 1)), [], 'one read says nothing');
});

t.test('an estimated read between two actual ones is ignored; at the ends it stands (rule E3)', async (t) => {
  const reads = readsOf('2025-01-01 50 estimated', '2025-02-01 100', '2025-03-01 260 deemed', '2025-04-01 180');
  t.same(spans(reads), ['2025-01-01/2025-02-01 50 rank 5', '2025-02-01/2025-04-01 80 rank 2']);
  t.same(spans([...reads, ...readsOf('2025-05-01 230 estimated', '2025-06-01 240 estimated')]).slice(2), [
    '2025-04-01/2025-05-01 50 rank 5',
    '2025-05-01/2025-06-01 10 rank 5',
  ]);
  t.same(
    spans(readsOf('2025-01-01 150 estimated', '2025-02-01 100')),
    [],
    'an estimate that an actual read contradicts',
  );
});

t.test('withdrawn and queried reads count nowhere (rule E2)', async (t) => {
  const reads = readsOf('2025-01-01 100', '2025-02-01 130 withdrawn', '2025-03-01 140 queried', '2025-04-01 190');
  t.same(spans(reads), ['2025-01-01/2025-04-01 90 rank 2']);
});

t.test('an exchange ends one device and begins another; the days between are missing (rule E10)', async (t) => {
  const exchanged = readsOf(
    '2025-01-01 60000 actual 1 A',
    '2025-02-01 60500 exchange-closing 1 A',
    '2025-02-04 3 exchange-opening 1 B',
    '2025-03-01 203 actual 1 B',
  );
  const stated = ['2025-01-01/2025-02-01 500 rank 2', '2025-02-04/2025-03-01 200 rank 2'];
  t.same(spans(exchanged), stated);
  t.same(spans(exchanged.map((read) => ({ ...read, serial: '' }))), stated, 'without serials, too');
  t.same(spans(exchanged.map((read) => ({ ...read, type: 'actual' }))), stated, 'with serials and plain reads, too');
});

t.test('registers add up; days that one of them leaves open are missing', async (t) => {
  const same = ['2025-01-01 100 actual DAY', '2025-01-01 10 actual NIGHT', '2025-02-01 131 actual DAY'];
  t.same(spans(readsOf(...same, '2025-02-01 41 actual NIGHT')), ['2025-01-01/2025-02-01 62 rank 2']);
  t.same(spans(readsOf(...same, '2025-01-31 40 actual NIGHT')), ['2025-01-01/2025-01-31 60 rank 2']);
  t.same(spans(readsOf(...same, '2025-01-31 40 actual NIGHT', '2025-03-03 102 actual NIGHT')), [
    '2025-01-01/2025-01-31 60 rank 2',
    '2025-01-31/2025-02-01 3 rank 2',
  ]);
  t.same(spans(readsOf(...same, '2025-02-01 41 estimated NIGHT')), ['2025-01-01/2025-02-01 62 rank 5']);
  t.same(
    spans(readsOf('2025-01-01 0', '2025-02-01 31', '2025-03-01 59', '2025-02-01 0 actual 2', '2025-03-01 28 actual 2')),
    ['2025-01-01/2025-02-01 31 rank 2', '2025-02-01/2025-03-01 56 rank 2'],
    'a register counts from its first read',
  );
  t.same(
    spans(readsOf('2025-01-01 0', '2025-02-01 31', '2025-01-01 0 actual 2', '2025-01-11 10 exchange-closing 2')),
    ['2025-01-01/2025-01-11 20 rank 2', '2025-01-11/2025-02-01 21 rank 2'],
    'and until its closing one',
  );
});

const READ = fc.record({ gap: fc.integer({ min: 1, max: 80 }), step: fc.integer({ min: 0, max: 5_000_000_000 }) });
const REGISTER = fc.array(READ, { minLength: 1, maxLength: 6 });

/** Reads of a register from a day on, each a gap and a step after the one before. */
function chain(register: string, steps: readonly { gap: number; step: number }[]): PlacedRead[] {
  let day = '2024-12-01';
  let valueMicro = 0n;
  const reads = readsOf(`${day} 0 actual ${register}`);
  for (const { gap, step } of steps) {
    day = addDays(day, gap);
    valueMicro += BigInt(step);
    reads.push({ ...(reads[0] as PlacedRead), day, valueMicro });
  }
  return reads;
}

t.test('the days of an advance add up to it, whatever the cut (rule E4)', async (t) => {
  holds(
    t,
    fc.property(REGISTER, fc.nat(), (steps, cut) => {
      const reads = chain('1', steps);
      const totals = spansOfReads(reads, METER);
      const [first = '', last = ''] = [reads[0]?.day, reads.at(-1)?.day];
      const days = daysOf(`${first}/${last}`);
      const settle = (part: readonly string[]) =>
        settleMeter({ meterId: 1, stored: new Map(), received: new Map(), spans: totals, days: part }).days;
      const at = cut % (days.length + 1);
      const sum = [...settle(days.slice(0, at)), ...settle(days.slice(at))].reduce(
        (total, { quantityMicro }) => total + (quantityMicro ?? 0n),
        0n,
      );
      return sum === reads.at(-1)?.valueMicro;
    }),
  );
});

t.test('two registers, read on whatever days, add up where both are known', async (t) => {
  holds(
    t,
    fc.property(REGISTER, REGISTER, (day, night) => {
      const [first, second] = [chain('DAY', day), chain('NIGHT', night)];
      const [a = '', b = ''] = [first.at(-1)?.day, second.at(-1)?.day];
      const totals = spansOfReads([...first, ...second], METER);
      const sum = totals.reduce((total, { totalMicro }) => total + totalMicro, 0n);
      const whole = (first.at(-1)?.valueMicro ?? 0n) + (second.at(-1)?.valueMicro ?? 0n);
      const end = totals.at(-1)?.end ?? '';
      return end === (a < b ? a : b) && sum <= whole && (a !== b || sum === whole);
    }),
  );
});
