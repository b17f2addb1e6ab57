import t from 'tap';
import {
  checkBillConflicts,
  checkEstimatedTooLong,
  checkReconciliation,
  pricePerUnit,
} from '../../../src/domain/checks/bills.ts';
import { checkOverdue } from '../../../src/domain/checks/overdue.ts';
import { checkFirstValue, checkOutsideService } from '../../../src/domain/checks/service.ts';
import { checkSubMeters } from '../../../src/domain/checks/sub-meters.ts';
import type { EstateMeter } from '../../../src/domain/estate.ts';
import { addWorkingDays } from '../../../src/domain/like-days.ts';
import { estateOf, type MeterFields } from '../../support/memory-estate.ts';
import { billTotal, CHECKS, seriesOf, storedBill } from '../../support/memory-series.ts';

const MARCH = { start: '2025-03-01', end: '2025-04-01' };

t.test('a bill against its intervals: 2 % and 50 kWh (rule E12)', async (t) => {
  // Three days of 150 kWh and 28 of 96: 3,138 kWh (the golden case G04).
  const march = seriesOf('2025-03', 31, (place, day) => (day === '2025-03-30' ? 96 / 46 : place < 3 ? 3.125 : 2));
  const against = (quantity: number) => checkReconciliation(march, [billTotal('2025-03', quantity)], MARCH, CHECKS);
  t.same(against(3100), [], '+1.23 % is within 2 %');
  t.match(against(3000), [{ check: 'bill-against-intervals', seen: 3138, expected: 3000, detail: /138, \+4\.60 %/ }]);
  t.match(against(3300), [{ detail: /-162, -4\.91 %/ }]);
  const small = seriesOf('2025-03', 31, (_, day) => (day === '2025-03-30' ? 24 / 46 : 0.5));
  t.same(checkReconciliation(small, [billTotal('2025-03', 700)], MARCH, CHECKS), [], '44 kWh are below 50');
  const open = seriesOf('2025-03', 31, (place) => (place === 5 ? null : 3));
  t.same(checkReconciliation(open, [billTotal('2025-03', 3000)], MARCH, CHECKS), [], 'a day is open');
});

t.test('a bill below the intervals of some of its days is a conflict (rule E1)', async (t) => {
  const three = seriesOf('2025-03', 31, (place) => (place < 3 ? 3.125 : null));
  const profiles = new Map(three.stored.flatMap(({ day, profile }) => (profile === null ? [] : [[day, profile]])));
  const against = (quantity: number) => checkBillConflicts([billTotal('2025-03', quantity)], profiles, MARCH, 'kWh');
  t.match(against(400), [{ check: 'bill-below-intervals', seen: 450, expected: 400 }]);
  t.same(against(449), [], 'within a unit');
  t.same(against(3100), []);
});

t.test('sub-meters against the meter above them (rule E12)', async (t) => {
  const main = seriesOf('2025-03', 31, () => 10, { key: 'MAIN' });
  const below = (value: number | null) => seriesOf('2025-03', 31, () => value, { key: 'SUB', parentKey: 'MAIN' });
  t.match(checkSubMeters(main, [below(6), below(4.3)], CHECKS), [
    { check: 'sub-meters-above-main', start: '2025-03-01' },
  ]);
  t.same(checkSubMeters(main, [below(6), below(4.1)], CHECKS), [], '1 % more is within 2 %');
  t.match(checkSubMeters(main, [below(8.4)], CHECKS), [{ check: 'sub-meter-remainder', detail: /on 31 days/ }]);
  t.same(checkSubMeters(main, [below(8.6)], CHECKS), [], '14 % remain');
  t.same(checkSubMeters(main, [below(null)], CHECKS), [], 'nothing is known of the sub-meter');
});

t.test('working days are those of England', async (t) => {
  t.equal(addWorkingDays('2025-04-16', 3), '2025-04-23', 'over Easter');
  t.equal(addWorkingDays('2025-06-06', 3), '2025-06-11', 'over a weekend');
});

const meterOf = (fields: Partial<MeterFields>): EstateMeter => {
  const [meter] = estateOf([{ key: 'M', from: '2024-01-01', ...fields }]).meters;
  if (meter === undefined) throw new Error('an estate of one meter has one');
  return meter;
};

