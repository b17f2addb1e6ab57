import t from 'tap';
import { roundKg } from '../../../src/domain/decimal.ts';
import type { Target } from '../../../src/domain/targets/target.ts';
import { type TargetProgress, targetProgress } from '../../../src/services/targets/target-progress.ts';
import { memoryDeps } from '../../support/memory-deps.ts';
import { estateOf, type SiteFields } from '../../support/memory-estate.ts';
import { areaTargetOf, targetOf } from '../../support/memory-target.ts';
import { evenDays, type Used } from '../../support/memory-usage.ts';

const GAS = { key: 'GAS', activity: 'natural-gas' as const, from: '2015-01-01', kind: 'billed' as const };

/** Progress of a target from gas used in financial years, as of 22 November 2026. */
async function progress(target: Target, used: Record<string, number>, sites: SiteFields[] = [], today?: string) {
  const estate = estateOf([GAS, { ...GAS, key: 'GAS-T', site: 'T' }], sites);
  const readings = Object.entries(used).flatMap(([period, quantity]): Used[] => [
    { meter: 'GAS', period, quantity },
    { meter: 'GAS-T', period, quantity: quantity / 10 },
  ]);
  return targetProgress(memoryDeps(estate, evenDays(estate, readings), today), target, null);
}

const summary = ({ years }: TargetProgress, ...wanted: number[]) =>
  years
    .filter(({ year }) => wanted.includes(year))
    .map(({ year, allowedKg, actualKg, verdict }) => [
      year,
      roundKg(allowedKg),
      actualKg === null ? null : roundKg(actualKg),
      verdict?.status ?? null,
    ]);

const FALLING = { '2022/23': 1_000_000, '2023/24': 900_000, '2024/25': 950_000, '2025/26': 500_000 };
const OWN = targetOf({
  baseline: { period: '2022/23', kind: 'computed' },
  milestones: [{ period: '2026/27', reductionPercent: 40 }],
});

t.test(
  'each complete year is set against what the path allows; the running one has no verdict (rules H1, H6)',
  async (t) => {
    const found = await progress(OWN, { ...FALLING, '2026-04-01/2026-11-01': 100_000 });
    const startKg = roundKg(found.startKg);
    t.equal(startKg, 200794);
    t.equal(found.startPeriod.label, '2022/23');
    t.same(summary(found, 2022, 2023, 2024, 2025, 2026), [
      [2022, 200794, 200794, null],
      [2023, 180714.6, 181099.637, 'off-track'],
      [2024, 160635.2, 191130.5, 'off-track'],
      [2025, 140555.8, 100628, 'on-track'],
      [2026, 120476.4, roundKg(found.years[4]?.actualKg ?? found.startKg), null],
    ]);
    t.same(found.years[4]?.provisional, ['year-running']);
  },
);

t.test('a target with a budget is also judged by what has been used of it since the baseline (rule H6)', async (t) => {
  const budgets = [{ start: '2023-04-01', end: '2027-04-01', kgCo2e: 602_382, source: 'a test' }];
  const found = await progress({ ...OWN, budgets }, FALLING);
  const last = found.years.find(({ year }) => year === 2025);
  t.match(last?.verdict, { status: 'on-track', annual: 'within', budget: 'within' });
  t.equal(roundKg(last?.cumulative?.allowedKg ?? found.startKg), 481905.6);
  t.equal(roundKg(last?.cumulative?.actualKg ?? found.startKg), 472858.137);
  const tight = await progress({ ...OWN, budgets }, { ...FALLING, '2024/25': 1_100_000 });
  t.match(tight.years.find(({ year }) => year === 2025)?.verdict, {
    status: 'off-track',
    annual: 'within',
    budget: 'over',
  });
});

t.test('a milestone that is over is met or missed (rule H6)', async (t) => {
  const milestones = [
    { period: '2024/25', reductionPercent: 10 },
    { period: '2025/26', reductionPercent: 40 },
  ];
  t.same(summary(await progress({ ...OWN, milestones }, FALLING), 2024, 2025), [
    [2024, 180714.6, 191130.5, 'missed'],
    [2025, 120476.4, 100628, 'met'],
  ]);
});

