import fc from 'fast-check';
import t from 'tap';
import { coverageOf, forceToOne, NO_COVERAGE } from '../../src/domain/coverage.ts';
import { estateOf } from '../support/memory-estate.ts';
import { type Asked, figureOf, LATER } from '../support/memory-figure.ts';
import { billedDays, type Used } from '../support/memory-usage.ts';
import { holds } from '../support/property.ts';

const YEAR: Asked = { period: '2025/26' };

t.test(
  'five meters of a year are weighed by expected quantity, and missing energy is not missing days (rule F1)',
  async (t) => {
    const estate = estateOf([
      { key: 'A', from: '2020-01-01' },
      { key: 'B', from: '2020-01-01' },
      { key: 'C', from: '2020-01-01' },
      { key: 'D', from: '2025-12-01' },
      { key: 'E', from: '2020-01-01', to: '2025-07-01' },
    ]);
    const used: Used[] = [
      { meter: 'A', period: '2025/26', quantity: 1_000_000 },
      { meter: 'B', period: '2025-04-01/2026-01-01', quantity: 60_000 },
      { meter: 'B', period: '2026-01-01/2026-04-01', quantity: 20_000, quality: 'E' },
      { meter: 'C', period: '2025-04-01/2025-09-29', quantity: 5_000 },
      { meter: 'D', period: '2025-12-01/2026-04-01', quantity: 12_100 },
      { meter: 'E', period: '2025-04-01/2025-07-01', quantity: 9_100 },
    ];
    const { total } = figureOf(estate, billedDays(estate, used), YEAR);
    t.match(total.coverage, { actual: 0.9774, estimated: 0.018, missing: 0.0046 });
    t.same(total.coverage?.days, { expected: 1307, actual: 1033, estimated: 90, missing: 184 });
    t.equal(Math.round((184 / 1307) * 10_000) / 10_000, 0.1408, 'what meter-days would have said');
  },
);

t.test('days outside service expect nothing; a row without expected days has no coverage (rule F2)', async (t) => {
  const estate = estateOf(
    [{ key: 'M', from: '2025-07-01' }],
    [{ key: 'S', opened: { on: '2025-06-01', reason: 'opened' }, closed: { on: '2025-10-01', reason: 'closed' } }],
  );
  const days = billedDays(estate, [{ meter: 'M', period: '2025/26', quantity: 3_650 }]);
  const { total, rows } = figureOf(estate, days, { ...YEAR, interval: 'quarter' });
  t.match(total, { quantity: { value: 920, unit: 'kWh' }, coverage: { actual: 1, days: { expected: 92 } } });
  t.same(
    rows.map(({ quantity, coverage, emissionsKgCo2e }) => [
      quantity?.value,
      coverage?.actual ?? null,
      emissionsKgCo2e === null,
    ]),
    [
      [null, null, true],
      [920, 1, false],
      [null, null, true],
      [null, null, true],
    ],
  );
  t.same(rows[0]?.quantity, { value: null, unit: 'kWh' }, 'nothing known is null, in its unit');
});

t.test('a meter of unknown start expects data from its first value on (rule F2)', async (t) => {
  const estate = estateOf([{ key: 'M', firstDay: '2026-03-01' }, { key: 'N' }]);
  const days = billedDays(estate, [{ meter: 'M', period: '2026-03', quantity: 310 }]);
  t.match(figureOf(estate, days, YEAR).total.coverage, { actual: 1, days: { expected: 31 } });
});

t.test('the running year is covered as far as it has elapsed, and young days are pending (rule F3)', async (t) => {
  const estate = estateOf([{ key: 'M', from: '2020-01-01', lastDay: '2026-11-17' }]);
  const days = billedDays(estate, [{ meter: 'M', period: '2026-04-01/2026-11-18', quantity: 2_310 }]);
  const { total, rows } = figureOf(estate, days, { period: '2026/27' }, '2026-11-22');
  t.match(rows[0]?.period, { complete: false, elapsedDays: 235 });
  t.equal(total.coverage?.days.expected, 235);
  t.equal(total.coverage?.days.pending, 3, 'a half-hourly meter is three days late');
  t.equal(total.coverage?.days.missing, 1);
  t.strictSame(total.provisional, ['supplier-data-pending', 'year-running']);
  t.same(total.coverage, { ...total.coverage, missing: 0.0042, pending: 0.0128 });
});

