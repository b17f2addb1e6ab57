import { type Static, Type } from 'typebox';
import { ALLOCATION_GROUPS } from '../../../domain/targets/allocation.ts';
import { YEAR_STATUSES } from '../../../domain/targets/target-status.ts';
import { LIMITS } from '../../../limits.ts';
import { NOT_ALLOCATED } from '../../../services/targets/target-allocation.ts';
import { asOf } from '../../schemas/as-of.ts';
import { oneOf, text } from '../../schemas/atoms.ts';
import { CoverageSchema, kg, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { PAGE_QUERY } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { kgOrNull } from './outlook-schemas.ts';
import { ANSWERED_AS_OF } from './progress-schemas.ts';

const closed = { additionalProperties: false } as const;
const shareOf = (description: string) =>
  Type.Number({ description: `${description} To six decimals; those of all parts add to 1.`, 'x-unit': 'share' });

const AMOUNTS = {
  period: ref(PeriodSchema),
  milestone: Type.Boolean({ description: 'True for a year the target names.' }),
  allowedKgCo2e: kg('What may be emitted in the year.'),
  actualKgCo2e: kgOrNull('What was emitted, as reported and as far as it is known; null where nothing is.'),
  comparableKgCo2e: kgOrNull(
    'The same as judged: a site that was transferred counts for all of its year or not at all.',
  ),
  gapKgCo2e: kgOrNull('Comparable less allowed: above 0 is too much. Null where nothing is known or comparable.'),
};

const BUDGET = Type.Object(
  {
    start: Type.String({ description: 'First day.', format: 'date' }),
    end: Type.String({ description: 'First day after.', format: 'date' }),
    allowedKgCo2e: kg('Sum of the yearly allowances as they are given here.'),
    usedKgCo2e: kgOrNull('Of the years that are over; null where one of them is not known well enough.'),
    atLeastKgCo2e: kg('The known part of it.'),
    leftKgCo2e: kgOrNull('Allowed less used.'),
  },
  {
    ...closed,
    description:
      'The path after the baseline year, to its last amount. A cap that the target states is the estate’s, and is not divided.',
  },
);

const PERIOD = { label: '2024/25', start: '2024-04-01', end: '2025-04-01' };
const WHOLE_YEAR = {
  period: PERIOD,
  milestone: false,
  allowedKgCo2e: 700000,
  actualKgCo2e: 690000,
  comparableKgCo2e: 690000,
  gapKgCo2e: -10000,
};
const EXAMPLE_BUDGET = {
  start: '2020-04-01',
  end: '2030-04-01',
  allowedKgCo2e: 6700000,
  usedKgCo2e: 4050000,
  atLeastKgCo2e: 4050000,
  leftKgCo2e: 2650000,
};
const PART_EXAMPLE = {
  part: 'CH-001',
  kind: 'site',
  name: 'Council House',
  share: 0.25,
  baselineKgCo2e: 250000,
  baselineCoverage: null,
  budget: {
    ...{ ...EXAMPLE_BUDGET, allowedKgCo2e: 1675000, usedKgCo2e: 1000000 },
    ...{ atLeastKgCo2e: 1000000, leftKgCo2e: 675000 },
  },
  years: [
    {
      ...{ ...WHOLE_YEAR, share: 0.25, allowedKgCo2e: 175000, actualKgCo2e: 171000, comparableKgCo2e: 171000 },
      ...{ gapKgCo2e: -4000, coverage: null, status: 'on-track', reasons: [] },
    },
  ],
};

/** One part of a target. */
export const AllocatedPartSchema = Type.Object(
  {
    part: Type.Union([Type.String(), Type.Null()], {
      description: 'Key of the site, the portfolio, category or stated line; null for sites that are in none.',
    }),
    kind: oneOf([...ALLOCATION_GROUPS, 'line'], 'What the part is. line: stated beside the estate.'),
    name: Type.Optional(Type.String({ description: 'Name of the site, where it is one.' })),
    share: shareOf('Of the baseline.'),
    notAllocated: Type.Optional(
      oneOf(
        NOT_ALLOCATED,
        'Why the part has no share. not-in-baseline: nothing of it was in service and in the boundary in the year that shares are of. no-data: something was, and has no data. not-positive: its figure is 0 or less. Absent where it has one.',
      ),
    ),
    sitesWithoutBaseline: Type.Optional(
      Type.Array(Type.String({ description: 'Key of a site.' }), {
        description:
          'Sites of the part of which nothing is known in the year that shares are of: they have no share of its allowance, and their emissions count. Absent: none.',
      }),
    ),
    baselineKgCo2e: kgOrNull(
      'What the part has in the baseline; of a published figure its share of it. Null where nothing is known.',
    ),
    baselineCoverage: Type.Union([ref(CoverageSchema), Type.Null()], {
      description: 'How complete the data is that the share is told by.',
    }),
    budget: BUDGET,
    years: Type.Array(
      Type.Object(
        {
          ...AMOUNTS,
          share: shareOf('Of what the target allows in the year: another one where the baseline is recalculated.'),
          coverage: Type.Union([ref(CoverageSchema), Type.Null()], { description: 'How complete the figure is.' }),
          status: Type.Unsafe<(typeof YEAR_STATUSES)[number] | null>({
            type: ['string', 'null'],
            enum: [...YEAR_STATUSES, null],
            description:
              'By the rule of the whole (H6), on the data of the part. Null for the baseline year, a year that is not over, a stated line, and a published target of an area.',
          }),
          reasons: Type.Array(Type.String({ description: 'One reason.' }), {
            description: 'Why there is no verdict on the amounts.',
          }),
        },
        { ...closed, description: 'One year of the part.' },
      ),
      { description: 'Every year of the target.' },
    ),
  },
  { $id: 'AllocatedPart', ...closed, description: 'One part of a target.', examples: [PART_EXAMPLE] },
);

/** One page of a target that is allocated. */
export const AllocationSchema = Type.Object(
  {
    target: Type.String({ description: 'Key of the target.' }),
    by: oneOf(ALLOCATION_GROUPS, 'What it is allocated to.'),
    asOf: ANSWERED_AS_OF,
    sharesOf: ref(PeriodSchema),
    whole: Type.Object(
      {
        baselineKgCo2e: kg('The baseline of the target.'),
        parts: Type.Integer({ description: 'Parts in all, on every page.', 'x-unit': 'parts' }),
        budget: BUDGET,
        years: Type.Array(Type.Object(AMOUNTS, { ...closed, description: 'One year of the target.' }), {
          description: 'Every year of the target.',
        }),
      },
      { ...closed, description: 'What all parts add up to, to the gram.' },
    ),
    notices: Type.Array(Type.String({ description: 'One notice.' }), { description: 'What a reader should know.' }),
    data: Type.Array(ref(AllocatedPartSchema), { description: 'By key; sites that are in none, then stated lines.' }),
    page: Type.Object(
      {
        nextCursor: Type.Optional(
          Type.String({ description: 'Where the next page begins. Absent at the end of the list.' }),
        ),
      },
      { ...closed, description: 'Where this page stands in the list.' },
    ),
  },
  {
    $id: 'TargetAllocation',
    ...closed,
    description: 'One page of the parts of a target, with the whole.',
    examples: [
      {
        target: 'estate-2030',
        by: 'site',
        asOf: { seq: '42', day: '2025-05-01' },
        sharesOf: { label: '2019/20', start: '2019-04-01', end: '2020-04-01' },
        whole: { baselineKgCo2e: 1000000, parts: 1, budget: EXAMPLE_BUDGET, years: [WHOLE_YEAR] },
        notices: [],
        data: [PART_EXAMPLE],
        page: {},
      },
    ],
  },
);

export const ALLOCATION_QUERY = Type.Object(
  {
    by: oneOf(
      ALLOCATION_GROUPS,
      'What the target is allocated to. A site counts in all years in the portfolio in which it was in the baseline.',
    ),
    part: Type.Optional(text('Only the part of this key: a site, a portfolio, a category or a stated line.')),
    sharesOf: Type.Optional(
      Type.String({
        description:
          'A year with data, by whose shares a published baseline is divided. Absent: by the data of its own year.',
        minLength: 4,
        maxLength: LIMITS.keyLengthMax,
      }),
    ),
    asOf,
    ...PAGE_QUERY,
  },
  closed,
);

export const allocationSchemas = [AllocatedPartSchema, AllocationSchema];
export type AllocationOutput = Static<typeof AllocationSchema>;
export type AllocatedPartOutput = Static<typeof AllocatedPartSchema>;
export type AllocationQuery = Static<typeof ALLOCATION_QUERY>;
