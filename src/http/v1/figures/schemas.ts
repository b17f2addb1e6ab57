import { type Static, Type } from 'typebox';
import { ACTIVITIES, LINES } from '../../../domain/activities.ts';
import { BASES } from '../../../domain/figure-question.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { oneOf } from '../../schemas/atoms.ts';
import { CONSOLIDATION_ECHO, FactorsEchoSchema, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { MarketBasisSchema, marketSchemas } from './market-schemas.ts';
import { DeprivationEchoSchema, PLACE_DIMS } from './place-rows.ts';
import { coverage, FLOW, QUALITY, QUANTITIES } from './sums-schemas.ts';
import { WEATHER_SUMS, WeatherAnswerSchema, weatherAnswerSchemas } from './weather-schemas.ts';

const closed = { additionalProperties: false } as const;
const nullable = <Word extends string>(words: readonly Word[], description: string) =>
  Type.Unsafe<Word | null>({ type: ['string', 'null'], enum: [...words, null], description });
const labelOrNone = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description: `${description} Null: none.` });

/** What rows can be grouped by, beside the factor line. */
export const METER_DIMS = {
  site: Type.Optional(labelOrNone('Key of the site.')),
  meter: Type.Optional(
    labelOrNone('Key of the meter. Null: energy reckoned from several meters, such as own use of own generation.'),
  ),
  activity: Type.Optional(nullable(ACTIVITIES, 'Utility or fuel.')),
  portfolio: Type.Optional(labelOrNone('Portfolio of the site.')),
  category: Type.Optional(labelOrNone('Category of the site.')),
  ward: Type.Optional(labelOrNone('Ward of the site.')),
  ...PLACE_DIMS,
};

const LINE_DIMS = {
  scope: Type.Optional(nullable(['scope1', 'scope2', 'scope3', 'outsideOfScopes'], 'Scope of the lines of the row.')),
  line: Type.Optional(nullable(LINES, 'Factor line of the row.')),
  scope3Category: Type.Optional(
    Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'Scope 3 category of the lines of the row. Null: not scope 3.',
      'x-unit': 'category number',
    }),
  ),
};

const ROW_EXAMPLE = {
  period: { label: '2019/20', start: '2019-04-01', end: '2020-04-01' },
  site: 'CH-001',
  activity: 'natural-gas',
  quantity: { value: 11942414, unit: 'kWh' },
  emissionsKgCo2e: {
    scope1: 2195612.814,
    scope2: 0,
    scope3: 285543.119,
    outsideOfScopes: 0,
    total: 2481155.933,
    scope3ByCategory: [{ category: 3, upstream: false, kgCo2e: 285543.119 }],
  },
  coverage: { actual: 1, estimated: 0, missing: 0, days: { expected: 366, actual: 366, estimated: 0, missing: 0 } },
  notQuantified: [],
  sets: ['uk-2019'],
};

/** One row of an emissions answer. */
export const EmissionsRowSchema = Type.Object(
  { period: ref(PeriodSchema), ...METER_DIMS, ...LINE_DIMS, ...QUANTITIES, ...FLOW, ...QUALITY, ...WEATHER_SUMS },
  { $id: 'EmissionsRow', ...closed, description: 'Emissions of one group in one period.', examples: [ROW_EXAMPLE] },
);

/** The total of an emissions answer. */
export const EmissionsTotalSchema = Type.Object(
  { ...QUANTITIES, ...QUALITY, ...WEATHER_SUMS },
  { $id: 'EmissionsTotal', ...closed, description: 'Emissions over all rows that are in the total.' },
);

const notices = Type.Array(Type.String({ description: 'One notice.' }), {
  description: 'What a reader of the figure should know.',
});

const asOf = Type.Optional(ref(AsOfSchema));
const deprivation = Type.Optional(ref(DeprivationEchoSchema));

const { period: _period, site: _site, activity: _activity, ...TOTAL_EXAMPLE } = ROW_EXAMPLE;