t.test('how late a meter may be follows from it, or from what is expected of it (rule F3)', async (t) => {
  const pending = (fields: object) => {
    const estate = estateOf([{ key: 'M', from: '2020-01-01', ...fields }]);
    return figureOf(estate, [], { period: '2026/27' }, '2026-11-22').total.coverage?.days.pending;
  };
  t.equal(pending({}), 3);
  t.equal(pending({ kind: 'register' }), 35);
  t.equal(pending({ kind: 'billed' }), 45);
  t.equal(pending({ kind: 'billed', usualDelayDays: 10 }), 10);
  t.equal(pending({ kind: 'billed', lastDay: '2026-10-31' }), 21, 'what has arrived is not pending');
  t.equal(pending({ to: '2026-10-01' }), undefined, 'nothing is due of a meter that has ended');
});

t.test('an activity of which nothing is known weighs by what it would have emitted (rule F1)', async (t) => {
  const estate = estateOf([
    { key: 'EL', from: '2020-01-01' },
    { key: 'GAS', activity: 'natural-gas', from: '2020-01-01' },
  ]);
  const days = billedDays(estate, [{ meter: 'EL', period: '2025/26', quantity: 1_000 }]);
  const expectedGas = { weight: 4_000, unweighted: 0 };
  const missing = new Map([
    ['1 0', expectedGas],
    ['1 -1', expectedGas],
  ]);
  const { total, rows } = figureOf(estate, days, YEAR, LATER, missing);
  const electricityKg = total.emissionsKgCo2e?.total ?? 0;
  const gasKg = 4_000 * (0.18296 + 0.03021);
  const share = Math.round((gasKg / (gasKg + electricityKg)) * 10_000) / 10_000;
  t.ok(share > 0.5 && electricityKg > 0);
  t.equal(total.coverage?.missing, share);
  t.same(rows[0]?.coverage, total.coverage, 'the one row says the same');
  t.same(total.quantity, { value: 1_000, unit: 'kWh' });

  const byScope1 = figureOf(estate, days, { ...YEAR, scopes: [1] }, LATER, missing);
  t.match(byScope1.total.coverage, { actual: 0, missing: 1 }, 'electricity has no line of scope 1');
});

t.test('meters that nothing weighs are counted, and time decides where no weight is left (rule F1)', async (t) => {
  const day = { ...NO_COVERAGE, expectedMinutes: 1440, expectedDays: 1 };
  t.match(coverageOf({ ...day, unweighted: 2 }), { actual: 0, missing: 1, unweighted: 2 });
  t.match(coverageOf({ ...day, actualMinutes: 360 }), { actual: 0.25, missing: 0.75 }, 'a meter that used nothing');
  t.match(coverageOf({ ...day, actualMinutes: 360, actualWeight: Number.POSITIVE_INFINITY }), { actual: 0.25 });
  t.equal(coverageOf(NO_COVERAGE), null, 'nothing expected');
});

t.test('a merged hour more or less of a clock change is no tenth of a day', async (t) => {
  const short = { ...NO_COVERAGE, expectedMinutes: 1380, expectedDays: 1, actualMinutes: 1380, actualWeight: 1 };
  t.same(coverageOf(short)?.days, { expected: 1, actual: 1, estimated: 0, missing: 0 });
});

t.test('shares are four decimals that add to exactly one, within one unit of what they round', async (t) => {
  const weights = fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 4 });
  holds(
    t,
    fc.property(weights, (given) => {
      const all = given.reduce((a, b) => a + b, 0);
      fc.pre(all > 1e-6);
      const shares = forceToOne(given);
      const units = shares.reduce((sum, share) => sum + Math.round(share * 10_000), 0);
      return (
        units === 10_000 &&
        shares.every((share, index) => Math.abs(share - (given[index] ?? 0) / all) <= 0.0001 + 1e-12)
      );
    }),
    300,
  );
});
