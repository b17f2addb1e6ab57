import fc from 'fast-check';
import t from 'tap';
import { sum } from '../../../src/domain/decimal.ts';
import { financialYear } from '../../../src/domain/period.ts';
import {
  type BudgetContext,
  type BudgetYear,
  budgetStanding,
  budgetYears,
  isCapBroken,
  type PresentRate,
  runsOutOn,
} from '../../../src/domain/targets/budget.ts';
import { outlookOf } from '../../../src/domain/targets/outlook.ts';
import type { Target } from '../../../src/domain/targets/target.ts';
import { trajectoryOf } from '../../../src/domain/targets/trajectory.ts';
import { dec } from '../../support/memory-estate.ts';
import { areaTargetOf, targetOf } from '../../support/memory-target.ts';
import { holds } from '../../support/property.ts';

/** A year of a target; one with emissions is over. `null` is a year that is over and not known. */
function yearOf(year: number, allowedKg: number, used?: number | null): BudgetYear {
  const kg = used == null ? null : dec(used);
  const period = financialYear(year);
  return { year, period, allowedKg: dec(allowedKg), isOver: used !== undefined, countedKg: kg, knownKg: kg };
}

const rateOf = (year: number, kg: number): PresentRate => ({ year, period: financialYear(year), kg: dec(kg) });

function context(years: readonly BudgetYear[], rate: PresentRate | null, target: Target = targetOf()): BudgetContext {
  const known = new Map(years.map(({ year, allowedKg }) => [year, allowedKg]));
  return { target, years, allowedIn: (year) => known.get(year) ?? null, rate, reportingYearStart: '04-01' };
}

// Manchester City Council, Climate Change Action Plan, Annual Report 2020-21: annual caps and emissions, in tonnes of CO2.
const MANCHESTER = [
  yearOf(2018, 41_087, 37_173),
  yearOf(2019, 35_745, 32_284),
  yearOf(2020, 31_099, 25_501),
  yearOf(2021, 27_056),
];

t.test(
  'what is left of a budget is what was allowed less what was used, as a council publishes it (rule H1)',
  async (t) => {
    const span = { start: '2018-04-01', end: '2021-04-01' };
    const found = budgetStanding(span, 'computed', context(MANCHESTER, rateOf(2020, 25_501)));
    t.equal(Number(found.toDate.usedKg), 94_958, 'as it is printed');
    t.equal(Number(found.leftKg), 12_973, '"12,973 tonnes under-budget", the first year named by the span');
    t.equal(found.needed, null, 'no year is left');
    t.match(found, { kind: 'computed', years: [2018, 2019, 2020], reasons: [], toDate: { until: '2021-04-01' } });
  },
);

t.test('a budget spans whole years of its target, and no other', async (t) => {
  const years = (start: string, end: string, yearBasis: Target['yearBasis'], from = '04-01') =>
    budgetYears({ yearBasis }, { start, end }, from);
  t.same(years('2020-04-01', '2023-04-01', 'reporting'), [2020, 2021, 2022]);
  t.same(years('2020-01-01', '2022-01-01', 'calendar'), [2020, 2021]);
  t.same(years('2020-01-01', '2022-01-01', 'reporting', '01-01'), [2020, 2021]);
  t.equal(years('2020-01-01', '2022-01-01', 'reporting'), null);
  t.equal(years('2020-04-01', '2022-01-01', 'reporting'), null);
  t.equal(years('2020-04-01', '2022-04-01', 'calendar'), null);
});

t.test('a budget runs out inside a year that is over, or at the present rate after it', async (t) => {
  const counted = [yearOf(2023, 400, 366), yearOf(2024, 400, 365)];
  const daily = rateOf(2024, 365);
  const on = (budget: number, rate: PresentRate | null = daily) => runsOutOn(dec(budget), counted, rate);
  t.equal(on(100), '2023-07-10', 'on the 101st day of 2023/24, a kilogram a day');
  t.equal(on(366), '2024-04-01', 'a year that uses exactly what there is leaves nothing for the next');
  t.equal(on(466), '2024-07-10');
  t.equal(on(731 + 635), '2026-12-27', '635 days after 1 April 2025');
  t.equal(on(100_000), null, 'not before 2200');
  t.equal(on(1000, null), null, 'no present rate');
  t.equal(on(1000, rateOf(2024, 0)), null, 'nothing is used any more');
  t.equal(on(100, null), '2023-07-10', 'what has happened needs no rate');
  t.equal(runsOutOn(dec(10), [], daily), null, 'it has not begun');
});

t.test('a year without a verdict leaves open what was used, and says at least how much', async (t) => {
  const years = [yearOf(2020, 100, 90), { ...yearOf(2021, 100, null), knownKg: dec(70) }, yearOf(2022, 100, 95)];
  const span = { start: '2020-04-01', end: '2024-04-01', kgCo2e: 350, source: 'a decision' };
  const allowed = context([...years, yearOf(2023, 100)], rateOf(2022, 95));
  const found = budgetStanding(span, 'stated', allowed);
  t.match(found, { leftKg: null, runsOutOn: null, needed: null });
  t.equal(Number(found.budgetKg), 350);
  t.equal(Number(found.pathKg), 400);
  t.equal(Number(found.toDate.atLeastKg), 255);
  t.same(found.reasons, ['what was used is not known: 2021/22 has no verdict']);
});

