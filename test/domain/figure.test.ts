import t from 'tap';
import { roundKg, roundQuantity } from '../../src/domain/decimal.ts';
import { appliedSets } from '../../src/domain/figure-answer.ts';
import { figureNotices } from '../../src/domain/figure-notices.ts';
import { FACTOR_SETS } from '../support/factor-sets.ts';
import { dec, estateOf } from '../support/memory-estate.ts';
import { type Asked, figureOf, LATER, questionOf } from '../support/memory-figure.ts';
import { billedDays } from '../support/memory-usage.ts';

const GRID = estateOf([{ key: 'EL', from: '2015-01-01' }]);
const THOUSAND_A_DAY = billedDays(GRID, [
  { meter: 'EL', period: '2019/20', quantity: 366_000 },
  { meter: 'EL', period: '2020/21', quantity: 365_000 },
]);
const grid = (asked: Asked) => figureOf(GRID, THOUSAND_A_DAY, asked);

t.test(
  'the February of a reporting year is one number, asked alone, by month or in a calendar year (rules A1, A3)',
  async (t) => {
    const february = grid({ period: '2020-02' }).rows[0];
    t.match(february, {
      quantity: { value: 29_000, unit: 'kWh' },
      emissionsKgCo2e: { scope2: 7412.4, scope3: 1751.02, total: 9163.42, outsideOfScopes: 0 },
      notQuantified: ['electricity.outside-of-scopes'],
      sets: ['uk-2019'],
    });
    t.notOk(february?.incomplete, 'CO2 outside of scopes is in no total');
    for (const period of ['2019/20', '2020', '2020-Q1', '2019/20-Q4'])
      t.same(
        grid({ period, interval: 'month' }).rows.find((row) => row.period.label === '2020-02'),
        february,
        period,
      );

    t.match(grid({ period: '2020' }).total.emissionsKgCo2e, { scope2: 87373.1 });
    t.match(grid({ period: '2020-Q1' }).total.emissionsKgCo2e, { scope2: 23259.6 });
    const calendar = grid({ period: '2020', policy: { kind: 'calendar-year' } });
    t.match(calendar.total.emissionsKgCo2e, { scope2: 85329.24 });
  },
);

const notices = (asked: Asked, today = LATER) =>
  figureNotices(questionOf(asked), GRID, figureOf(GRID, [], asked, today).plan, FACTOR_SETS, today, true);

t.test('a period across reporting years names the sets of its parts (rule A1)', async (t) => {
  t.match(notices({ period: '2020' }), [
    /^2020 lies in more than one reporting year: 2020-01-01 to 2020-03-31 uses uk-2019, 2020-04-01 to 2020-12-31 uses uk-2020\. .*factors=calendar-year/,
  ]);
  t.same(notices({ period: '2019/20' }), []);
  t.same(notices({ period: '2020-02' }), [], 'a part of one year has one set');
  t.same(notices({ period: '2008-01-01/2009-01-01' }), [], 'before the first set there is none to name');
  t.same(notices({ period: '2020', policy: { kind: 'calendar-year' } }), []);
  t.match(notices({ period: '2019/20', policy: { kind: 'fixed', set: 'uk-2017', year: 2017, version: null } }), [
    /an analysis/,
  ]);
  t.match(notices({ period: '2019/20' }, '2020-02-01'), [/is not over: figures run to the end of 2020-01-31/]);
});

t.test(
  'an answer names each set it took, from when to when, and both of a blend with their days (rules A1, A2)',
  async (t) => {
    const applied = (asked: Asked) => appliedSets(grid({ interval: 'month', ...asked }).plan.cells, FACTOR_SETS);
    t.match(applied({ period: '2020' }), [
      { set: 'uk-2019', from: '2020-01-01', to: '2020-04-01', provisional: false },
      { set: 'uk-2020', from: '2020-04-01', to: '2021-01-01', provisional: false },
    ]);
    t.match(applied({ period: '2019/20', policy: { kind: 'blended' } }), [
      { set: 'uk-2019', from: '2019-04-01', to: '2020-04-01', days: 275 },
      { set: 'uk-2020', from: '2019-04-01', to: '2020-04-01', days: 91 },
    ]);
    t.match(applied({ period: '2027/28' }), [{ set: 'uk-2026', provisional: true }]);
    t.same(applied({ period: '2008/09' }), [], 'before the first set there is none');
  },
);

