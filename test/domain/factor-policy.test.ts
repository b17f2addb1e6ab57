import fc from 'fast-check';
import t from 'tap';
import { roundKg } from '../../src/domain/decimal.ts';
import {
  type FactorPolicy,
  type FactorYears,
  factorSpans,
  isWholeReportingYears,
  parseFactorPolicy,
  policyName,
} from '../../src/domain/factor-policy.ts';
import { factorAsDisplayed, factorValue, type Gas, resolveFactor } from '../../src/domain/factor-resolution.ts';
import { dayOfNumber, lengthDays } from '../../src/domain/local-day.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { FACTOR_SETS } from '../support/factor-sets.ts';
import { dec } from '../support/memory-estate.ts';
import { holds } from '../support/property.ts';

const GRID = 'electricity.grid.generation';
const GAS = 'gas.natural.gross_cv';

function yearsOf(day: string, policy: FactorPolicy, yearStart = '04-01'): FactorYears {
  return factorSpans(parsePeriod(day), policy, yearStart)[0]?.years ?? [];
}

function resolved(years: FactorYears, key: string, gas: Gas = 'co2e') {
  const factor = resolveFactor(FACTOR_SETS, years, key, gas);
  if ('missing' in factor) throw new Error(factor.reason);
  return factor;
}

/** Kilograms of a quantity, rounded as on the way out. */
function kg(quantity: number, years: FactorYears, key: string, gas: Gas = 'co2e'): number {
  const { weighted, days } = resolved(years, key, gas);
  return roundKg(dec(quantity).times(weighted).div(days));
}

t.test('policies are read by name or by set, and named as they were read', async (t) => {
  for (const name of ['reporting-year', 'calendar-year', 'blended', '2019', '2019@1.03'])
    t.equal(policyName(parseFactorPolicy(name)), name);
  t.same(parseFactorPolicy('uk-2019'), { kind: 'fixed', set: 'uk-2019', year: 2019, version: null });
  for (const name of ['', 'majority', '19', '2019@', 'reporting'])
    t.throws(() => parseFactorPolicy(name), { code: 'invalid-request', message: /expected reporting-year/ }, name);
});

t.test('the set of a day follows from the policy and its reporting year (rule A1)', async (t) => {
  const sets: [day: string, policy: string, yearStart: string, year: number][] = [
    ['2020-02-15', 'reporting-year', '04-01', 2019],
    ['2020-03-31', 'reporting-year', '04-01', 2019],
    ['2020-04-01', 'reporting-year', '04-01', 2020],
    ['2020-02-15', 'calendar-year', '04-01', 2020],
    ['2020-02-15', 'reporting-year', '01-01', 2020],
    ['2020-02-15', '2017', '04-01', 2017],
    // A year from June begins in its majority year; one from July ends in it.
    ['2020-02-15', 'reporting-year', '06-01', 2019],
    ['2020-02-15', 'reporting-year', '07-01', 2020],
    ['2020-08-15', 'reporting-year', '07-01', 2021],
    ['2020-02-15', 'reporting-year', '10-01', 2020],
    ['2020-12-15', 'reporting-year', '10-01', 2021],
  ];
  for (const [day, policy, yearStart, year] of sets)
    t.same(yearsOf(day, parseFactorPolicy(policy), yearStart), [{ year, days: 1 }], `${day} ${policy} ${yearStart}`);
});

t.test('1,000 kWh a day of February 2020 by each policy (rule A1)', async (t) => {
  const february = (policy: FactorPolicy) => kg(29_000, yearsOf('2020-02-15', policy), GRID);
  t.equal(february({ kind: 'reporting-year' }), 7412.4);
  t.equal(february({ kind: 'calendar-year' }), 6761.06);
  t.equal(february({ kind: 'blended' }), 7250.455);
});

t.test('blended weighs both sets by the days of the reporting year in each, and divides last (rule A2)', async (t) => {
  t.same(yearsOf('2019-06-01', { kind: 'blended' }), [
    { year: 2019, days: 275 },
    { year: 2020, days: 91 },
  ]);
  t.same(yearsOf('2021-03-31', { kind: 'blended' }), [
    { year: 2020, days: 275 },
    { year: 2021, days: 90 },
  ]);
  t.same(yearsOf('2021-03-31', { kind: 'blended' }, '01-01'), [{ year: 2021, days: 365 }]);

  const blended: FactorPolicy = { kind: 'blended' };
  const gas = yearsOf('2019-06-01', blended);
  t.equal(kg(11_942_414, gas, GAS), 2195672.2);
  t.equal(kg(11_942_414, gas, 'gas.natural.wtt.gross_cv'), 285543.119);
  t.equal(kg(11_942_414, yearsOf('2019-06-01', { kind: 'reporting-year' }), GAS), 2195612.814);

  const grid = yearsOf('2020-06-01', blended);
  t.equal(kg(5_377_929, grid, GRID), 1226214.961);
  t.equal(kg(5_377_929, grid, 'electricity.grid.td_losses'), 106156.635);
  t.equal(kg(5_377_929, grid, 'electricity.grid.wtt_generation'), 203666.591);
  t.equal(kg(5_377_929, grid, 'electricity.grid.wtt_td'), 17708.12);
  t.equal(kg(5_377_929, yearsOf('2020-06-01', { kind: 'reporting-year' }), GRID), 1253810.367);
});

