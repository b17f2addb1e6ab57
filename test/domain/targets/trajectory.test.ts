import fc from 'fast-check';
import t from 'tap';
import { Decimal, roundKg, sum } from '../../../src/domain/decimal.ts';
import type { PathKind, Target } from '../../../src/domain/targets/target.ts';
import { type Trajectory, trajectoryOf } from '../../../src/domain/targets/trajectory.ts';
import { dec } from '../../support/memory-estate.ts';
import { areaTargetOf, targetOf } from '../../support/memory-target.ts';
import { holds } from '../../support/property.ts';

const THOUSAND_TONNES = 1_000_000;

/** The path of a target from an amount in its baseline year. */
function pathOf(target: Target, baselineKg: number | string): Trajectory {
  return trajectoryOf(target, { year: 2019, kg: dec(baselineKg), index: new Decimal(1) });
}

/** Kilograms allowed in years, rounded as on the way out. */
function allowed(target: Target, baselineKg: number | string, ...years: number[]): (number | null)[] {
  const { allowedKg } = pathOf(target, baselineKg);
  return years.map((year) => {
    const kg = allowedKg(year);
    return kg === null ? null : roundKg(kg);
  });
}

const yearsFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** The sum of the yearly allowances (rule H1). */
function budget(target: Target, baselineKg: number, first: number, last: number): number {
  const { allowedKg } = pathOf(target, baselineKg);
  return roundKg(sum(yearsFrom(first, last).map((year) => allowedKg(year) ?? dec(0))));
}

t.test('a linear path goes straight from the baseline to the milestone (rule H1)', async (t) => {
  t.same(allowed(targetOf(), THOUSAND_TONNES, 2018, 2019, 2024, 2029, 2035), [
    null,
    1_000_000,
    700_000,
    400_000,
    400_000,
  ]);
  t.equal(budget(targetOf(), THOUSAND_TONNES, 2020, 2029), 6_700_000, 'and not the 7,000 t of the area under the line');
});

// Manchester City Council, Climate Change Action Plan, Annual Report 2020-21, "Total Council emissions against annual
// budgets": annual caps in tonnes of CO2, and 119,988 t for the five years from 2020/21.
const MANCHESTER = { 2018: 41_087, 2019: 35_745, 2020: 31_099, 2021: 27_056, 2022: 23_538, 2023: 20_478, 2024: 17_816 };

t.test('a constant rate cuts each year by the same percentage of the year before (rule H1)', async (t) => {
  const target = targetOf({
    path: 'constantRate',
    yearlyReductionPercent: 13,
    baseline: { period: '2018/19', kind: 'computed' },
    milestones: [{ period: '2024/25' }],
  });
  t.same(
    allowed(target, 41_087, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2030),
    [null, 41_087, 35_745.69, 31_098.75, 27_055.913, 23_538.644, 20_478.62, 17_816.4, 17_816.4],
    'the published caps, which were cut to whole tonnes in some years and rounded in others',
  );
  for (const [year, cap] of Object.entries(MANCHESTER)) {
    const [kg] = allowed(target, 41_087, Number(year));
    t.ok(Math.abs((kg ?? 0) - cap) < 1, `${year}: ${kg} for ${cap} t as printed`);
  }
  t.equal(Math.round(budget(target, 41_087, 2020, 2024)), 119_988, 'the budget as it is printed');
});

t.test('yearly values of one’s own are taken as they are (rule H1)', async (t) => {
  const year = (of: number) => ({ period: `${of}/${(of + 1) % 100}`, emissionsKgCo2e: MANCHESTER[of as 2020] });
  const target = targetOf({
    path: 'own',
    allowances: [2020, 2021, 2022, 2023].map(year),
    milestones: [year(2024)],
  });
  t.same(allowed(target, 35_745, 2018, 2019, 2020, 2023, 2024, 2030), [null, 35_745, 31_099, 20_478, 17_816, 17_816]);
  t.equal(budget(target, 35_745, 2020, 2024), 119_987, '31,099 + 27,056 + 23,538 + 20,478 + 17,816');
});

t.test('steps hold the last milestone until the next (rule H1)', async (t) => {
  const target = targetOf({
    path: 'steps',
    milestones: [
      { period: '2022/23', reductionPercent: 20 },
      { period: '2025/26', emissionsKgCo2e: 500_000 },
    ],
  });
  const kg = allowed(target, THOUSAND_TONNES, ...yearsFrom(2018, 2026));
  t.same(kg, [null, 1_000_000, 1_000_000, 1_000_000, 800_000, 800_000, 800_000, 500_000, 500_000]);
  t.equal(budget(target, THOUSAND_TONNES, 2020, 2025), 4_900_000, '2 × 1,000 + 3 × 800 + 500 t');
});

t.test('without a rate, each leg of a constant rate has the one that leads to its milestone (rule H1)', async (t) => {
  const target = targetOf({
    path: 'constantRate',
    milestones: [
      { period: '2021/22', reductionPercent: 51 },
      { period: '2024/25', reductionPercent: 93.875 },
    ],
  });
  // 30 % a year to 490 t, then 50 % a year to 61.25 t.
  t.same(
    allowed(target, THOUSAND_TONNES, ...yearsFrom(2019, 2025)),
    [1_000_000, 700_000, 490_000, 245_000, 122_500, 61_250, 61_250],
  );
  t.same(allowed(target, 0, 2020), [0], 'nothing stays nothing');
});

