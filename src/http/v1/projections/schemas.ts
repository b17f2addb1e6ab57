import { type Static, Type } from 'typebox';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { key } from '../../schemas/atoms.ts';
import { kg, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { BASIS, MEASURES_COUNTED, projectionPartSchemas, RangedQuantitySchema, rangedKg } from './part-schemas.ts';

const closed = { additionalProperties: false } as const;

const PERIOD = { label: '2027/28', start: '2027-04-01', end: '2028-04-01', complete: false } as const;
const AMOUNT = { expected: 700000, low: 640000, high: 760000 };
const YEAR_EXAMPLE = {
  period: PERIOD,
  milestone: false,
  allowedKgCo2e: 680000,
  withoutMeasures: { expected: 720000, low: 660000, high: 780000 },
  measuresKgCo2e: -20000,
  projected: AMOUNT,
  gap: { expected: 20000, low: -40000, high: 80000 },
  parts: [{ name: 'natural-gas', quantity: AMOUNT, kgCo2e: AMOUNT }],
  sets: ['uk-2026@1.0'],
};

const ProjectedPartSchema = Type.Object(
  {
    name: Type.String({ description: 'Name of what is carried on.' }),
    quantity: ref(RangedQuantitySchema),
    kgCo2e: rangedKg,
  },
  { $id: 'ProjectedPart', ...closed, description: 'One thing that is carried on, in one year, without measures.' },
);

/** One year to come. */
export const ProjectedYearSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    milestone: Type.Boolean({ description: 'True for a year the target names.' }),
    allowedKgCo2e: kg('What the path allows in the year; less where measures hand over sites of its baseline.'),
    withoutMeasures: rangedKg,
    measuresKgCo2e: kg('What measures do to it, at what is expected: below 0 is less.'),
    projected: rangedKg,
    gap: rangedKg,
    parts: Type.Array(ref(ProjectedPartSchema), { description: 'What it is made of, without measures.' }),
    sets: Type.Array(Type.String({ description: 'Factor set and version, or pathway and year.' }), {
      description: 'Where its factors are from.',
    }),
  },
  {
    $id: 'ProjectedYear',
    ...closed,
    description:
      'One year to come: what is allowed, what is expected, and how far apart they are (above 0 is too much).',
    examples: [YEAR_EXAMPLE],
  },
);

const CumulativeSchema = Type.Object(
  {
    from: Type.String({ description: 'First year that is counted: the one after the start.' }),
    to: Type.String({ description: 'Last year that is counted.' }),
    allowedKgCo2e: kg('Sum of the yearly allowances.'),
    emittedKgCo2e: Type.Union([Type.Number(), Type.Null()], {
      description: 'What was emitted until the base year; null where a year is not known or not comparable.',
      'x-unit': 'kgCO2e',
    }),
    projected: rangedKg,
    gap: Type.Union([rangedKg, Type.Null()], {
      description: 'Emitted and projected together, less allowed; null where what was emitted is not known.',
    }),
  },
  {
    $id: 'ProjectedBudget',
    ...closed,
    description:
      'Everything from the start to the last milestone: the sum of what is allowed, and of what is expected.',
  },
);

/** A target carried on to its milestones. */
export const TargetProjectionSchema = Type.Object(
  {
    target: key('Key of the target.'),
    asOf: Type.Optional(ref(AsOfSchema)),
    ...BASIS,
    ...MEASURES_COUNTED,
    data: Type.Array(ref(ProjectedYearSchema), {
      description: 'Years after the base year, up to the last that the target names. None of them has a status.',
    }),
    budget: ref(CumulativeSchema),
    notices: Type.Array(Type.String({ description: 'One notice.' }), { description: 'What a reader should know.' }),
  },
  {
    $id: 'TargetProjection',
    ...closed,
    description:
      'A target carried on to its milestones, with what that rests on. It says expected gaps, never a status.',
    examples: [
      {
        target: 'estate-2030',
        basedOn: { label: '2025/26', start: '2025-04-01', end: '2026-04-01' },
        series: [],
        weather: null,
        gridPathway: null,
        newestEdition: 2026,
        measures: ['ch-001-heat-pump'],
        notCounted: [],
        data: [YEAR_EXAMPLE],
        budget: {
          from: '2020/21',
          to: '2030/31',
          allowedKgCo2e: 8000000,
          emittedKgCo2e: 5000000,
          projected: { expected: 3500000, low: 3200000, high: 3800000 },
          gap: { expected: 500000, low: 200000, high: 800000 },
        },
        notices: [],
      },
    ],
  },
);

export const projectionSchemas = [
  ...projectionPartSchemas,
  ProjectedPartSchema,
  ProjectedYearSchema,
  CumulativeSchema,
  TargetProjectionSchema,
];

export type ProjectionOutput = Static<typeof TargetProjectionSchema>;
export type ProjectedYearOutput = Static<typeof ProjectedYearSchema>;