t.test('factors are the stored numbers, and displayed with five decimals (rule A5)', async (t) => {
  const year = yearsOf('2023-06-01', { kind: 'reporting-year' });
  t.equal(kg(1_000_000, year, GRID), 207074.289);
  t.equal(factorAsDisplayed(factorValue(resolved(year, GRID))), '0.20707');
  t.equal(kg(1_000_000, year, GAS), 182928.926);
});

t.test('CO2e is the published total, and gas=co2 the published part or nothing (rule A6)', async (t) => {
  const year = yearsOf('2025-06-01', { kind: 'reporting-year' });
  t.equal(kg(1_000_000, year, GRID), 177000);
  t.equal(kg(1_000_000, year, GRID, 'co2'), 174890);
  t.match(resolveFactor(FACTOR_SETS, year, 'gas.natural.wtt.gross_cv', 'co2'), {
    missing: true,
    reason: /the 2025 set publishes no CO2 part/,
  });
  t.match(resolveFactor(FACTOR_SETS, [{ year: 2026, days: 1 }], GRID, 'co2'), {
    missing: true,
    reason: /the 2026 set/,
  });
});

t.test('a line that a set lacks comes from the newest earlier one, never from a later one (rule A4)', async (t) => {
  const [source] = resolved([{ year: 2026, days: 1 }], 'biomass.wood_pellets.wtt.tonne').sources;
  t.match(source, { set: { year: 2025 }, carriedForward: true, notPublished: false, yearAsked: 2026 });
  t.match(resolveFactor(FACTOR_SETS, [{ year: 2010, days: 1 }], GAS, 'co2e'), {
    missing: true,
    reason: /no factor for gas.natural.gross_cv in the 2010 set or any earlier one/,
  });
  t.match(resolveFactor(FACTOR_SETS, [{ year: 2008, days: 1 }], GRID, 'co2e'), { missing: true });
});

t.test('a set that is not out is stood in for by the newest one, and that is said (rule A7)', async (t) => {
  const newest = Math.max(...FACTOR_SETS.map((set) => set.year));
  const [source] = resolved([{ year: newest + 1, days: 1 }], GRID).sources;
  t.match(source, { set: { year: newest }, carriedForward: false, notPublished: true });

  const { sources, days } = resolved(
    [
      { year: newest, days: 275 },
      { year: newest + 1, days: 90 },
    ],
    GRID,
  );
  t.equal(days, 365);
  t.same(
    sources.map((each) => [each.set.year, each.notPublished]),
    [
      [newest, false],
      [newest, true],
    ],
    'blended: the set that is out stands for both',
  );
});

t.test('a blended line that the first of its sets cannot have is not quantified (rules A2, A4)', async (t) => {
  const years = yearsOf('2020-06-01', { kind: 'blended' });
  const outside = resolveFactor(FACTOR_SETS, years, 'electricity.grid.biogenic_outside_scopes', 'co2e');
  t.match(outside, { missing: true, reason: /in the 2020 set/ });
});

t.test('sets that arrive in any order give the same factor', async (t) => {
  const reversed = [...FACTOR_SETS].reverse();
  for (const year of [2013, 2019, 2026, 2030]) {
    const forwards = resolveFactor(FACTOR_SETS, [{ year, days: 1 }], 'fuel.fuel_oil.gross_cv', 'co2e');
    const backwards = resolveFactor(reversed, [{ year, days: 1 }], 'fuel.fuel_oil.gross_cv', 'co2e');
    t.same(backwards, forwards, `${year}`);
  }
});

t.test('whole reporting years are told from parts of them', async (t) => {
  t.ok(isWholeReportingYears(parsePeriod('2019-04-01/2021-04-01'), '04-01'));
  t.notOk(isWholeReportingYears(parsePeriod('2020'), '04-01'));
  t.ok(isWholeReportingYears(parsePeriod('2020'), '01-01'));
});

const policy: fc.Arbitrary<FactorPolicy> = fc.oneof(
  fc.constantFrom<FactorPolicy>({ kind: 'reporting-year' }, { kind: 'calendar-year' }, { kind: 'blended' }),
  fc
    .integer({ min: 2010, max: 2026 })
    .map((year): FactorPolicy => ({ kind: 'fixed', set: `uk-${year}`, year, version: null })),
);
const yearStart = fc.integer({ min: 1, max: 12 }).map((month) => `${String(month).padStart(2, '0')}-01`);

t.test('the factors of a day do not depend on the span that is asked (rule A1)', async (t) => {
  const start = fc.integer({ min: 15_000, max: 21_000 });
  await holds(
    t,
    fc.property(
      start,
      fc.integer({ min: 1, max: 900 }),
      fc.nat(899),
      policy,
      yearStart,
      (from, days, at, chosen, year) => {
        const span = { start: dayOfNumber(from), end: dayOfNumber(from + days) };
        const day = dayOfNumber(from + (at % days));
        const spans = factorSpans(span, chosen, year);
        const holding = spans.find((part) => part.start <= day && day < part.end);
        const alone = factorSpans({ start: day, end: dayOfNumber(from + (at % days) + 1) }, chosen, year)[0];
        const filled = spans.reduce((sum, part) => sum + lengthDays(part), 0);
        return JSON.stringify(holding?.years) === JSON.stringify(alone?.years) && filled === days;
      },
    ),
    400,
  );
});
