import { type Static, Type } from 'typebox';
import { YEAR_STATUSES } from '../../../domain/targets/target-status.ts';
import { asOf } from '../../schemas/as-of.ts';
import { oneOf, share } from '../../schemas/atoms.ts';
import { CoverageSchema, kg, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { TargetYearChangeSchema } from '../factors/impact-schemas.ts';
import {
  BaselineReviewSchema,
  RECALCULATION_STATUS,
  RECALCULATION_STATUSES,
  RecalculationSchema,
} from './baseline-schemas.ts';
import { PARTS } from './covered-parts.ts';
import { PRINTED_OFFSETS } from './offset-schemas.ts';
import { kgOrNull, OUTLOOK, outlookSchemas, percentOrNull, RunningYearSchema } from './outlook-schemas.ts';
import { TARGET_OUTPUT_EXAMPLE, TargetSchema } from './schemas.ts';

const closed = { additionalProperties: false } as const;

const STATUS =
  'on-track: emissions are at most what the path allows, and so is the sum since the baseline where the target has a budget. off-track: not so. met, missed: the same for a milestone year. insufficient-data: too much is missing or estimated, or a line has no factor. not-comparable: the figures do not describe the same boundary. Null for a year that is not over, and for a published target of an area, which has no status of its own.';

const COVERAGE_EXAMPLE = {
  actual: 1,
  estimated: 0,
  missing: 0,
  days: { expected: 365, actual: 365, estimated: 0, missing: 0 },
};
const YEAR_EXAMPLE = {
  period: { label: '2024/25', start: '2024-04-01', end: '2025-04-01' },
  allowedKgCo2e: 700000,
  actualKgCo2e: 690000,
  actual: { reported: 690000, comparable: 690000 },
  baseline: { originalKgCo2e: 1000000, recalculatedKgCo2e: 1000000, status: 'none' },
  changePercent: -31,
  gapKgCo2e: -10000,
  gapPercent: -1.4,
  coverage: COVERAGE_EXAMPLE,
  milestone: false,
  status: 'on-track',
  asOf: { seq: '42', day: '2025-05-01' },
  annual: 'within',
  reasons: [],
  provisional: [],
  cumulative: { allowedKgCo2e: 4100000, actualKgCo2e: 4050000 },
};

const within = (description: string) => Type.Optional(oneOf(['within', 'over'], description));

/** One year of a target. */
export const TargetYearSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    allowedKgCo2e: kg('What the path allows in the year.'),
    actualKgCo2e: kgOrNull("The estate's emissions of the year as far as they are known; null where nothing is."),
    actual: Type.Object(
      {
        reported: kgOrNull('As reported: changes of the boundary count by the day.'),
        comparable: kgOrNull(
          'As judged: where the baseline is recalculated, a site that was transferred in the year counts for all of it or not at all.',
        ),
      },
      { ...closed, description: 'Emissions of the year, as reported and as judged.' },
    ),
    baseline: Type.Object(
      {
        originalKgCo2e: kg('As it was before any transfer.'),
        recalculatedKgCo2e: kg('As it is for this year; the original where nothing was to be recalculated.'),
        status: oneOf(RECALCULATION_STATUSES, RECALCULATION_STATUS),
      },
      { ...closed, description: 'The baseline that the year is judged against.' },
    ),
    changePercent: percentOrNull('Comparable emissions against the recalculated baseline, to one decimal.'),
    gapKgCo2e: kgOrNull('Comparable less allowed: above 0 is too much. Null where nothing is known or comparable.'),
    gapPercent: percentOrNull('The same against what is allowed, to one decimal.'),
    ...PARTS,
    coverage: Type.Union([ref(CoverageSchema), Type.Null()], { description: 'How complete the actual figure is.' }),
    milestone: Type.Boolean({ description: 'True for a year the target names.' }),
    status: Type.Unsafe<(typeof YEAR_STATUSES)[number] | null>({
      type: ['string', 'null'],
      enum: [...YEAR_STATUSES, null],
      description: STATUS,
    }),
    asOf: Type.Optional(
      Type.Object(
        {
          seq: Type.String({ description: 'Clock reading.' }),
          day: Type.String({ description: 'Local day.' }),
        },
        { ...closed, description: 'What was known when the verdict was given; absent where there is none.' },
      ),
    ),
    annual: within("The year's emissions against what the path allows."),
    budget: within('The sum since the baseline against the sum allowed, for a target with a budget.'),
    reasons: Type.Array(Type.String({ description: 'One reason.' }), {
      description: 'Why there is no verdict on the amounts.',
    }),
    provisional: Type.Array(Type.String({ description: 'One reason.' }), {
      description: 'Why the figure may still move by itself.',
    }),
    alreadyExceeds: Type.Optional(
      Type.Literal(true, {
        description: 'The known part alone is above what is allowed; what is missing can only add to it.',
      }),
    ),
    atLeastKg: Type.Optional(kg('By how much at least, where `alreadyExceeds`.')),
    cumulative: Type.Optional(
      Type.Object(
        { allowedKgCo2e: kg('Sum of the yearly allowances.'), actualKgCo2e: kg('Sum of the yearly emissions.') },
        {
          ...closed,
          description:
            'Since the baseline, the baseline year not counted. Absent where a year of them has too little data or is not comparable.',
        },
      ),
    ),
  },
  { $id: 'TargetYear', ...closed, description: 'One year of a target.', examples: [YEAR_EXAMPLE] },
);

