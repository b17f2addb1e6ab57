import fc from 'fast-check';
import t from 'tap';
import type { Estate } from '../../../src/domain/estate.ts';
import { type FigureQuestion, GROUPS, type Group } from '../../../src/domain/figure-question.ts';
import type { MeterDay } from '../../../src/domain/settle-meter.ts';
import { instrumentOf, residualOf } from '../../support/market-values.ts';
import { estateOf } from '../../support/memory-estate.ts';
import { marketFigureOf } from '../../support/memory-market.ts';
import { evenDays } from '../../support/memory-usage.ts';
import { randomEstates } from '../../support/random-estate.ts';

const RUNS = { numRuns: 15, seed: 20_260_401 };
const KEYS = ['A', 'B', 'C'];
const GRID_2025 = 0.177;
const GRID_2024 = 0.20705;

/** Three meters at two sites with bills of two halves of 2025/26. */
const quantities = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 6, maxLength: 6 });

function daysOf(estate: Estate, amounts: readonly number[]): MeterDay[] {
  const halves = ['2025-04-01/2025-10-01', '2025-10-01/2026-04-01'];
  return evenDays(
    estate,
    amounts.map((quantity, index) => ({
      meter: KEYS[index % KEYS.length] ?? '',
      period: halves[index < KEYS.length ? 0 : 1] ?? '',
      quantity,
    })),
  );
}

const METERS = KEYS.map((key) => ({ key, site: key === 'A' ? 'S' : 'T', from: '2015-01-01' }));

type Kg = { scope2: number; scope2Market?: number; totalMarket?: number };
const close = (a = 0, b = 0): boolean => Math.abs(a - b) <= 0.02;
const sumOf = (rows: readonly { emissionsKgCo2e: Kg | null }[], name: keyof Kg): number =>
  rows.reduce((kg, row) => kg + (row.emissionsKgCo2e?.[name] ?? 0), 0);

t.test(
  'without contracts, a residual mix that equals the grid gives the location-based figure (rule C1)',
  async (t) => {
    const property = fc.asyncProperty(quantities, async (amounts) => {
      const estate = estateOf(METERS, [], {}, { residualMixes: [residualOf(GRID_2025)] });
      const { total } = await marketFigureOf(estate, daysOf(estate, amounts), { period: '2025/26' });
      return total.emissionsKgCo2e?.scope2Market === total.emissionsKgCo2e?.scope2;
    });
    await fc.assert(property, RUNS);
    t.pass('holds');
  },
);

t.test(
  'nor does it differ in any row, with sites that are let, tenants, generation, gaps and negative days',
  async (t) => {
    const groupings = fc.subarray([...GROUPS]);
    const interval = fc.constantFrom<FigureQuestion['interval']>('total', 'month');
    const mix = residualOf(GRID_2024, { from: '2024-04-01', to: '2025-04-01' });
    const property = fc.asyncProperty(randomEstates, groupings, interval, async (made, groupBy, cut) => {
      const estate = { ...made.estate, supply: { ...made.estate.supply, residualMixes: [mix] } };
      const { rows, total } = await marketFigureOf(estate, made.days, { period: '2024/25', groupBy, interval: cut });
      return [...rows, total].every(
        ({ emissionsKgCo2e: kg }) =>
          kg === null ||
          (kg.scope2Market === kg.scope2 && kg.totalMarket === kg.total && kg.scope1Market === kg.scope1),
      );
    });
    await fc.assert(property, { ...RUNS, numRuns: 30 });
    t.pass('holds');
  },
);

const span = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 12 })).map(([from, length]) => {
  const month = (index: number): string => {
    const date = new Date(Date.UTC(2025, 3 + index, 1));
    return date.toISOString().slice(0, 10);
  };
  return { from: month(from), to: month(Math.min(12, from + length)) };
});
const certificate = fc.record({
  kWh: fc.integer({ min: 1, max: 200_000 }),
  meters: fc.uniqueArray(fc.constantFrom(...KEYS), { minLength: 1 }),
  span,
});

t.test('months add to the year and groups to the total, whatever certificates cover (rules C2, C3)', async (t) => {
  const groupings: Group[][] = [['site'], ['meter'], ['scope'], ['line']];
  const property = fc.asyncProperty(quantities, fc.array(certificate, { maxLength: 3 }), async (amounts, bought) => {
    const instruments = bought.map(({ kWh, meters, span: days }, index) =>
      instrumentOf('rego', { key: `rego-${index}`, kWh, meters, ...days }),
    );
    const estate = estateOf(METERS, [], {}, { instruments, residualMixes: [residualOf(0.3)] });
    const days = daysOf(estate, amounts);
    const { total, market } = await marketFigureOf(estate, days, { period: '2025/26' });
    const kg = total.emissionsKgCo2e;
    const months = await marketFigureOf(estate, days, { period: '2025/26', interval: 'month' });
    if (!close(sumOf(months.rows, 'scope2Market'), kg?.scope2Market)) return false;
    for (const groupBy of groupings) {
      const { rows } = await marketFigureOf(estate, days, { period: '2025/26', groupBy });
      if (!close(sumOf(rows, 'scope2Market'), kg?.scope2Market)) return false;
      if (!close(sumOf(rows, 'totalMarket'), kg?.totalMarket)) return false;
    }
    const covered = market.allocation.results.reduce((kWh, result) => kWh + result.usedKwh.toNumber(), 0);
    const inTier = total.tiers?.certificates.kWh ?? 0;
    return close(covered, inTier) && covered <= amounts.reduce((kWh, each) => kWh + each, 0) + 0.01;
  });
  await fc.assert(property, RUNS);
  t.pass('holds');
});