t.test('the cut that keeps a budget is counted from the present rate', async (t) => {
  const years = [yearOf(2020, 1000, 1000), yearOf(2021, 900), yearOf(2022, 810), yearOf(2023, 729)];
  const found = budgetStanding(
    { start: '2020-04-01', end: '2024-04-01' },
    'computed',
    context(years, rateOf(2020, 1000)),
  );
  t.equal(Number(found.budgetKg), 3439, 'the baseline year is in it because the span names it');
  t.equal(Number(found.leftKg), 2439);
  t.equal(Number(found.needed?.yearlyShare.toFixed(6)), 0.1);
  t.equal(Number(found.needed?.yearlyKg), 93.5);
  const stale = budgetStanding({ start: '2020-04-01', end: '2024-04-01' }, 'computed', context(years, rateOf(2019, 1)));
  t.equal(stale.needed, null, 'a year that is over came after that rate');
});

t.test('a budget that is none of the estate, or none of its years, says so', async (t) => {
  const cap = { start: '2023-01-01', end: '2028-01-01', kgCo2e: 1.95e12, source: 'Carbon Budget Order' };
  const area = areaTargetOf({ budgets: [cap] });
  t.match(budgetStanding(cap, 'stated', context(MANCHESTER, null, area)), {
    budgetKg: null,
    reasons: ["it is a cap of the area, and none of the council's estate"],
  });
  t.match(budgetStanding(cap, 'stated', context(MANCHESTER, null)).reasons, [
    'it is not made of whole years of the target',
  ]);
  const early = { start: '2015-04-01', end: '2020-04-01' };
  t.match(budgetStanding(early, 'computed', context(MANCHESTER, null)).reasons, ['it starts before the path does']);
  t.equal(isCapBroken(area, MANCHESTER, '04-01'), false);
});

t.test('a cap is broken once what is known of its years is more', async (t) => {
  const cap = (kgCo2e: number) =>
    targetOf({ budgets: [{ start: '2019-04-01', end: '2022-04-01', kgCo2e, source: 'a decision' }] });
  t.equal(isCapBroken(cap(57_785), MANCHESTER, '04-01'), false, '32,284 + 25,501: all of it, and not more');
  t.equal(isCapBroken(cap(57_784), MANCHESTER, '04-01'), true);
});

t.test('a path without a budget of its own is shown as one, without its baseline year (rule H1)', async (t) => {
  const target = targetOf({ milestones: [{ period: '2029/30', reductionPercent: 60 }] });
  const trajectory = trajectoryOf(target, { year: 2019, kg: dec(1_000_000), index: dec(1) });
  const years = Array.from({ length: 12 }, (_, index) => {
    const year = yearOf(2019 + index, 0, index < 3 ? [1_000_000, 950_000, 900_000][index] : undefined);
    return { ...year, allowedKg: trajectory.allowedKg(year.year) ?? dec(0) };
  });
  const plain = {
    target,
    trajectory,
    years,
    startKg: dec(1_000_000),
    reportingYearStart: '04-01',
    startsFromData: true,
  };
  const { rate, budgets, nextMilestone } = outlookOf(plain);
  t.match(rate, { year: 2021 });
  t.match(budgets, [{ kind: 'path', budget: { start: '2020-04-01', end: '2030-04-01' } }]);
  t.equal(Number(budgets[0]?.budgetKg), 6_700_000);
  t.equal(Number(budgets[0]?.leftKg), 4_850_000, 'less 950 and 900 t');
  // 4,850,000 kg at 900,000 a year (365 days) from 1 April 2022: 1,966 days.
  t.equal(budgets[0]?.runsOutOn, '2027-08-19');
  t.equal(nextMilestone?.period.label, '2029/30');
  t.equal(Number(nextMilestone?.allowedKg), 400_000);
  t.equal(Number(nextMilestone?.needed?.yearlyKg), 62_500, '(900 − 400) ÷ 8 t');
  t.equal(nextMilestone?.needed?.yearlyShare.toFixed(4), '0.0964', '1 − (4/9)^(1/8)');
  const published = outlookOf({
    ...plain,
    years: years.map((year, index) => (index === 0 ? year : { ...year, isOver: false })),
    startsFromData: false,
  });
  t.equal(published.rate, null, 'a published baseline is no present');
});

t.test('a budget is the sum of the allowances of its years (rule H1)', async (t) => {
  const span = fc.tuple(fc.integer({ min: 2020, max: 2035 }), fc.integer({ min: 1, max: 12 }));
  holds(
    t,
    fc.property(
      fc.integer({ min: 1, max: 99 }),
      fc.integer({ min: 1, max: 9_999_999 }),
      span,
      (percent, kg, [from, n]) => {
        const target = targetOf({
          path: 'constantRate',
          milestones: [{ period: '2040/41', reductionPercent: percent }],
        });
        const { allowedKg } = trajectoryOf(target, { year: 2019, kg: dec(kg), index: dec(1) });
        const found = budgetStanding({ start: `${from}-04-01`, end: `${from + n}-04-01` }, 'computed', {
          ...context([], null, target),
          allowedIn: allowedKg,
        });
        const years = Array.from({ length: n }, (_, index) => allowedKg(from + index) ?? dec(0));
        return found.budgetKg?.eq(sum(years)) === true && found.leftKg?.eq(found.budgetKg) === true;
      },
    ),
    150,
  );
});
