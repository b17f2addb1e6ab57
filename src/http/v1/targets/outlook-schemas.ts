import { type Static, Type } from 'typebox';
import { localDay, oneOf } from '../../schemas/atoms.ts';
import { CoverageSchema, kg, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;

/** An amount, or null where it cannot be told. */
export const kgOrNull = (description: string) =>
  Type.Union([Type.Number(), Type.Null()], { description, 'x-unit': 'kgCO2e' });
/** A percentage, or null where there is nothing to divide by. */
export const percentOrNull = (description: string) =>
  Type.Union([Type.Number(), Type.Null()], { description, 'x-unit': 'percent' });
const label = (description: string) => Type.String({ description });
const reason = (description: string) => Type.Array(Type.String({ description: 'One reason.' }), { description });

const CUT_EXAMPLE = { years: 5, yearlyReductionPercent: 12.3, yearlyReductionKgCo2e: 98000 };

/** The cut that is needed from the present rate on. */
export const NeededCutSchema = Type.Object(
  {
    years: Type.Integer({ description: 'Years over which it is spread.', 'x-unit': 'years' }),
    yearlyReductionPercent: Type.Number({
      description:
        'Said as a rate: each year less than the one before by this much; to one decimal, 0 where none is needed.',
      'x-unit': 'percent a year',
    }),
    yearlyReductionKgCo2e: kg('Said as an amount: each year less than the one before by this much; none goes below 0.'),
  },
  {
    $id: 'NeededCut',
    ...closed,
    description: 'The yearly cut that is needed from the present rate on, said in two ways.',
    examples: [CUT_EXAMPLE],
  },
);

const cutOrNull = (description: string) => Type.Union([ref(NeededCutSchema), Type.Null()], { description });

const BUDGET_EXAMPLE = {
  start: '2020-04-01',
  end: '2025-04-01',
  kind: 'computed',
  years: ['2020/21', '2021/22', '2022/23', '2023/24', '2024/25'],
  budgetKgCo2e: 4250000,
  pathKgCo2e: 4250000,
  toDate: { until: '2024-04-01', allowedKgCo2e: 3500000, usedKgCo2e: 3400000, atLeastKgCo2e: 3400000 },
  leftKgCo2e: 850000,
  runsOutOn: '2025-03-20',
  lasts: false,
  needed: CUT_EXAMPLE,
  reasons: [],
};

/** A budget and what has become of it. */
export const BudgetStandingSchema = Type.Object(
  {
    start: localDay('First day.'),
    end: localDay('First day after.'),
    kind: oneOf(
      ['path', 'computed', 'stated'],
      'path: the whole of the path, for a target that names no budget. computed: what the path allows in the span. stated: a cap of its own.',
    ),
    source: Type.Optional(Type.String({ description: 'Where it is stated.' })),
    note: Type.Optional(Type.String({ description: 'What to know about it.' })),
    years: Type.Array(label('A year, as it is judged.'), {
      description: 'The years of the target that it is made of.',
    }),
    budgetKgCo2e: kgOrNull('What may be emitted in all of them; null where it cannot be told.'),
    pathKgCo2e: kgOrNull('The sum of what the path allows in them.'),
    toDate: Type.Object(
      {
        until: localDay('First day after the last year that is over.'),
        allowedKgCo2e: kg('The sum of what the path allows in the years that are over.'),
        usedKgCo2e: kgOrNull('What was emitted in them; null where a year has no verdict.'),
        atLeastKgCo2e: kg('What is known of that.'),
      },
      { ...closed, description: 'The years of it that are over.' },
    ),
    leftKgCo2e: kgOrNull('Budget less what was used; below 0 where it is used up.'),
    runsOutOn: Type.Union([localDay('The day.'), Type.Null()], {
      description:
        'The day on which it is used up: in a year that is over, evenly over its days, or after it at the present rate. Null where that cannot be told or is not before 2200.',
    }),
    lasts: Type.Union([Type.Boolean(), Type.Null()], {
      description: 'Whether that day is not before its end; null where it cannot be told.',
    }),
    needed: cutOrNull(
      'The cut from the present rate on that stays within it. Null where it cannot be told, or where it is used up and no cut is enough.',
    ),
    reasons: reason('Why something of it cannot be told.'),
  },
  {
    $id: 'TargetBudgetStanding',
    ...closed,
    description: 'A budget: what was allowed and used so far, what is left, when it runs out, and what would keep it.',
    examples: [BUDGET_EXAMPLE],
  },
);

/** What is ahead of a target. */
export const OUTLOOK = {
  presentRate: Type.Union(
    [Type.Object({ period: ref(PeriodSchema), kgCo2e: kg('Comparable emissions of that year.') }, closed), Type.Null()],
    {
      description:
        'What "at the present rate" means here: the last year that is over, comparable and known well enough for a verdict. Null where there is none.',
    },
  ),
  nextMilestone: Type.Union(
    [
      Type.Object(
        {
          period: ref(PeriodSchema),
          allowedKgCo2e: kg('What is allowed in that year.'),
          needed: cutOrNull('The cut from the present rate on that meets it; null where there is no present rate.'),
        },
        closed,
      ),
      Type.Null(),
    ],
    { description: 'The first milestone whose year is not over; null where there is none.' },
  ),
  budgets: Type.Array(ref(BudgetStandingSchema), {
    description:
      'The budgets of the target; for one that names none, its whole path as a budget, which no verdict goes by.',
  }),
};

const part = (description: string) =>
  Type.Object(
    {
      start: localDay('First day.'),
      end: localDay('First day after.'),
      emissionsKgCo2e: kgOrNull('Emissions of these days as far as they are known; null where nothing is.'),
      coverage: Type.Union([ref(CoverageSchema), Type.Null()], { description: 'How complete that is.' }),
    },
    { ...closed, description },
  );

const COVERAGE_EXAMPLE = {
  actual: 1,
  estimated: 0,
  missing: 0,
  days: { expected: 235, actual: 235, estimated: 0, missing: 0 },
};

/** The running year so far. */
export const RunningYearSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    soFar: part('The days of the year that are over.'),
    sameDaysOfLastYear: part('The same days of the year before.'),
    changeKgCo2e: kgOrNull('So far less the same days of last year.'),
    changePercent: percentOrNull('The same against last year, to one decimal.'),
    season: Type.Union(
      [
        Type.Object(
          {
            method: oneOf(
              ['mean-of-three-years', 'last-year'],
              'mean-of-three-years: the mean share of these days in the last three complete years of which at most 5 % is missing. last-year: there are not three; the share in last year.',
            ),
            years: Type.Array(label('A year.'), { description: 'The years that the share is taken from.' }),
            share: Type.Number({
              description: "Share of a year's emissions that falls into these days, to six decimals.",
              'x-unit': 'share of one',
            }),
            allowedKgCo2e: kg('That share of what the path allows in the year.'),
            gapKgCo2e: kgOrNull('So far less that: above 0 is too much. Null where nothing is known.'),
            gapPercent: percentOrNull('The same against what is allowed, to one decimal.'),
          },
          closed,
        ),
        Type.Null(),
      ],
      {
        description:
          'Against the share of the allowed amount that these days have by season, never by twelfths. Null where no year tells it or the year is not comparable.',
      },
    ),
    reasons: reason(
      'What to know before comparing: what is missing on either side, or why the year is not comparable.',
    ),
  },
  {
    $id: 'TargetRunningYear',
    ...closed,
    description: 'The running year so far. It has no verdict.',
    examples: [
      {
        period: { label: '2026/27', start: '2026-04-01', end: '2027-04-01', complete: false, elapsedDays: 235 },
        soFar: { start: '2026-04-01', end: '2026-11-22', emissionsKgCo2e: 310000, coverage: COVERAGE_EXAMPLE },
        sameDaysOfLastYear: { start: '2025-04-01', end: '2025-11-22', emissionsKgCo2e: 330000, coverage: null },
        changeKgCo2e: -20000,
        changePercent: -6.1,
        season: {
          method: 'mean-of-three-years',
          years: ['2025/26', '2024/25', '2023/24'],
          share: 0.512345,
          allowedKgCo2e: 300000,
          gapKgCo2e: 10000,
          gapPercent: 3.3,
        },
        reasons: [],
      },
    ],
  },
);

export const outlookSchemas = [NeededCutSchema, BudgetStandingSchema, RunningYearSchema];

export type BudgetOutput = Static<typeof BudgetStandingSchema>;
export type NeededCutOutput = Static<typeof NeededCutSchema>;
export type RunningYearOutput = Static<typeof RunningYearSchema>;
export type PartOutput = RunningYearOutput['soFar'];