t.test('a path may bend at amounts, and net zero is a point of it by its residual alone (rules H1, H7)', async (t) => {
  const milestones = [
    { period: '2021/22', emissionsKgCo2e: 900_000 },
    { period: '2023/24', reductionPercent: 50 },
  ];
  const netZero = { period: '2033/34', netZero: true as const };
  const plain = targetOf({ milestones: [...milestones, netZero] });
  t.same(allowed(plain, THOUSAND_TONNES, 2020, 2021, 2022, 2023, 2033), [950_000, 900_000, 700_000, 500_000, 500_000]);
  t.equal(pathOf(plain, 1).lastYear, 2023);
  t.equal(pathOf(targetOf({ milestones: [netZero] }), 1).lastYear, 2019);
  const percent = targetOf({ milestones: [...milestones, { ...netZero, residualPercent: 10 }] });
  t.same(allowed(percent, THOUSAND_TONNES, 2028, 2033, 2040), [300_000, 100_000, 100_000]);
  const amount = targetOf({ milestones: [...milestones, { ...netZero, residualKg: 20_000 }] });
  t.same(allowed(amount, THOUSAND_TONNES, 2028, 2033), [260_000, 20_000]);
});

t.test('amounts keep their share of a baseline that is recalculated (rule D5)', async (t) => {
  const { allowedKg } = pathOf(targetOf({ milestones: [{ period: '2029/30', emissionsKgCo2e: 400_000 }] }), 1_300_000);
  t.equal(roundKg(allowedKg(2029) ?? dec(0)), 400_000);
  t.equal(roundKg(allowedKg(2029, dec(1_160_000)) ?? dec(0)), 356_923.077, '400 × 1,160 ÷ 1,300');
  t.equal(roundKg(allowedKg(2019, dec(1_160_000)) ?? dec(0)), 1_160_000);
});

t.test('an area’s reduction counts from where the area stood when the estate’s data begins (rule H3)', async (t) => {
  const rebased = (tonnes: number) => ({ year: 2022, kg: dec(tonnes), index: dec('0.82') });
  const kg = trajectoryOf(areaTargetOf(), rebased(10_000_000)).allowedKg(2027);
  t.equal(roundKg(kg ?? dec(0)), 3_780_487.805);
  t.equal(roundKg(trajectoryOf(areaTargetOf(), rebased(10_000)).allowedKg(2027) ?? dec(0)), 3780.488, 'not 3,100');
});

t.test('what is a round number comes out as one, whatever is divided on the way (rule H1)', async (t) => {
  const sevenths = targetOf({ milestones: [{ period: '2026/27', reductionPercent: 60 }] });
  t.ok(pathOf(sevenths, 700_000).allowedKg(2020)?.eq(640_000), '700 − 420 ÷ 7 t, not a hair less');
  const ninths = targetOf({ milestones: [{ period: '2028/29', reductionPercent: 60 }] });
  t.ok(pathOf(ninths, THOUSAND_TONNES).allowedKg(2022)?.eq(800_000));
});

type Made = { target: Target; baselineKg: number };

/** A target of any kind with milestones every three years, in percent and in amounts. */
const anyTarget = fc
  .record({
    path: fc.constantFrom<PathKind>('linear', 'constantRate', 'steps', 'own'),
    baselineKg: fc.integer({ min: 1, max: 5_000_000 }),
    left: fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), fc.boolean()), { minLength: 1, maxLength: 5 }),
  })
  .map(({ path, baselineKg, left }): Made => {
    const amount = ([percent, asKg]: [number, boolean]) =>
      asKg ? { emissionsKgCo2e: baselineKg + percent } : { reductionPercent: 100 - percent };
    const step = path === 'own' ? 1 : 3;
    const milestones = left.map((entry, index) => {
      const year = 2019 + step * (index + 1);
      return { period: `${year}/${(year + 1) % 100}`, ...amount(entry) };
    });
    return { target: targetOf({ path, milestones }), baselineKg };
  });

t.test('every milestone is met exactly, and its amount stays after the last (rule H1)', async (t) => {
  holds(
    t,
    fc.property(anyTarget, ({ target, baselineKg }) => {
      const { allowedKg, lastYear } = pathOf(target, baselineKg);
      const isMet = target.milestones.every(({ period, emissionsKgCo2e, reductionPercent }) => {
        const stated =
          emissionsKgCo2e ??
          dec(baselineKg)
            .times(100 - (reductionPercent ?? 0))
            .div(100);
        return allowedKg(Number(period.slice(0, 4)))?.eq(stated) === true;
      });
      return isMet && allowedKg(lastYear + 7)?.eq(allowedKg(lastYear) ?? -1) === true;
    }),
    300,
  );
});

t.test('no year of a path lies outside the milestones around it, and none before the baseline (rule H1)', async (t) => {
  holds(
    t,
    fc.property(anyTarget, fc.integer({ min: 2010, max: 2045 }), ({ target, baselineKg }, year) => {
      const { allowedKg } = pathOf(target, baselineKg);
      const kg = allowedKg(year);
      if (year < 2019) return kg === null;
      const years = [2019, ...target.milestones.map(({ period }) => Number(period.slice(0, 4)))];
      const before = allowedKg(years.findLast((point) => point <= year) ?? 2019);
      const after = allowedKg(years.find((point) => point >= year) ?? year);
      if (kg === null || before === null || after === null) return false;
      return kg.gte(Decimal.min(before, after)) && kg.lte(Decimal.max(before, after));
    }),
    300,
  );
});
