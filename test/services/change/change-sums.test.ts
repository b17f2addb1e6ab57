import fc from 'fast-check';
import t from 'tap';
import { answeredChange, type ChangeEnds, remainderOf } from '../../../src/domain/change/change-answer.ts';
import type { ChangeQuestion } from '../../../src/domain/change/change-question.ts';
import { mergeRows, totalEnds } from '../../../src/domain/change/change-rows.ts';
import type { ChangeSums } from '../../../src/domain/change/change-sums.ts';
import { type Decimal, ZERO } from '../../../src/domain/decimal.ts';
import type { FactorPolicy } from '../../../src/domain/factor-policy.ts';
import { GROUPS } from '../../../src/domain/figure-question.ts';
import { parsePeriod } from '../../../src/domain/period.ts';
import { type ExplainedChange, explainChange } from '../../../src/services/change/explain-change.ts';
import { memoryDeps } from '../../support/memory-deps.ts';
import { type Asked, questionOf } from '../../support/memory-figure.ts';
import { noFits } from '../../support/no-fits.ts';
import { holdsInTime } from '../../support/property.ts';
import { type RandomEstate, randomEstates } from '../../support/random-estate.ts';

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

function rowsOf({ question, first, second, split }: ExplainedChange) {
  const figures = { first: first.figure, second: second.figure, published: null };
  return { rows: mergeRows(figures, question.figure, split), ends: totalEnds(figures, question.figure) };
}

/** Printed numbers in whole grams, so that their sum is exact. */
const grams = (kg: number | null): number => Math.round((kg ?? 0) * 1000);

function footsInPrint(sums: ChangeSums, ends: ChangeEnds): boolean {
  const { changeKgCo2e, parts, factorByKind, roundingKgCo2e = 0 } = answeredChange(sums, ends);
  const all = Object.values(parts).reduce<number>((sum, kg) => sum + grams(kg), 0);
  const kinds = factorByKind.reduce((sum, { kgCo2e }) => sum + grams(kgCo2e), 0);
  return all === grams(changeKgCo2e) && kinds === grams(parts.factor) && Math.abs(grams(roundingKgCo2e)) <= 3;
}

t.test('the parts add up to the change in every grouping, and groups to totals (rule G1)', async (t) => {
  await holdsInTime(
    t,
    fc.asyncProperty(randomEstates, periods, groups, policy, async (made, [from, to], groupBy, by) => {
      const explained = await explain(made, from, { period: to, groupBy, policy: by });
      const { rows, ends } = rowsOf(explained);
      const { total, departures } = explained.split;
      const sum = (part: (typeof PARTS)[number]) => rows.reduce((kg, row) => kg.plus(row.sums[part]), ZERO);
      const left = departures.reduce((kg, departure) => kg.plus(departure.kg), ZERO);
      return (
        near(remainderOf(total, ends), ZERO) &&
        rows.every((row) => near(remainderOf(row.sums, row.ends), ZERO) && footsInPrint(row.sums, row.ends)) &&
        PARTS.every((part) => near(sum(part), total[part])) &&
        near(left, total.boundary.plus(total.openedClosed)) &&
        footsInPrint(total, ends)
      );
    }),
    60,
  );
});

t.test('swapping the periods turns the sign of every part and nothing else', async (t) => {
  await holdsInTime(
    t,
    fc.asyncProperty(randomEstates, periods, policy, async (made, [from, to], by) => {
      const there = await explain(made, from, { period: to, groupBy: ['site', 'line'], policy: by });
      const back = await explain(made, to, { period: from, groupBy: ['site', 'line'], policy: by });
      const backRows = new Map(rowsOf(back).rows.map((row) => [JSON.stringify(row.dims), row.sums]));
      return (
        PARTS.every((part) => near(there.split.total[part], back.split.total[part].negated())) &&
        rowsOf(there).rows.every(({ dims, sums }) =>
          PARTS.every((part) => near(sums[part], backRows.get(JSON.stringify(dims))?.[part].negated() ?? ZERO)),
        )
      );
    }),
    40,
  );
});
