import fc from 'fast-check';
import t from 'tap';
import { Decimal, ZERO } from '../../src/domain/decimal.ts';
import { explainFigure } from '../../src/domain/explanation.ts';
import type { FactorPolicy } from '../../src/domain/factor-policy.ts';
import { exactTotalKg } from '../../src/domain/figure-answer.ts';
import { type FigureQuestion, GROUPS, isLineGroup } from '../../src/domain/figure-question.ts';
import type { FigureRow } from '../../src/domain/figure-table.ts';
import type { MeterDay } from '../../src/domain/settle-meter.ts';
import { FACTOR_SETS } from '../support/factor-sets.ts';
import { estateOf } from '../support/memory-estate.ts';
import { type Asked, figureOf, type MemoryFigure, questionOf } from '../support/memory-figure.ts';
import { daysOf, usageOf, wholeDay } from '../support/memory-usage.ts';
import { holds } from '../support/property.ts';
import { RANDOM_SPAN, randomEstates } from '../support/random-estate.ts';

type Sums = { kg: Decimal; outside: Decimal; quantity: Decimal };

function sumRows(rows: readonly FigureRow[]): Sums {
  const sums: Sums = { kg: ZERO, outside: ZERO, quantity: ZERO };
  for (const { sums: row, flow } of rows) {
    if (flow !== 'use') continue;
    sums.kg = sums.kg.plus(exactTotalKg(row));
    sums.outside = sums.outside.plus(row.emissions.outsideOfScopes);
    for (const value of row.quantities.values()) sums.quantity = sums.quantity.plus(value);
  }
  return sums;
}

const near = (a: Decimal, b: Decimal): boolean => a.minus(b).abs().lt('1e-20');

function addsUp({ figure }: MemoryFigure, withQuantity = true): boolean {
  const rows = sumRows(figure.rows);
  const { total } = figure;
  const quantity = [...total.quantities.values()].reduce((sum, value) => sum.plus(value), new Decimal(0));
  const kg = near(rows.kg, exactTotalKg(total)) && near(rows.outside, total.emissions.outsideOfScopes);
  return kg && (!withQuantity || rows.quantity.equals(quantity));
}

const ESTATE = estateOf(
  [
    { key: 'EL', site: 'A', from: '2015-01-01' },
    { key: 'PV', site: 'A', direction: 'generation', from: '2015-01-01' },
    { key: 'EX', site: 'A', direction: 'export', from: '2019-11-05' },
    { key: 'GAS', site: 'B', activity: 'natural-gas', from: '2019-06-10' },
    { key: 'SUB', site: 'B', activity: 'natural-gas', parentKey: 'GAS', from: '2015-01-01' },
    { key: 'P', site: 'C', activity: 'wood-pellets', unit: 'kWh', calorificBasis: 'gross', from: '2015-01-01' },
  ],
  [
    { key: 'A', category: 'office', portfolios: [{ from: '2019-08-15', portfolio: 'corporate' }] },
    { key: 'B', category: 'school', control: 'leased-out' },
    { key: 'C', ward: 'St Michael’s', closed: { on: '2020-08-20', reason: 'sold' } },
  ],
);
const DAYS = daysOf('2019-04-01/2020-12-15');
/** Each meter uses a little more from day to day; the numbers are of no round kind. */
const filled = fc
  .array(fc.integer({ min: -1_000, max: 900_000_000 }), { minLength: 6, maxLength: 6 })
  .map((micro) =>
    ESTATE.meters.flatMap(({ id }, index) =>
      DAYS.map((day, number) => wholeDay(id, day, BigInt(micro[index] ?? 0) + BigInt(number * 7_919))),
    ),
  );
const policy = fc.constantFrom<FactorPolicy>(
  { kind: 'reporting-year' },
  { kind: 'calendar-year' },
  { kind: 'blended' },
  { kind: 'fixed', set: 'uk-2018', year: 2018, version: null },
);

t.test('months add to quarters and to years under every policy and reporting year (rule A1)', async (t) => {
  const yearStart = fc.constantFrom('04-01', '01-01', '07-01', '10-01');
  await holds(
    t,
    fc.property(filled, policy, yearStart, (days, chosen, reportingYearStart) => {
      const estate = { ...ESTATE, settings: { ...ESTATE.settings, reportingYearStart } };
      const period = '2019-04-01/2021-04-01';
      const of = (interval: FigureQuestion['interval']) => figureOf(estate, days, { period, interval, policy: chosen });
      const total = exactTotalKg(of('total').figure.total);
      return (['month', 'quarter', 'reporting-year', 'calendar-year'] as const).every((interval) => {
        const figure = of(interval);
        return addsUp(figure) && near(exactTotalKg(figure.figure.total), total);
      });
    }),
    12,
  );
});

