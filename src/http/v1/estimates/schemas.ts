import { type Static, Type } from 'typebox';
import { UNITS } from '../../../domain/activities.ts';
import { ESTIMATION_SETTINGS } from '../../../domain/estimation/estimation-settings.ts';
import { ESTIMATION_METHODS, LEFT_REASONS, METHOD_NAMES } from '../../../domain/estimation/methods.ts';
import { withDefaults } from '../../../domain/setting-table.ts';
import { EVIDENCE_RANK } from '../../../domain/span-totals.ts';
import { LIMITS } from '../../../limits.ts';
import { key, localDay, oneOf } from '../../schemas/atoms.ts';
import { OwnEstimateSchema } from '../../schemas/estimate-schemas.ts';
import { PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { settingsGroup } from '../../schemas/setting-schemas.ts';
import { period } from '../figures/query.ts';

const closed = { additionalProperties: false } as const;

/** Which gaps are to be estimated. */
export const EstimatesInputSchema = Type.Object(
  {
    period,
    meters: Type.Optional(
      Type.Array(key('Key of a meter.'), {
        description: 'The meters. Absent: all of them.',
        minItems: 1,
        maxItems: LIMITS.filterValuesMax,
        uniqueItems: true,
      }),
    ),
    dryRun: Type.Optional(Type.Boolean({ description: 'True: say what would be estimated, keep nothing.' })),
  },
  {
    $id: 'EstimatesInput',
    ...closed,
    description: 'Which gaps are to be estimated.',
    examples: [{ period: '2025-06', meters: ['1200023305967'], dryRun: true }],
  },
);

const ESTIMATED_EXAMPLE = {
  meter: '1200023305967',
  start: '2025-06-17',
  end: '2025-06-18',
  method: 'like-days' as const,
  minutes: 1440,
  quantity: 96.24,
  unit: 'kWh' as const,
};

/** A run of days estimated in one way. */
const EstimatedGapSchema = Type.Object(
  {
    meter: Type.String({ description: 'Key of the meter.' }),
    start: localDay('First day concerned.'),
    end: localDay('First day after.'),
    method: oneOf(METHOD_NAMES, 'How it is estimated.'),
    minutes: Type.Integer({ description: 'Minutes that are estimated.', 'x-unit': 'minutes' }),
    quantity: Type.Number({ description: 'What they come to.', 'x-unit': 'as in unit' }),
    unit: oneOf(UNITS, 'Unit of the quantity.'),
  },
  { $id: 'EstimatedGap', ...closed, description: 'A gap that is estimated.', examples: [ESTIMATED_EXAMPLE] },
);

const LEFT_EXAMPLE = {
  meter: 'G-1',
  start: '2025-06-01',
  end: '2025-10-01',
  minutes: 175680,
  reason: 'longer-than-limit' as const,
};

/** A gap that stays. */
const LeftGapSchema = Type.Object(
  {
    meter: Type.String({ description: 'Key of the meter.' }),
    start: localDay('First day concerned.'),
    end: localDay('First day after.'),
    minutes: Type.Integer({ description: 'Minutes that stay missing.', 'x-unit': 'minutes' }),
    reason: oneOf(
      LEFT_REASONS,
      'Why: longer than any method may fill, too few measured values to make it of, data is not overdue yet, nothing was measured before it, or further past the last value than an overdue meter is carried on.',
    ),
  },
  { $id: 'LeftGap', ...closed, description: 'A gap that stays missing.', examples: [LEFT_EXAMPLE] },
);

/** What estimating did. */
export const EstimatesOutcomeSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    dryRun: Type.Boolean({ description: 'True: nothing was kept.' }),
    estimated: Type.Array(ref(EstimatedGapSchema), { description: 'Every gap of the period that is estimated now.' }),
    left: Type.Array(ref(LeftGapSchema), {
      description: 'Every gap of the period that stays missing, with the reason.',
    }),
    daysWritten: Type.Integer({
      description: 'Days whose estimate is new or another than before.',
      'x-unit': 'meter-days',
    }),
    daysEnded: Type.Integer({
      description: 'Days whose estimate no longer follows from the evidence and ended.',
      'x-unit': 'meter-days',
    }),
    seq: Type.Optional(Type.String({ description: 'Clock reading of the change; absent when nothing was written.' })),
  },
  {
    $id: 'EstimatesOutcome',
    ...closed,
    description: 'What estimating did.',
    examples: [
      {
        period: { label: '2025-06', start: '2025-06-01', end: '2025-07-01' },
        dryRun: false,
        estimated: [ESTIMATED_EXAMPLE],
        left: [LEFT_EXAMPLE],
        daysWritten: 1,
        daysEnded: 0,
        seq: '42',
      },
    ],
  },
);

const PRECEDENCE = Object.entries(EVIDENCE_RANK).map(([evidence, rank]) => ({ rank, evidence }));
const METHODS = Object.entries(ESTIMATION_METHODS).map(([method, description]) => ({ method, description }));

/** How gaps are estimated, and what stands above an estimate. */
export const EstimationMethodsSchema = Type.Object(
  {
    precedence: Type.Array(
      Type.Object(
        {
          rank: Type.Integer({ description: '1 is the best.', 'x-unit': 'rank' }),
          evidence: Type.String({ description: 'Kind of evidence.' }),
        },
        { ...closed, description: 'One kind of evidence.' },
      ),
      { description: 'Kinds of evidence from the best to the worst. Whatever is better replaces what is worse.' },
    ),
    methods: Type.Array(
      Type.Object(
        {
          method: Type.String({ description: 'Name of the method.' }),
          description: Type.String({ description: 'What it does.' }),
        },
        { ...closed, description: 'One method.' },
      ),
      { description: 'The methods, tried in this order as far as the length of a gap allows.' },
    ),
    limits: settingsGroup(ESTIMATION_SETTINGS, 'The limits that hold now, from the settings.'),
  },
  {
    $id: 'EstimationMethods',
    ...closed,
    description: 'How gaps are estimated, and what stands above an estimate.',
    examples: [{ precedence: PRECEDENCE, methods: METHODS, limits: withDefaults(ESTIMATION_SETTINGS) }],
  },
);

export const estimateSchemas = [
  OwnEstimateSchema,
  EstimatesInputSchema,
  EstimatedGapSchema,
  LeftGapSchema,
  EstimatesOutcomeSchema,
  EstimationMethodsSchema,
];

export type EstimatesOutcomeOutput = Static<typeof EstimatesOutcomeSchema>;
export type EstimationMethodsOutput = Static<typeof EstimationMethodsSchema>;
export type EstimatedGapOutput = Static<typeof EstimatedGapSchema>;