t.test('overdue: by the kind of data that is expected (rule E12)', async (t) => {
  const YEAR = { start: '2025-04-01', end: '2026-04-01' };
  const monthly = [storedBill('2025-04', 1), storedBill('2025-05', 1)];
  const quarterly = [storedBill('2025-01-01/2025-04-01', 1)];
  const cases: [Partial<MeterFields>, string, { start: string; end: string }[], string][] = [
    // Friday 6 June; three working days later is Wednesday the 11th.
    [{ kind: 'interval' }, '2025-06-06', [], '2025-06-11'],
    [{ kind: 'interval', usualDelayDays: 8 }, '2025-06-06', [], '2025-06-14'],
    [{ kind: 'interval', activity: 'natural-gas' }, '2025-06-06', [], '2025-06-16'],
    [{ kind: 'register' }, '2025-06-06', [], '2025-07-11'],
    [{ kind: 'billed' }, '2025-05-31', monthly, '2025-07-15'],
    [{ kind: 'billed' }, '2025-03-31', quarterly, '2025-07-29'],
    [{ kind: 'billed', activity: 'water' }, '2025-05-31', monthly, '2025-12-27'],
  ];
  for (const [fields, last, bills, due] of cases) {
    const on = (today: string) => checkOverdue(meterOf(fields), last, bills, YEAR, today, CHECKS);
    t.same(on(due), [], `${JSON.stringify(fields)} on the day it is due`);
    const after = on(new Date(Date.parse(due) + 86_400_000).toISOString().slice(0, 10));
    t.match(after, [{ check: 'overdue', detail: new RegExp(`no data after ${last}: expected by ${due}`) }]);
  }
  t.match(checkOverdue(meterOf({ from: '2025-05-01' }), null, [], YEAR, '2025-06-01', CHECKS), [
    { start: '2025-05-01' },
  ]);
  t.same(
    checkOverdue(meterOf({ to: '2025-06-07' }), '2025-06-06', [], YEAR, '2025-09-01', CHECKS),
    [],
    'it left service',
  );
  t.same(checkOverdue(meterOf({}), '2026-03-31', [], YEAR, '2026-06-01', CHECKS), [], 'not within the days asked');
  t.same(checkOverdue(meterOf({ from: null }), null, [], YEAR, '2026-06-01', CHECKS), [], 'nothing is expected of it');
});

t.test('estimated for too long: three bills running, or a year without a read one (rule E12)', async (t) => {
  const YEAR = { start: '2025-01-01', end: '2026-01-01' };
  const months = (qualities: string) =>
    [...qualities].map((quality, index) => storedBill(`2025-0${index + 1}`, 100, quality === 'E' ? 'E' : 'A'));
  const of = (bills: ReturnType<typeof months>, today = '2025-08-01') =>
    checkEstimatedTooLong(bills, YEAR, today, CHECKS);
  t.match(of(months('AEEEA')), [{ check: 'estimated-too-long', start: '2025-02-01', end: '2025-05-01', seen: 3 }]);
  t.same(of(months('AEEAEE')), []);
  const quarters = [storedBill('2024-01-01/2024-04-01', 1), storedBill('2024-07-01/2024-10-01', 1, 'E')];
  t.match(of(quarters, '2025-08-01'), [{ start: '2024-04-01', detail: /since 2024-04-01/ }]);
  t.same(of(quarters, '2025-03-31'), [], 'a day before the year is over');
});

t.test('what a unit costs follows from the bills that say it', async (t) => {
  t.equal(pricePerUnit([storedBill('2025-04', 100, 'A', '250'), storedBill('2025-05', 999)]), 2.5);
  t.equal(pricePerUnit([storedBill('2025-05', 999)]), null);
});

t.test('values out of service, and meters without a first day (rule F2)', async (t) => {
  const series = seriesOf('2025-03', 31, (place) => (place < 10 ? 1 : null));
  t.match(checkOutsideService(series, [{ start: '2025-03-04', end: '2025-05-01' }]), [
    { check: 'outside-service', start: '2025-03-01', end: '2025-03-04', seen: 144 },
  ]);
  t.same(checkOutsideService(series, [MARCH]), []);
  const unknown = seriesOf('2025-03', 31, () => 1, { firstDay: '2024-05-05', lastDay: '2025-03-31' });
  t.match(checkFirstValue(unknown, MARCH), [{ check: 'first-value', detail: /first value on 2024-05-05/ }]);
  t.same(
    checkFirstValue(
      seriesOf('2025-03', 31, () => 1, { from: '2024-01-01' }),
      MARCH,
    ),
    [],
  );
});
