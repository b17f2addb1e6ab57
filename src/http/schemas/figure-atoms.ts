import { type Static, Type } from 'typebox';
import { UNITS } from '../../domain/activities.ts';
import {
  type AppliedApproach,
  CONSOLIDATION_APPROACHES,
  type ConsolidationApproach,
} from '../../domain/consolidation.ts';
import { localDay, oneOf, share } from './atoms.ts';
import { ref } from './ref.ts';

const closed = { additionalProperties: false } as const;

/** A mass of greenhouse gas. */
export function kg(description: string) {
  return Type.Number({ description, 'x-unit': 'kgCO2e', 'x-aggregation': 'sum' });
}

const meterDays = (description: string) => Type.Number({ description, 'x-unit': 'meter-days', 'x-aggregation': 'sum' });

/** A period as answers echo it. */
export const PeriodSchema = Type.Object(
  {
    label: Type.String({ description: 'The period as it is written, such as 2024/25, 2024-Q2 or 2024-07.' }),
    start: localDay('First day.'),
    end: localDay('First day after the period.'),
    partial: Type.Optional(Type.Literal(true, { description: 'The period asked for cuts this bucket.' })),
    complete: Type.Optional(
      Type.Literal(false, { description: 'The period is not over: figures run to the end of yesterday.' }),
    ),
    elapsedDays: Type.Optional(
      Type.Integer({ description: 'Days of the running period that are over.', 'x-unit': 'days' }),
    ),
  },
  {
    $id: 'Period',
    ...closed,
    description: 'A half-open span of local (Europe/London) days.',
    examples: [{ label: '2024/25', start: '2024-04-01', end: '2025-04-01' }],
  },
);

/** A quantity with its unit. */
export const QuantitySchema = Type.Object(
  {
    value: Type.Union([Type.Number(), Type.Null()], {
      description: 'Amount in `unit`, to six decimals; null where nothing is known, never 0 for that.',
      'x-unit': 'as in unit',
      'x-aggregation': 'sum, within one unit',
    }),
    unit: oneOf(UNITS, 'Unit of the value.'),
  },
  { $id: 'Quantity', ...closed, description: 'A metered quantity.', examples: [{ value: 11942414, unit: 'kWh' }] },
);

/** How complete a figure is. */
export const CoverageSchema = Type.Object(
  {
    actual: share('Share that rests on actual data.'),
    estimated: share('Share that rests on estimated data.'),
    missing: share('Share that is missing.'),
    apportioned: Type.Optional(
      share(
        'Share that the row has only as its days of a bill, or of what a register counted, that goes on outside the row. It is among the actual and estimated shares; absent where nothing is cut.',
      ),
    ),
    pending: Type.Optional(share("Share that is missing but so young that the meters' usual delay explains it.")),
    days: Type.Object(
      {
        expected: meterDays('Meter-days that should have data.'),
        actual: meterDays('Of these, with actual data.'),
        estimated: meterDays('Of these, with estimated data.'),
        missing: meterDays('Of these, missing.'),
        pending: Type.Optional(meterDays('Of these, not yet due.')),
      },
      { ...closed, description: 'The same counted in meter-days, each meter the same whatever it uses.' },
    ),
    unweighted: Type.Optional(
      Type.Integer({
        description: 'Meters without any data, for which no expected quantity is known.',
        'x-unit': 'meters',
      }),
    ),
  },
  {
    $id: 'Coverage',
    ...closed,
    description:
      'Data completeness: shares of the expected quantity. Within a meter by time, across meters by expected quantity, across activities by expected emissions. They add to exactly 1.',
    examples: [{ actual: 1, estimated: 0, missing: 0, days: { expected: 365, actual: 365, estimated: 0, missing: 0 } }],
  },
);