/** What was known when an answer about a target was given. */
export const ANSWERED_AS_OF = Type.Object(
  {
    seq: Type.String({ description: 'Clock reading.' }),
    day: Type.String({ description: 'Local day.' }),
    requested: Type.Optional(Type.String({ description: 'The moment that was asked for, where one was.' })),
    recordedAt: Type.Optional(
      Type.String({
        description: 'When the change `seq` was recorded, where a moment was asked for.',
        format: 'date-time',
      }),
    ),
  },
  { ...closed, description: 'What was known when the answer was given.' },
);

/** How a target stands. */
export const TargetProgressSchema = Type.Object(
  {
    target: ref(TargetSchema),
    asOf: ANSWERED_AS_OF,
    start: Type.Object(
      {
        period: ref(PeriodSchema),
        emissionsKgCo2e: kg('Emissions the path starts from.'),
        ...PARTS,
        coverage: Type.Union([ref(CoverageSchema), Type.Null()], {
          description: 'How complete that figure is; null for a published one.',
        }),
      },
      { ...closed, description: 'Where the path starts.' },
    ),
    recalculation: ref(RecalculationSchema),
    baselineReview: Type.Optional(ref(BaselineReviewSchema)),
    status: Type.Unsafe<(typeof YEAR_STATUSES)[number] | null>({
      type: ['string', 'null'],
      enum: [...YEAR_STATUSES, null],
      description:
        'Status of the latest complete year. Null: no year since the start is complete, or a published target of an area.',
    }),
    rule: Type.Object(
      {
        id: Type.String({ description: 'Rule of the calculation notes that verdicts follow.' }),
        page: Type.String({ description: 'The page that tells it, in the documentation of the service.' }),
        missingShareMax: share('Most of a year that may be missing, by the settings.'),
        estimatedShareMax: share('Most of a year that may be estimated, by the settings.'),
      },
      { ...closed, description: 'What the verdicts go by.' },
    ),
    ...OUTLOOK,
    runningYear: Type.Optional(ref(RunningYearSchema)),
    data: Type.Array(ref(TargetYearSchema), {
      description: 'Every year from the start to the last amount of the path, and after it until today.',
    }),
    factorChanges: Type.Optional(
      Type.Array(
        Type.Object(
          {
            set: Type.String({ description: 'The factor set.' }),
            fromVersion: Type.Union([Type.String(), Type.Null()], { description: 'The version before; null: none.' }),
            toVersion: Type.Union([Type.String(), Type.Null()], { description: 'The version after; null: none.' }),
            seq: Type.String({ description: 'Clock reading of the change.' }),
            recordedAt: Type.String({ description: 'When it was made.', format: 'date-time' }),
            years: Type.Array(ref(TargetYearChangeSchema), { description: 'The years that changed.' }),
          },
          { ...closed, description: 'One change of the version of factors in use.' },
        ),
        {
          description:
            'What changes of the factor sets in use have changed in this target, oldest first: old and new figure and the amount due to the set, as it was computed before each. Absent where there were none.',
        },
      ),
    ),
    offsets: PRINTED_OFFSETS,
    notices: Type.Array(Type.String({ description: 'One notice.' }), { description: 'What a reader should know.' }),
  },
  {
    $id: 'TargetProgress',
    ...closed,
    description: 'How a target stands, year by year.',
    examples: [
      {
        target: TARGET_OUTPUT_EXAMPLE,
        asOf: { seq: '42', day: '2025-05-01' },
        start: {
          period: { label: '2019/20', start: '2019-04-01', end: '2020-04-01' },
          emissionsKgCo2e: 1000000,
          coverage: null,
        },
        recalculation: {
          status: 'none',
          method: 'all-year',
          significanceThreshold: 0.05,
          originalKgCo2e: 1000000,
          recalculatedKgCo2e: 1000000,
          effectKgCo2e: 0,
          effectPercent: 0,
          sites: [],
        },
        status: 'on-track',
        rule: { id: 'H6', page: 'docs/calculation/targets.md', missingShareMax: 0.05, estimatedShareMax: 0.2 },
        presentRate: { period: YEAR_EXAMPLE.period, kgCo2e: 690000 },
        nextMilestone: {
          period: { label: '2029/30', start: '2029-04-01', end: '2030-04-01', complete: false, elapsedDays: 0 },
          allowedKgCo2e: 400000,
          needed: { years: 5, yearlyReductionPercent: 10.3, yearlyReductionKgCo2e: 58000 },
        },
        budgets: [],
        data: [YEAR_EXAMPLE],
        notices: [],
      },
    ],
  },
);

/** What progress is asked with. */
export const PROGRESS_QUERY = Type.Object({ asOf }, closed);

export const progressSchemas = [
  ...outlookSchemas,
  TargetYearSchema,
  RecalculationSchema,
  BaselineReviewSchema,
  TargetProgressSchema,
];

export type ProgressOutput = Static<typeof TargetProgressSchema>;
export type RecalculationOutput = Static<typeof RecalculationSchema>;
export type ProgressYear = Static<typeof TargetYearSchema>;