t.test('the rows of any grouping add to the total, and the total is the same for all of them', async (t) => {
  await holds(
    t,
    fc.property(filled, fc.subarray([...GROUPS]), policy, (days, groupBy, chosen) => {
      const figure = figureOf(ESTATE, days, { period: '2019/20', groupBy, policy: chosen });
      const plain = figureOf(ESTATE, days, { period: '2019/20', policy: chosen });
      return addsUp(figure, !groupBy.some(isLineGroup)) && JSON.stringify(figure.total) === JSON.stringify(plain.total);
    }),
    40,
  );
});

t.test('the explained lines add to the figure exactly', async (t) => {
  await holds(
    t,
    fc.property(filled, policy, (days, chosen) => {
      const asked: Asked = { period: '2019-04-01/2021-04-01', groupBy: ['site', 'meter'], policy: chosen };
      const { plan, figure } = figureOf(ESTATE, days, asked);
      const segments = plan.segments.map(({ segment, stream }) => ({ ...segment, meterId: segment.meter.id, stream }));
      const usage = usageOf({ segments, cells: plan.cells }, days);
      const lines = explainFigure(plan, questionOf(asked), usage, FACTOR_SETS, ['all']);
      const kg = lines.filter(({ scope }) => scope !== 'outside').reduce((sum, line) => sum.plus(line.kg ?? 0), ZERO);
      return near(kg, exactTotalKg(figure.total)) && lines.every((line) => /^[AB]\d$/.test(line.rule));
    }),
    20,
  );
});

/** Whether each row of `other` has `k` times the emissions of its row of `once`. */
function scales(once: readonly FigureRow[], other: readonly FigureRow[], k: number): boolean {
  return (
    once.length === other.length &&
    once.every((row, index) => {
      const scaled = other[index];
      if (scaled === undefined || scaled.flow !== row.flow) return false;
      const [kg, outside] = [exactTotalKg(row.sums), row.sums.emissions.outsideOfScopes];
      const { outsideOfScopes } = scaled.sums.emissions;
      return near(exactTotalKg(scaled.sums), kg.times(k)) && near(outsideOfScopes, outside.times(k));
    })
  );
}

/** The same days with `k` times the quantities. */
const times = (days: readonly MeterDay[], k: number): MeterDay[] =>
  days.map((day) => ({ ...day, quantityMicro: day.quantityMicro === null ? null : day.quantityMicro * BigInt(k) }));

t.test('k times the quantities give k times the emissions, line by line and in every scope', async (t) => {
  const factor = fc.integer({ min: 2, max: 1000 });
  await holds(
    t,
    fc.property(filled, factor, policy, (days, k, chosen) => {
      const asked: Asked = { period: '2019-04-01/2021-04-01', groupBy: ['activity', 'scope', 'line'], policy: chosen };
      const once = figureOf(ESTATE, days, asked).figure.rows;
      return scales(once, figureOf(ESTATE, times(days, k), asked).figure.rows, k);
    }),
    20,
  );
});

const groupings = fc.subarray([...GROUPS]);
const years = fc.constantFrom('2022/23', '2023/24', '2024', '2024-05-03/2025-02-11');
const cuts = fc.constantFrom<FigureQuestion['interval']>('total', 'month', 'quarter');

t.test('sites that come, go, are let and have tenants: rows add to the total whatever is asked', async (t) => {
  await holds(
    t,
    fc.property(randomEstates, years, groupings, cuts, policy, ({ estate, days }, period, groupBy, interval, by) => {
      const figure = figureOf(estate, days, { period, groupBy, interval, policy: by });
      const plain = figureOf(estate, days, { period, policy: by });
      return addsUp(figure, !groupBy.some(isLineGroup)) && JSON.stringify(figure.total) === JSON.stringify(plain.total);
    }),
    40,
  );
});

t.test('the months of each year add to that year, asked together or alone (rule A1)', async (t) => {
  await holds(
    t,
    fc.property(randomEstates, policy, ({ estate, days }, by) => {
      const months = figureOf(estate, days, { period: RANDOM_SPAN, interval: 'month', policy: by }).figure.rows;
      const byYear = figureOf(estate, days, { period: RANDOM_SPAN, interval: 'reporting-year', policy: by }).figure
        .rows;
      return byYear.every(({ bucket, sums, flow }) => {
        const within = months.filter((row) => row.bucket.start >= bucket.start && row.bucket.end <= bucket.end);
        const alone = figureOf(estate, days, { period: bucket.label, policy: by }).figure.total;
        const kg = exactTotalKg(sums);
        return flow !== 'use' || (near(sumRows(within).kg, kg) && near(exactTotalKg(alone), kg));
      });
    }),
    15,
  );
});

t.test('emissions scale with what is used, through tenants, handovers and negative days', async (t) => {
  const asked: Asked = { period: RANDOM_SPAN, groupBy: ['site', 'line', 'scope3Category'] };
  await holds(
    t,
    fc.property(randomEstates, fc.integer({ min: 2, max: 9 }), ({ estate, days }, k) => {
      const once = figureOf(estate, days, asked).figure.rows;
      return scales(once, figureOf(estate, times(days, k), asked).figure.rows, k);
    }),
    15,
  );
});