t.test(
  'a factor of an earlier or later set makes a figure provisional only where it moves the total (rules A4, A7)',
  async (t) => {
    const estate = estateOf([{ key: 'P', activity: 'wood-pellets', from: '2015-01-01' }]);
    const days = billedDays(estate, [{ meter: 'P', period: '2026-04-01/2026-10-01', quantity: 20 }]);
    const { total } = figureOf(estate, days, { period: '2026-04-01/2026-10-01' });
    t.same(total.carriedForward, [
      { line: 'wood-pellets.outside-of-scopes', fromSet: 'uk-2025' },
      { line: 'wood-pellets.wtt', fromSet: 'uk-2025' },
    ]);
    t.notOk(total.provisional, 'neither line is scope 1 or 2');
    t.match(total.emissionsKgCo2e, { scope1: 1145.05, outsideOfScopes: 33543.6, scope3: 3540 });

    const oil = estateOf([{ key: 'O', activity: 'fuel-oil', from: '2010-01-01' }]);
    const oilDays = billedDays(oil, [{ meter: 'O', period: '2013/14', quantity: 1_000 }]);
    t.same(figureOf(oil, oilDays, { period: '2013/14' }).total.provisional, ['line-carried-forward']);
    const future = billedDays(GRID, [{ meter: 'EL', period: '2028/29', quantity: 1_000 }]);
    t.same(figureOf(GRID, future, { period: '2028/29' }).total.provisional, ['factor-set-not-published']);
  },
);

t.test('a scope 1 or 2 line without a factor makes a total incomplete, and is listed, not 0 (rule A4)', async (t) => {
  const estate = estateOf([{ key: 'GAS', activity: 'natural-gas', from: '2000-01-01' }]);
  const days = billedDays(estate, [{ meter: 'GAS', period: '2008/09', quantity: 1_000 }]);
  const { total } = figureOf(estate, days, { period: '2008/09' });
  t.match(total, { incomplete: true, notQuantified: ['natural-gas.combustion', 'natural-gas.wtt'], sets: [] });
});

t.test('only reported lines are added, and those left out are named (rule A9)', async (t) => {
  const noWtt = ['generation', 'td-losses'];
  const estate = estateOf([{ key: 'EL', from: '2015-01-01' }], [], { reportedLines: noWtt });
  const days = billedDays(estate, [{ meter: 'EL', period: '2024/25', quantity: 10_000 }]);
  const { total, figure } = figureOf(estate, days, { period: '2024/25' });
  t.match(total.emissionsKgCo2e, { scope2: 2070.5, scope3: 183, outsideOfScopes: 0, total: 2253.5 });
  t.same([...figure.excludedLines].sort(), ['outside-of-scopes', 'wtt-generation', 'wtt-td']);
  const asked = figureOf(estate, days, { period: '2024/25', lines: ['wtt-td'] });
  t.match(asked.total.emissionsKgCo2e, { scope2: 0, scope3: 39.7, total: 39.7 });
});

t.test('a let building moves to category 13, its upstream lines beside it (rule D1)', async (t) => {
  const meters = [{ key: 'GAS', activity: 'natural-gas' as const, from: '2015-01-01' }];
  const estate = estateOf(meters, [{ key: 'S', control: 'leased-out' }]);
  const days = billedDays(estate, [{ meter: 'GAS', period: '2025/26', quantity: 100_000 }]);
  const { total, rows } = figureOf(estate, days, { period: '2025/26', groupBy: ['scope3Category'] });
  t.match(total.emissionsKgCo2e, { scope1: 0, scope2: 0, scope3: 21317 });
  t.same(total.emissionsKgCo2e?.scope3ByCategory, [
    { category: 13, upstream: false, kgCo2e: 18296 },
    { category: 13, upstream: true, kgCo2e: 3021 },
  ]);
  t.same(
    rows.map((row) => row.scope3Category),
    [13],
  );
});

t.test('control changes by the day: a part-year counts its days (rule D1)', async (t) => {
  const controls = [
    { from: null, control: 'operated' as const, scope3Category: null, reason: null },
    { from: '2025-07-01', control: 'outside' as const, scope3Category: null, reason: 'academised' as const },
  ];
  const estate = estateOf([{ key: 'GAS', activity: 'natural-gas', from: '2015-01-01' }], [{ key: 'S', controls }]);
  const days = billedDays(estate, [{ meter: 'GAS', period: '2025/26', quantity: 36_500 }]);
  const { rows, total } = figureOf(estate, days, { period: '2025/26' });
  t.match(total, {
    quantity: { value: 9_100 },
    emissionsKgCo2e: { scope1: 1664.936 },
    coverage: { days: { expected: 91 } },
  });
  t.match(rows[1], { flow: 'outside-boundary', inTotal: false, quantity: { value: 27_400 }, emissionsKgCo2e: null });
});

