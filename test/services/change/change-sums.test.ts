import fc from 'fast-check';
import t from 'tap';
import { answeredChange, type ChangeEnds, remainderOf } from '../../../src/domain/change/change-answer.ts';
import type { ChangeQuestion } from '../../../src/domain/change/change-question.ts';
import { mergeRows, type OnBases, type SplitEnds, totalChange } from '../../../src/domain/change/change-rows.ts';
import type { ChangeSums } from '../../../src/domain/change/change-sums.ts';
import { type Decimal, ZERO } from '../../../src/domain/decimal.ts';
import type { FactorPolicy } from '../../../src/domain/factor-policy.ts';
import type { Gas } from '../../../src/domain/factor-resolution.ts';
import { GROUPS } from '../../../src/domain/figure-question.ts';
import { parsePeriod } from '../../../src/domain/period.ts';
import { type ExplainedChange, explainChange } from '../../../src/services/change/explain-change.ts';
import { memoryDeps } from '../../support/memory-deps.ts';
import { type Asked, questionOf } from '../../support/memory-figure.ts';
import { noFits } from '../../support/no-fits.ts';
import { holdsInTime } from '../../support/property.ts';
import { type RandomEstate, randomEstates } from '../../support/random-estate.ts';
import { randomSupplies } from '../../support/random-supply.ts';

const near = (a: Decimal, b: Decimal): boolean => a.minus(b).abs().lt('1e-20');
const PARTS = ['boundary', 'openedClosed', 'missingData', 'factor', 'weather', 'use'] as const;
const policy = fc.constantFrom<FactorPolicy>(
  { kind: 'reporting-year' },
  { kind: 'calendar-year' },
  { kind: 'blended' },
  { kind: 'fixed', set: 'uk-2019', year: 2019, version: null },
);
/** Pairs of periods: years with and without 29 February, months, quarters that follow each other, cut ones. */
const periods = fc.constantFrom<[string, string]>(
  ['2023/24', '2024/25'],
  ['2022/23', '2024/25'],
  ['2023', '2024'],
  ['2024-02', '2023-02'],
  ['2024/25-Q1', '2024/25-Q2'],
  ['2022-06-17/2023-06-17', '2023-06-17/2024-06-17'],
  ['2022-05-03/2022-06-20', '2023-07-08/2023-08-25'],
);

/** Deciles need a table, which is not kept in memory. */
const groups = fc.subarray(GROUPS.filter((group) => group !== 'imdDecile'));

const explain = ({ estate, days }: RandomEstate, comparedWith: string, asked: Asked): Promise<ExplainedChange> => {
  const figure = questionOf({ ...asked, scopes: [1, 2, 3] });
  const question: ChangeQuestion = { figure, comparedWith: parsePeriod(comparedWith), anyLengths: false };
  return explainChange({ figures: memoryDeps(estate, days), published: null, weatherOf: noFits }, question);
};

function rowsOf({ question, first, second, splits }: ExplainedChange) {
  const figures = { first: first.figure, second: second.figure, published: null };
  return {
    rows: mergeRows(figures, question.figure, splits),
    total: totalChange(figures, question.figure, splits),
  };
}

/** Printed numbers in whole grams, so that their sum is exact. */
const grams = (kg: number | null): number => Math.round((kg ?? 0) * 1000);

function footsInPrint(sums: ChangeSums, ends: ChangeEnds): boolean {
  const { changeKgCo2e, parts, factorByKind, roundingKgCo2e = 0 } = answeredChange(sums, ends);
  const all = Object.values(parts).reduce<number>((sum, kg) => sum + grams(kg), 0);
  const kinds = factorByKind.reduce((sum, { kgCo2e }) => sum + grams(kgCo2e), 0);
  return all === grams(changeKgCo2e) && kinds === grams(parts.factor) && Math.abs(grams(roundingKgCo2e)) <= 3;
}

function addsUp({ sums, ends }: SplitEnds): boolean {
  return near(remainderOf(sums, ends), ZERO) && footsInPrint(sums, ends);
}