/** An emissions answer. */
export const EmissionsAnswerSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    asOf,
    basis: oneOf(BASES, 'Scope 2 basis that was asked: with market and both, the market-based figures stand beside.'),
    gas: oneOf(['co2e', 'co2'], 'Which gases are counted.'),
    ...CONSOLIDATION_ECHO,
    factors: ref(FactorsEchoSchema),
    lines: Type.Object(
      {
        included: Type.Array(oneOf(LINES, 'A line.'), { description: 'Factor lines in the figures.' }),
        excluded: Type.Array(oneOf(LINES, 'A line.'), {
          description: 'Lines left out by the question or the settings.',
        }),
        mixedWellToTank: Type.Optional(
          Type.Literal(true, {
            description:
              'Some well-to-tank lines are in the figures and some are left out. The publisher asks for all of them or none.',
          }),
        ),
      },
      { ...closed, description: 'Which factor lines make the totals.' },
    ),
    data: Type.Array(ref(EmissionsRowSchema), {
      description: 'Rows in order of time, then of what they are grouped by.',
    }),
    total: ref(EmissionsTotalSchema),
    deprivation,
    market: Type.Optional(ref(MarketBasisSchema)),
    weather: Type.Optional(ref(WeatherAnswerSchema)),
    notices,
  },
  {
    $id: 'EmissionsAnswer',
    ...closed,
    description: 'Emissions of a period.',
    examples: [
      {
        period: ROW_EXAMPLE.period,
        basis: 'location',
        gas: 'co2e',
        consolidationApproach: 'operational-control',
        factors: {
          policy: 'reporting-year',
          reportingYearStart: '04-01',
          sets: ['uk-2019'],
          applied: [{ set: 'uk-2019', version: '1.03', from: '2019-04-01', to: '2020-04-01', provisional: false }],
        },
        lines: { included: ['combustion', 'wtt'], excluded: [] },
        data: [ROW_EXAMPLE],
        total: TOTAL_EXAMPLE,
        notices: [],
      },
    ],
  },
);

const CONSUMPTION_ROW_EXAMPLE = {
  period: ROW_EXAMPLE.period,
  activity: 'natural-gas',
  quantity: ROW_EXAMPLE.quantity,
  coverage: ROW_EXAMPLE.coverage,
};

/** One row of a consumption answer. */
export const ConsumptionRowSchema = Type.Object(
  { period: ref(PeriodSchema), ...METER_DIMS, ...QUANTITIES, ...FLOW, coverage, ...WEATHER_SUMS },
  {
    $id: 'ConsumptionRow',
    ...closed,
    description: 'Consumption of one group in one period.',
    examples: [CONSUMPTION_ROW_EXAMPLE],
  },
);

/** The total of a consumption answer. */
export const ConsumptionTotalSchema = Type.Object(
  { ...QUANTITIES, coverage, ...WEATHER_SUMS },
  { $id: 'ConsumptionTotal', ...closed, description: 'Final energy and water over all rows that are in the total.' },
);

/** A consumption answer. */
export const ConsumptionAnswerSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    asOf,
    data: Type.Array(ref(ConsumptionRowSchema), {
      description: 'Rows in order of time, then of what they are grouped by.',
    }),
    total: ref(ConsumptionTotalSchema),
    deprivation,
    weather: Type.Optional(ref(WeatherAnswerSchema)),
    notices,
  },
  {
    $id: 'ConsumptionAnswer',
    ...closed,
    description: 'Consumption of a period.',
    examples: [
      {
        period: ROW_EXAMPLE.period,
        data: [CONSUMPTION_ROW_EXAMPLE],
        total: { quantity: ROW_EXAMPLE.quantity, coverage: ROW_EXAMPLE.coverage },
        notices: [],
      },
    ],
  },
);

export const figureSchemas = [
  DeprivationEchoSchema,
  ...marketSchemas,
  ...weatherAnswerSchemas,
  EmissionsRowSchema,
  EmissionsTotalSchema,
  EmissionsAnswerSchema,
  ConsumptionRowSchema,
  ConsumptionTotalSchema,
  ConsumptionAnswerSchema,
];

export type EmissionsAnswer = Static<typeof EmissionsAnswerSchema>;
export type EmissionsRow = Static<typeof EmissionsRowSchema>;
export type ConsumptionAnswer = Static<typeof ConsumptionAnswerSchema>;
export type ConsumptionRow = Static<typeof ConsumptionRowSchema>;
