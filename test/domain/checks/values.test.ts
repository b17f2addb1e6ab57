import t from 'tap';
import { checkDayTotal } from '../../../src/domain/checks/day-total.ts';
import { checkDemand } from '../../../src/domain/checks/demand.ts';
import { checkFlatline } from '../../../src/domain/checks/flatline.ts';
import { checkNegativeInterval } from '../../../src/domain/checks/negative-interval.ts';
import { checkSpike } from '../../../src/domain/checks/spike.ts';
import { dec } from '../../support/memory-estate.ts';
import { CHECKS, officeDay, seriesOf } from '../../support/memory-series.ts';

/** An office day with one half-hour replaced. */
function withValue(slot: number, value: number): number[] {
  const day = officeDay();
  day[slot] = value;
  return day;
}

t.test('spike: more than three times what is usual at that time of such a day (rule E12)', async (t) => {
  // 2 June to 10 August 2025; at 03:00 every day uses 1 kWh, so that up to 3 is usual.
  const at0300 = (value: number) =>
    seriesOf('2025-06-02/2025-08-11', 7, (place) => (place === 66 ? withValue(6, value) : officeDay()));
  t.match(checkSpike(at0300(6), CHECKS), [
    { check: 'spike', start: '2025-08-07', end: '2025-08-08', seen: 6, expected: 3, unit: 'kWh' },
  ]);
  t.same(checkSpike(at0300(3), CHECKS), [], 'three times is not more than three times');
  t.same(checkSpike(at0300(5.5), CHECKS), [], 'the excess of 2.5 is below 2 % of a mean day of 133.6 kWh');
  const young = seriesOf('2025-06-02/2025-06-30', 7, (place) => (place === 25 ? withValue(6, 50) : officeDay()));
  t.same(checkSpike(young, CHECKS), [], 'after 25 days nothing is known of what is usual');
  const known = seriesOf('2025-06-02/2025-07-07', 7, (place) => (place === 30 ? withValue(6, 50) : officeDay()));
  t.equal(checkSpike(known, CHECKS).length, 1, 'after 30 days it is');
});

t.test('spike: a value that like days reach is none, and a Sunday is not held against working days', async (t) => {
  const busy = seriesOf('2025-06-02/2025-08-11', 7, (place) => (place % 7 < 2 ? withValue(6, 30) : officeDay()));
  t.same(checkSpike(busy, CHECKS), []);
  const sundays = seriesOf('2025-06-02/2025-08-11', 7, (place) => (place % 7 === 6 ? 0.5 : officeDay()));
  t.same(checkSpike(sundays, CHECKS), []);
  const worked = seriesOf('2025-06-02/2025-08-11', 7, (place) => (place % 7 === 6 && place < 69 ? 0.5 : officeDay()));
  t.match(checkSpike(worked, CHECKS), [{ start: '2025-08-10' }], 'a Sunday used like a working day');
});

t.test('demand: above the agreed capacity, near it, far below it (rule E12)', async (t) => {
  const of = (peak: number, days = 40) =>
    seriesOf('2024-06-01/2025-08-11', days, (place) => (place === 420 ? withValue(20, peak) : officeDay()), {
      agreedCapacityKva: dec(20),
    });
  t.match(checkDemand(of(11.1), CHECKS), [{ check: 'above-capacity', start: '2025-07-26', seen: 22.2, expected: 22 }]);
  t.match(checkDemand(of(11), CHECKS), [{ check: 'demand-near-capacity', seen: 22, expected: 19 }]);
  t.same(checkDemand(of(9.5), CHECKS), [], '19 kW is not more than 95 % of 20 kVA');
  t.match(checkDemand(of(5.9), CHECKS), [{ check: 'capacity-not-needed', expected: 12, unit: 'kW' }]);
  t.same(checkDemand(of(6), CHECKS), [], '12 kW is not below 60 % of 20 kVA');
  const unknown = seriesOf('2025-06-01/2025-08-01', 30, () => officeDay(100));
  t.same(checkDemand(unknown, CHECKS), [], 'nothing is said where no capacity is');
});

t.test('day total: below a third or above three times the median, two days running (rule E12)', async (t) => {
  const of = (scale: number, days: number) =>
    seriesOf('2025-03-03/2025-06-30', 30, (place, day) =>
      officeDay(place >= 100 && place < 100 + days ? scale : 1, day),
    );
  t.match(checkDayTotal(of(0.3, 2), CHECKS), [{ check: 'day-total', start: '2025-06-11', end: '2025-06-13' }]);
  t.same(checkDayTotal(of(0.3, 1), CHECKS), [], 'one day alone may be anything');
  t.same(checkDayTotal(of(0.34, 2), CHECKS), [], 'more than a third');
  t.match(checkDayTotal(of(3.1, 3), CHECKS), [{ start: '2025-06-11', end: '2025-06-14' }]);
  t.same(checkDayTotal(of(2.9, 3), CHECKS), []);
});

t.test('flatline: one value for half a day (rule E12)', async (t) => {
  const still = (count: number, value = 2.5) =>
    seriesOf('2025-03-03/2025-05-31', 20, (place) => {
      const day = officeDay();
      return place === 80 ? day.map((own, slot) => (slot >= 16 && slot < 16 + count ? value : own)) : day;
    });
  t.match(checkFlatline(still(24), CHECKS), [{ check: 'flatline', start: '2025-05-22', seen: 12, unit: 'hours' }]);
  t.same(checkFlatline(still(23), CHECKS), [], 'eleven and a half hours');
  t.match(checkFlatline(still(12, 0), CHECKS), [{ check: 'zero-run', seen: 6 }]);
  t.same(checkFlatline(still(11, 0), CHECKS), []);
  const closed = seriesOf('2025-03-03/2025-05-31', 20, (place) =>
    place === 80 || place % 3 === 0 ? officeDay().map((own, slot) => (slot < 30 ? 0 : own)) : officeDay(),
  );
  t.same(checkFlatline(closed, CHECKS), [], 'zeros are usual where every third night uses nothing');
});

t.test('flatline: gas at zero for a fortnight of the heating season (rule E12)', async (t) => {
  const gas = (window: string, zeros: number) =>
    seriesOf(window, 40, (place) => (place >= 50 && place < 50 + zeros ? 0 : officeDay()), {
      activity: 'natural-gas',
    });
  const found = (window: string, zeros: number) =>
    checkFlatline(gas(window, zeros), CHECKS).filter(({ check }) => check === 'gas-zero');
  t.match(found('2024-12-01/2025-03-01', 14), [{ start: '2025-01-20', end: '2025-02-03', seen: 14, unit: 'days' }]);
  t.same(found('2024-12-01/2025-03-01', 13), []);
  t.same(found('2025-05-01/2025-08-01', 20), [], 'in June boilers rest');
});

t.test('negative intervals: any, but of a meter of export (rule E12)', async (t) => {
  const of = (direction: 'import' | 'export') =>
    seriesOf('2025-06-02/2025-06-16', 14, (place) => (place === 3 ? withValue(6, -0.001) : officeDay()), { direction });
  t.match(checkNegativeInterval(of('import')), [{ start: '2025-06-05', end: '2025-06-06', seen: -0.001, expected: 0 }]);
  t.same(checkNegativeInterval(of('export')), []);
  t.same(checkNegativeInterval(seriesOf('2025-06-02/2025-06-16', 14, () => 0)), [], 'zero is not below zero');
});
