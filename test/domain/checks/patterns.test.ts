import t from 'tap';
import { checkClockShift } from '../../../src/domain/checks/clock-shift.ts';
import { checkBaseLoad, checkNightWater } from '../../../src/domain/checks/night-use.ts';
import { checkUnitRatio } from '../../../src/domain/checks/unit-ratio.ts';
import { billTotal, CHECKS, officeDay, seriesOf } from '../../support/memory-series.ts';

/** An office day that lies some half-hours later. */
const shifted = (by: number): number[] => {
  const day = officeDay();
  return day.map((_, slot) => day[(slot - by + 48) % 48] ?? 0);
};

t.test('clock shift: the same lag on five of seven days (rule E12)', async (t) => {
  const of = (by: number, days: number) =>
    seriesOf('2025-04-07/2025-07-07', 21, (place) => (place >= 75 && place < 75 + days ? shifted(by) : officeDay()));
  t.match(checkClockShift(of(2, 7), CHECKS), [
    { check: 'clock-shift', seen: 60, expected: 0, unit: 'minutes', detail: /60 minutes later/ },
  ]);
  t.match(checkClockShift(of(-2, 5), CHECKS), [{ seen: -60, detail: /60 minutes earlier/ }]);
  t.same(checkClockShift(of(2, 4), CHECKS), [], 'four days are too few');
  t.same(checkClockShift(of(0, 7), CHECKS), []);
  const other = seriesOf('2025-04-07/2025-07-07', 21, (place) => (place >= 75 ? officeDay(1.7) : officeDay()));
  t.same(checkClockShift(other, CHECKS), [], 'more is not later');
});

t.test('units: half-hours against the bill by the ratio of two units (rule E12)', async (t) => {
  const total = officeDay().reduce((a, b) => a + b, 0);
  const against = (
    quantity: number,
    period = '2025-06-02/2025-06-16',
    activity: 'electricity' | 'natural-gas' = 'electricity',
  ) =>
    checkUnitRatio(
      seriesOf('2025-06-02/2025-06-16', 14, () => officeDay(), { activity }),
      [billTotal(period, quantity)],
      CHECKS,
    );
  t.match(against((total * 14) / 2), [{ check: 'unit-ratio', start: '2025-06-02', detail: /kW taken for kWh\?$/ }]);
  t.match(against((total * 14) / 2.05), [{ detail: /2\.05 times as much/ }], 'within 3 % of 2.00');
  t.same(against((total * 14) / 2.07), [], '3.5 % from it');
  t.match(against(total * 0.014), [{ detail: /Wh taken for kWh/ }]);
  t.match(against((total * 14) / 11.1, undefined, 'natural-gas'), [{ detail: /kWh taken for m3/ }]);
  t.match(against(total * 14 * 2.83, undefined, 'natural-gas'), [{ detail: /hundreds of cubic feet taken for m3/ }]);
  t.same(against((total * 14) / 2, undefined, 'natural-gas'), [], 'gas is not measured in kW');
  t.same(against((total * 6) / 2, '2025-06-02/2025-06-08'), [], 'six days are too few');
});

t.test('units: a sudden step of the meter itself, but no season (rule E12)', async (t) => {
  const stepped = seriesOf('2025-03-03/2025-06-30', 40, (place, day) => officeDay(place >= 90 ? 2 : 1, day));
  t.match(checkUnitRatio(stepped, [], CHECKS), [
    { start: '2025-06-01', end: '2025-06-08', detail: /by the weeks before/ },
  ]);
  const grown = seriesOf('2025-03-03/2025-06-30', 40, (place, day) => officeDay(place >= 90 ? 1.8 : 1, day));
  t.same(checkUnitRatio(grown, [], CHECKS), []);
  const rising = seriesOf('2025-03-03/2025-06-30', 60, (place, day) =>
    officeDay(1 + Math.max(0, place - 60) / 30, day),
  );
  t.same(checkUnitRatio(rising, [], CHECKS), [], 'what doubles over weeks is no other unit');
});

t.test('water at night: three nights without a quiet hour (rule E12)', async (t) => {
  const of = (nights: number, flow = 0.02) =>
    seriesOf(
      '2025-06-02/2025-06-23',
      21,
      (place) =>
        Array.from({ length: 48 }, (_, slot) =>
          slot >= 2 && slot < 10 && (place < 10 || place >= 10 + nights) ? 0 : flow,
        ),
      { activity: 'water' },
    );
  const [leak] = checkNightWater(of(3), CHECKS, 2.5);
  t.match(leak, { check: 'water-at-night', start: '2025-06-12', end: '2025-06-15', seen: 0.04, unit: 'm3 per hour' });
  t.match(leak?.detail, /350\.4 m3 a year, 876 GBP at the price of the bills$/);
  t.same(checkNightWater(of(2), CHECKS, null), []);
  t.same(checkNightWater(of(3, 0), CHECKS, null), []);
  const power = seriesOf('2025-06-02/2025-06-23', 21, () => 1);
  t.same(checkNightWater(power, CHECKS, null), [], 'electricity flows at night');
});

t.test('base load: a week of nights above 120 % of the same nights last year (rule E12)', async (t) => {
  const nights = (night: number) => officeDay().map((value, slot) => (slot < 10 ? night : value));
  const of = (factor: number, days = 7) =>
    seriesOf('2024-06-01/2025-06-30', 20, (place) => nights(place >= 375 && place < 375 + days ? factor : 1));
  t.match(checkBaseLoad(of(1.21), CHECKS), [
    { check: 'base-load', start: '2025-06-11', end: '2025-06-18', expected: 2.4, unit: 'kWh per hour' },
  ]);
  t.same(checkBaseLoad(of(1.2), CHECKS), [], 'exactly 120 % is not above it');
  t.same(checkBaseLoad(of(1.25, 5), CHECKS), [], 'the mean of the week stays below');
});