t.test('a year with too little data gets no verdict, unless what is known is too much already (rule H6)', async (t) => {
  const found = await progress(OWN, {
    '2022/23': 1_000_000,
    '2023-04-01/2024-03-01': 850_000,
    '2024-04-01/2024-09-01': 900_000,
  });
  t.match(
    found.years.slice(1, 4).map(({ verdict }) => verdict?.status),
    new Array(3).fill('insufficient-data'),
  );
  t.match(found.years[1]?.verdict, { alreadyExceedsByKg: null, reasons: [/8.46 % of the year is missing/] });
  t.ok(found.years[2]?.verdict?.alreadyExceedsByKg?.gt(0));
  t.same(found.years[3]?.actualKg, null);
});

t.test('what may still arrive of a year that has just ended is not there to be judged (rules F3, H6)', async (t) => {
  const late = { '2022/23': 1_000_000, '2023/24': 900_000, '2024/25': 950_000, '2025-04-01/2026-03-01': 400_000 };
  const found = await progress(OWN, late, [], '2026-04-02');
  const last = found.years.find(({ year }) => year === 2025);
  t.match(last?.coverage, { missing: 0, pending: 0.0848 });
  t.match(last?.verdict, { status: 'insufficient-data', reasons: [/8.48 % of the year is missing/] });
});

t.test(
  'a path counts from a published figure, or from data; never from a year of which there is none (rules H3, H5)',
  async (t) => {
    const published = {
      period: '2019/20',
      kind: 'published' as const,
      emissionsKgCo2e: 300_000,
      source: 'the annual report',
    };
    const found = await progress(
      { ...OWN, baseline: published, milestones: [{ period: '2029/30', reductionPercent: 60 }] },
      FALLING,
    );
    t.same(summary(found, 2022, 2025), [
      [2022, 246000, 200794, 'on-track'],
      [2025, 192000, 100628, 'on-track'],
    ]);
    const tooEarly = { ...OWN, baseline: { period: '2012/13', kind: 'computed' as const } };
    await t.rejects(progress(tooEarly, FALLING), {
      code: 'baseline-outside-data',
      message: /no data: expected meter data for 2012-04-01/,
    });
  },
);

t.test('an area target needs the area’s index in a year with data, and says both ways out (rule H3)', async (t) => {
  await t.rejects(progress(areaTargetOf(), FALLING), {
    code: 'baseline-outside-data',
    message: /baseline\.emissionsKgCo2e with its source.*rebasing with its source/,
  });
  const rebased = areaTargetOf({ rebasing: { period: '2022/23', index: 0.82, source: 'the city’s inventory' } });
  const found = await progress(rebased, { '2022/23': 10_000_000, '2023/24': 9_000_000 });
  const at2027 = found.years.find(({ year }) => year === 2027);
  const ratio = at2027?.allowedKg.div(found.startKg).times(10_000);
  t.equal(ratio?.toFixed(3), '3780.488', 'of 10,000 t, 3,780.488 t are allowed in 2027/28');
  t.equal(found.years[0]?.period.label, '2022/23');
  t.equal(at2027?.period.label, '2027/28', 'which holds 275 days of 2027');
});

t.test(
  'a site that was let moves the baseline from five percent on, and one that joined needs a past (rules D5, H6)',
  async (t) => {
    const change = (reason: 'let' | 'insourced', control: 'leased-out' | 'operated'): SiteFields => ({
      key: 'T',
      controls: [
        { from: null, control: 'operated', scope3Category: null, reason: null },
        { from: '2024-04-01', control, scope3Category: null, reason },
      ],
    });
    const let1 = await progress(OWN, FALLING, [change('let', 'leased-out')]);
    t.match(let1.years[2], { verdict: { status: 'off-track' }, recalculation: { status: 'recalculated' } });
    t.equal(roundKg(let1.recalculation.baselineKg), 182540, 'without T');
    t.equal(let1.years[1]?.verdict?.status, 'off-track', 'the year before is not touched');
    const opened: SiteFields = { key: 'T', opened: { on: '2024-04-01', reason: 'acquired' } };
    const joined = await progress(OWN, FALLING, [opened]);
    t.equal(roundKg(joined.recalculation.baselineKg), 200794, 'with T, of which there is data');
    const unknown = await progress(OWN, FALLING, [{ ...opened, key: 'U' }, opened].slice(0, 1));
    t.match(unknown.years[2]?.verdict, {
      status: 'not-comparable',
      reasons: [/recalculation-incomplete: U \(acquired on 2024-04-01\)/],
    });
    const withScope3 = await progress({ ...OWN, scopes: [1, 2, 3] }, FALLING, [change('let', 'leased-out')]);
    t.equal(withScope3.years[2]?.verdict?.status, 'off-track', 'it stays inside scope 3');
  },
);