/** Emissions of a row or total by scope. */
export const EmissionsSchema = Type.Object(
  {
    scope1: kg('Direct emissions.'),
    scope2: kg('Purchased electricity and heat, location-based.'),
    scope3: kg('Other indirect emissions of the lines included.'),
    outsideOfScopes: kg('Biogenic CO2, reported beside the scopes and in no total.'),
    total: kg('Scopes 1, 2 and 3, location-based.'),
    scope2Market: Type.Optional(kg('Purchased electricity and heat, market-based; where that was asked.')),
    totalMarket: Type.Optional(kg('Scopes 1 and 3, and the market-based scope 2; where that was asked.')),
    scope1Market: Type.Optional(
      kg('Scope 1 with certificates of green gas: a memo, in no total; where the market basis was asked.'),
    ),
    scope3ByCategory: Type.Array(
      Type.Object(
        {
          category: Type.Integer({
            description: 'GHG Protocol scope 3 category, 1 to 15.',
            'x-unit': 'category number',
          }),
          upstream: Type.Boolean({
            description: "True for upstream lines of energy that others use in the council's buildings or services.",
          }),
          kgCo2e: kg('Emissions of the category.'),
        },
        { ...closed, description: 'One scope 3 category.' },
      ),
      { description: 'Scope 3 by category.' },
    ),
  },
  {
    $id: 'Emissions',
    ...closed,
    description: 'Kilograms, rounded half-up to the gram from the exact value.',
    examples: [
      {
        scope1: 2195612.814,
        scope2: 0,
        scope3: 285543.119,
        outsideOfScopes: 0,
        total: 2481155.933,
        scope3ByCategory: [{ category: 3, upstream: false, kgCo2e: 285543.119 }],
      },
    ],
  },
);

const approach = (description: string) => oneOf(CONSOLIDATION_APPROACHES, description);

const AppliedApproachSchema = Type.Object(
  {
    approach: approach('The approach.'),
    from: localDay('First day it was applied to.'),
    to: localDay('First day after.'),
  },
  { $id: 'AppliedApproach', ...closed, description: 'One use of a consolidation approach.' },
);

/** How the boundary of a figure was drawn. */
export const CONSOLIDATION_ECHO = {
  consolidationApproach: approach('How the boundary is drawn at the end of the period.'),
  consolidationApplied: Type.Optional(
    Type.Array(ref(AppliedApproachSchema), {
      description: 'Which approach holds on which days; absent where one holds throughout.',
    }),
  ),
};

export type ConsolidationEcho = {
  consolidationApproach: ConsolidationApproach;
  consolidationApplied?: AppliedApproach[];
};

/** Which sets a figure took its factors from. */
export const FactorsEchoSchema = Type.Object(
  {
    policy: Type.String({
      description: 'How a day finds its factors: reporting-year, calendar-year, blended, or a set.',
    }),
    reportingYearStart: Type.String({ description: 'First day of the reporting year, as MM-DD.' }),
    sets: Type.Array(Type.String({ description: 'Id of a factor set.' }), { description: 'The sets used.' }),
    applied: Type.Array(
      Type.Object(
        {
          set: Type.String({ description: 'Id of the set.' }),
          version: Type.String({ description: 'Version of the set.' }),
          from: localDay('First day it was applied to.'),
          to: localDay('First day it was no longer applied to.'),
          provisional: Type.Boolean({ description: "True where the day's own set is not published yet." }),
          days: Type.Optional(
            Type.Integer({ description: 'Weight of the set in a blended reporting year.', 'x-unit': 'days' }),
          ),
        },
        { ...closed, description: 'One use of a set.' },
      ),
      { description: 'Each set with the days it was applied to.' },
    ),
    analysis: Type.Optional(
      Type.Literal(true, { description: 'One fixed set was asked for every day: for analysis, not for reporting.' }),
    ),
  },
  { $id: 'FactorsEcho', ...closed, description: 'The factors behind an answer.' },
);

export const figureAtomSchemas = [
  PeriodSchema,
  QuantitySchema,
  CoverageSchema,
  EmissionsSchema,
  AppliedApproachSchema,
  FactorsEchoSchema,
];

export type FactorsEcho = Static<typeof FactorsEchoSchema>;