t.test('sub-meters and an own heat network are shown beside the total, and are in none (rules B6, B9)', async (t) => {
  const estate = estateOf([
    { key: 'GAS', activity: 'natural-gas', from: '2015-01-01' },
    { key: 'SUB', activity: 'natural-gas', parentKey: 'GAS', from: '2015-01-01' },
    { key: 'HEAT', activity: 'district-heat', heatNetwork: 'council', from: '2015-01-01' },
  ]);
  const days = billedDays(estate, [
    { meter: 'GAS', period: '2025/26', quantity: 100_000 },
    { meter: 'SUB', period: '2025/26', quantity: 30_000 },
    { meter: 'HEAT', period: '2025/26', quantity: 80_000 },
  ]);
  const { rows, total } = figureOf(estate, days, { period: '2025/26' });
  t.match(total, { quantity: { value: 100_000 }, emissionsKgCo2e: { scope1: 18296, scope2: 0 } });
  t.same(
    rows.map(({ flow, inTotal, quantity }) => [flow, inTotal, quantity?.value]),
    [
      [undefined, undefined, 100_000],
      ['own-heat-network', false, 80_000],
      ['sub-meter', false, 30_000],
    ],
  );
});

t.test('net kWh of wood count at gross calorific value in the total, and as metered in rows (rule B9)', async (t) => {
  const estate = estateOf([
    { key: 'W', activity: 'wood-pellets', unit: 'kWh', calorificBasis: 'net', from: '2015-01-01' },
    { key: 'GAS', activity: 'natural-gas', from: '2015-01-01' },
  ]);
  const days = billedDays(estate, [
    { meter: 'W', period: '2024/25', quantity: 96_000 },
    { meter: 'GAS', period: '2024/25', quantity: 100_000 },
  ]);
  const asked: Asked = { period: '2024/25', groupBy: ['activity'] };
  const { rows, total, plan } = figureOf(estate, days, asked);
  t.same(total.quantity, { value: 203_860, unit: 'kWh' });
  t.same(
    rows.map((row) => row.quantity?.value),
    [100_000, 96_000],
  );
  const said = figureNotices(questionOf(asked), estate, plan, FACTOR_SETS, LATER, false);
  t.match(said, [/gross calorific value.*Rows show what was metered/]);
});

t.test('litres and tonnes of fuel count as kWh in the total, and as metered in rows (rule B9)', async (t) => {
  const estate = estateOf([
    { key: 'OIL', activity: 'gas-oil', unit: 'litre', from: '2015-01-01' },
    { key: 'P', activity: 'wood-pellets', from: '2015-01-01' },
    { key: 'GAS', activity: 'natural-gas', from: '2015-01-01' },
  ]);
  const days = billedDays(estate, [
    { meter: 'OIL', period: '2024/25', quantity: 1_000 },
    { meter: 'P', period: '2024/25', quantity: 20 },
    { meter: 'GAS', period: '2024/25', quantity: 100_000 },
  ]);
  const { rows, total } = figureOf(estate, days, { period: '2024/25', groupBy: ['activity'] });
  t.same(total.quantity, { value: 214_602, unit: 'kWh' }, '10,742 of oil, 103,860 of pellets, 100,000 of gas');
  t.same(
    rows.map((row) => row.quantity),
    [
      { value: 1_000, unit: 'litre' },
      { value: 100_000, unit: 'kWh' },
      { value: 20, unit: 'tonne' },
    ],
  );
});

t.test('energy, water and fuel of unknown properties are never added (rule B9)', async (t) => {
  const estate = estateOf([
    { key: 'EL', from: '2015-01-01' },
    { key: 'W', activity: 'water', from: '2015-01-01' },
    { key: 'HVO', activity: 'hvo', unit: 'litre', from: '2015-01-01' },
  ]);
  const days = billedDays(estate, [
    { meter: 'EL', period: '2024/25', quantity: 10 },
    { meter: 'W', period: '2024/25', quantity: 20 },
  ]);
  const { total } = figureOf(estate, days, { period: '2024/25' });
  t.equal(total.quantity, undefined);
  t.same(total.quantities, [
    { value: 10, unit: 'kWh' },
    { value: null, unit: 'litre' },
    { value: 20, unit: 'm3' },
  ]);
});

t.test('nothing known is null as a whole, and a period that has not begun has nothing', async (t) => {
  const { total, rows } = figureOf(GRID, [], { period: '2024/25' });
  t.match(total, { quantity: { value: null, unit: 'kWh' }, emissionsKgCo2e: null, coverage: { missing: 1 } });
  t.equal(rows[0]?.emissionsKgCo2e, null);
  const future = figureOf(GRID, [], { period: '2031/32' });
  t.same([future.rows, future.total.quantities, future.total.coverage], [[], [], null]);
});

t.test('a credit below half a gram is 0, and not the minus zero that prints a sign', async (t) => {
  for (const rounded of [roundKg(dec('-0.0004')), roundQuantity(dec('-0.0000004')), roundKg(dec('-0'))])
    t.ok(Object.is(rounded, 0));
  t.equal(roundKg(dec('-0.0005')), -0.001, 'half away from zero');
  t.equal(roundKg(dec('2.0005')), 2.001);
});