/** Whether all that a change says on one of its bases adds up: every row in itself, the rows to the total, what came and went. */
function foots(explained: ExplainedChange, side: keyof OnBases<unknown>): boolean {
  const { rows, total } = rowsOf(explained);
  const made = explained.splits[side];
  const whole = total[side];
  if (made === null || whole === null) return false;
  const splits = rows.flatMap((row) => row[side] ?? []);
  const sum = (part: (typeof PARTS)[number]) => splits.reduce((kg, { sums }) => kg.plus(sums[part]), ZERO);
  const left = made.split.departures.reduce((kg, departure) => kg.plus(departure.kg), ZERO);
  return (
    splits.length === rows.length &&
    addsUp(whole) &&
    splits.every(addsUp) &&
    PARTS.every((part) => near(sum(part), whole.sums[part])) &&
    near(left, whole.sums.boundary.plus(whole.sums.openedClosed))
  );
}

const isSame = (a: ChangeSums, b: ChangeSums | undefined): boolean =>
  PARTS.every((part) => near(a[part], b?.[part] ?? ZERO));

/** A change with the sign of every part turned. */
function negated(sums: ChangeSums): ChangeSums {
  return { ...sums, ...Object.fromEntries(PARTS.map((part) => [part, sums[part].negated()])) };
}

function isMirrored(there: ExplainedChange, back: ExplainedChange): boolean {
  const rows = rowsOf(there).rows;
  const others = new Map(rowsOf(back).rows.map((row) => [JSON.stringify(row.dims), row.lead.sums]));
  return (
    isSame(there.splits.lead.split.total, negated(back.splits.lead.split.total)) &&
    rows.every(({ dims, lead }) => {
      const other = others.get(JSON.stringify(dims));
      return isSame(lead.sums, other === undefined ? undefined : negated(other));
    })
  );
}

t.test('the parts add up to the change in every grouping, and groups to totals (rule G1)', async (t) => {
  await holdsInTime(
    t,
    fc.asyncProperty(randomEstates, periods, groups, policy, async (made, [from, to], groupBy, by) =>
      foots(await explain(made, from, { period: to, groupBy, policy: by }), 'lead'),
    ),
    60,
  );
});

t.test('swapping the periods turns the sign of every part and nothing else', async (t) => {
  await holdsInTime(
    t,
    fc.asyncProperty(randomEstates, periods, policy, async (made, [from, to], by) => {
      const there = await explain(made, from, { period: to, groupBy: ['site', 'line'], policy: by });
      const back = await explain(made, to, { period: from, groupBy: ['site', 'line'], policy: by });
      return isMirrored(there, back);
    }),
    40,
  );
});

const gases = fc.constantFrom<Gas>('co2e', 'co2');

t.test('both hold on the market basis, whatever is bought, and it leaves the location basis as it is', async (t) => {
  await holdsInTime(
    t,
    fc.asyncProperty(randomSupplies, periods, groups, policy, gases, async (made, [from, to], groupBy, by, gas) => {
      const asked = { period: to, groupBy, policy: by, gas } as const;
      const market = await explain(made, from, { ...asked, basis: 'market' });
      const both = await explain(made, from, { ...asked, basis: 'both' });
      const location = await explain(made, from, asked);
      const back = await explain(made, to, { ...asked, period: from, basis: 'market' });
      return (
        foots(market, 'lead') &&
        foots(both, 'beside') &&
        isMirrored(market, back) &&
        isSame(both.splits.lead.split.total, location.splits.lead.split.total) &&
        isSame(market.splits.lead.split.total, both.splits.beside?.split.total)
      );
    }),
    60,
  );
});

t.test('where nothing is bought and no residual mix is known, both bases split alike (rules C1, G1)', async (t) => {
  await holdsInTime(
    t,
    fc.asyncProperty(randomEstates, periods, groups, policy, async (made, [from, to], groupBy, by) => {
      const explained = await explain(made, from, { period: to, groupBy, policy: by, basis: 'both' });
      const { lead, beside } = explained.splits;
      const kinds = [...(beside?.split.total.factorByKind.keys() ?? [])];
      return (
        isSame(lead.split.total, beside?.split.total) &&
        rowsOf(explained).rows.every((row) => isSame(row.lead.sums, row.beside?.sums)) &&
        !kinds.includes('contract') &&
        !kinds.includes('residualMix')
      );
    }),
    30,
  );
});
