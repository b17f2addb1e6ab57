import { type Static, Type } from 'typebox';
import { PROVISIONAL_REASONS } from '../../../domain/figure-answer.ts';
import { BASES } from '../../../domain/figure-question.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { oneOf, share } from '../../schemas/atoms.ts';
import { CONSOLIDATION_ECHO, EmissionsSchema, FactorsEchoSchema, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { FACTORS, FILTERS, list } from '../figures/query.ts';
import { coverage } from '../figures/sums-schemas.ts';
import { OtherEmissionSchema, otherLine } from '../other-emissions/schemas.ts';

const closed = { additionalProperties: false } as const;

const emissions = Type.Union([ref(EmissionsSchema), Type.Null()], {
  description: 'Kilograms by scope; null where nothing is known.',
});
const QUALITY = {
  notQuantified: Type.Array(
    Type.String({
      description: 'A line of the estate such as electricity.outside-of-scopes, or a line that is stated.',
    }),
    { description: 'What has no factor or no figure: it is in no sum.' },
  ),
  provisional: Type.Optional(
    Type.Array(oneOf([...PROVISIONAL_REASONS, 'stated-as-provisional'], 'A reason.'), {
      description: 'Why the figure may still move; absent when it will not by itself.',
    }),
  ),
  incomplete: Type.Optional(
    Type.Literal(true, { description: 'Something that belongs to it has no figure or no factor: it is too small.' }),
  ),
};

const PERIOD = { label: '2024/25', start: '2024-04-01', end: '2025-04-01' };
const FLEET = {
  scope1: 812450.5,
  scope2: 0,
  scope3: 0,
  outsideOfScopes: 0,
  total: 812450.5,
  scope3ByCategory: [],
};
const OTHER_EXAMPLE = {
  period: PERIOD,
  part: 'other',
  line: 'fleet',
  emissionsKgCo2e: FLEET,
  coverage: null,
  statedShare: 1,
  figures: [
    {
      line: 'fleet',
      period: PERIOD,
      scope: 1,
      kgCo2e: 812450.5,
      method: 'Litres of diesel and petrol by the factors of 2024',
      source: 'Fuel card statements, April 2024 to March 2025',
      provisional: false,
    },
  ],
  notQuantified: [],
};
const ESTATE = { scope1: 2000000, scope2: 1000000, scope3: 500000.25, outsideOfScopes: 0, total: 3500000.25 };
const ESTATE_EXAMPLE = {
  period: PERIOD,
  part: 'estate',
  emissionsKgCo2e: { ...ESTATE, scope3ByCategory: [{ category: 3, upstream: false, kgCo2e: 500000.25 }] },
  coverage: { actual: 1, estimated: 0, missing: 0, days: { expected: 730, actual: 730, estimated: 0, missing: 0 } },
  notQuantified: [],
};
const TOTAL_EXAMPLE = {
  emissionsKgCo2e: {
    ...ESTATE,
    scope1: 2812450.5,
    total: 4312450.75,
    scope3ByCategory: [{ category: 3, upstream: false, kgCo2e: 500000.25 }],
  },
  missing: [],
  notQuantified: [],
};

/** One part of a council total. */
export const FootprintRowSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    part: oneOf(
      ['estate', 'other'],
      'estate: the buildings and supplies that meters measure, as /v1/emissions gives them. other: a line that is stated.',
    ),
    line: Type.Optional(otherLine('The line, where it is a stated one.')),
    emissionsKgCo2e: emissions,
    coverage,
    statedShare: Type.Optional(
      share('Of a stated line: the share of the days that are over for which it has a figure, to four decimals.'),
    ),
    figures: Type.Optional(
      Type.Array(ref(OtherEmissionSchema), { description: 'Of a stated line: the figures that it is the sum of.' }),
    ),
    ...QUALITY,
  },
  {
    $id: 'FootprintRow',
    ...closed,
    description: 'One part of what the council emits in one period.',
    examples: [ESTATE_EXAMPLE, OTHER_EXAMPLE],
  },
);

const TOTAL = {
  emissionsKgCo2e: emissions,
  missing: Type.Array(Type.String({ description: '`estate`, or a line.' }), {
    description: 'Parts of which something is unknown. With one of them the total is too small.',
  }),
  ...QUALITY,
};

/** Estate and stated lines of one period together. */
export const FootprintTotalSchema = Type.Object(TOTAL, {
  $id: 'FootprintTotal',
  ...closed,
  description: 'Estate and stated lines together.',
  examples: [TOTAL_EXAMPLE],
});

const PeriodTotalSchema = Type.Object(
  { period: ref(PeriodSchema), ...TOTAL },
  {
    $id: 'FootprintPeriodTotal',
    ...closed,
    description: 'Estate and stated lines of one period together.',
    examples: [{ period: PERIOD, ...TOTAL_EXAMPLE }],
  },
);

/** What the council emits as a whole. */
export const FootprintSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    asOf: Type.Optional(ref(AsOfSchema)),
    basis: oneOf(BASES, 'Scope 2 basis that was asked: with market and both, the market-based figures stand beside.'),
    gas: oneOf(['co2e', 'co2'], 'Which gases are counted.'),
    ...CONSOLIDATION_ECHO,
    factors: ref(FactorsEchoSchema),
    data: Type.Array(ref(FootprintRowSchema), { description: 'The parts, in order of time, the estate first.' }),
    totals: Type.Array(ref(PeriodTotalSchema), { description: 'The parts of each period together.' }),
    total: ref(FootprintTotalSchema),
    notices: Type.Array(Type.String({ description: 'One notice.' }), { description: 'What a reader should know.' }),
  },
  {
    $id: 'Footprint',
    ...closed,
    description:
      'What the council emits as a whole: the estate that is metered, and what is stated of everything else, told apart.',
    examples: [
      {
        period: PERIOD,
        basis: 'location',
        gas: 'co2e',
        consolidationApproach: 'operational-control',
        factors: { policy: 'reporting-year', reportingYearStart: '04-01', sets: [], applied: [] },
        data: [ESTATE_EXAMPLE, OTHER_EXAMPLE],
        totals: [{ period: PERIOD, ...TOTAL_EXAMPLE }],
        total: TOTAL_EXAMPLE,
        notices: [],
      },
    ],
  },
);

const { period, interval, asOf, estimates } = FILTERS;
const { factors, scopes, gas, basis } = FACTORS;

export const FOOTPRINT_QUERY = Type.Object(
  {
    period,
    interval,
    otherEmissions: Type.Optional(list('Stated lines to add. Absent: every line of which a figure stands.')),
    factors,
    scopes,
    gas,
    basis,
    estimates,
    asOf,
  },
  closed,
);

export const footprintSchemas = [FootprintRowSchema, FootprintTotalSchema, PeriodTotalSchema, FootprintSchema];

export type FootprintOutput = Static<typeof FootprintSchema>;
export type FootprintRowOutput = Static<typeof FootprintRowSchema>;
export type FootprintTotalOutput = Static<typeof FootprintTotalSchema>;
export type FootprintQuery = Static<typeof FOOTPRINT_QUERY>;
