import { type Static, Type } from 'typebox';
import { ACTIVITIES } from '../../../domain/activities.ts';
import { BANDS, TERMS } from '../../../domain/buildings/operational-rating.ts';
import { RATING_REFUSALS } from '../../../domain/buildings/rate-site.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { CoverageSchema, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { PAGE_QUERY } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { period } from '../figures/query.ts';
import { CAVEATS } from './caveats.ts';

const closed = { additionalProperties: false } as const;

const kWh = (description: string) => Type.Number({ description, 'x-unit': 'kWh' });
const kWhPerM2 = (description: string) => Type.Number({ description, 'x-unit': 'kWh/m2' });
const kgPerM2 = (description: string) => Type.Number({ description, 'x-unit': 'kg CO2/m2' });
const factor = (description: string) => Type.Number({ description, 'x-unit': 'kg CO2 per kWh' });

const FUEL_EXAMPLE = {
  activity: 'electricity',
  energyKwh: 100000,
  kWhPerM2: 100,
  kgCo2PerKwh: 0.55,
  factorSource: 'method',
  kgCo2PerM2: 55,
  coverage: { actual: 1, estimated: 0, missing: 0, days: { expected: 365, actual: 365, estimated: 0, missing: 0 } },
} as const;

export const RatedFuelSchema = Type.Object(
  {
    activity: oneOf(ACTIVITIES, 'The fuel.'),
    energyKwh: kWh('What was used in the twelve months at gross calorific value, as consumption gives it.'),
    kWhPerM2: kWhPerM2('The same by floor area.'),
    kgCo2PerKwh: factor('What a kWh counts.'),
    factorSource: oneOf(['method', 'operator'], 'Whether the method fixes that factor, or the operator states it.'),
    statedSource: Type.Optional(Type.String({ description: 'Source of a factor that the operator states.' })),
    kgCo2PerM2: kgPerM2('The fuel in the sum above the line.'),
    coverage: ref(CoverageSchema),
  },
  { $id: 'RatedFuel', ...closed, description: 'One fuel of a rated building.', examples: [FUEL_EXAMPLE] },
);

const TYPICAL_EXAMPLE = { term: 'electricity', kWhPerM2: 80, kgCo2PerKwh: 0.55, kgCo2PerM2: 44 } as const;

const TypicalTermSchema = Type.Object(
  {
    term: oneOf(TERMS, 'What the benchmark has a typical value of.'),
    kWhPerM2: kWhPerM2('The typical value.'),
    kgCo2PerKwh: factor('What a kWh counts.'),
    kgCo2PerM2: kgPerM2('The term in the sum below the line.'),
  },
  {
    $id: 'TypicalTerm',
    ...closed,
    description: 'One term of what is typical of a use.',
    examples: [TYPICAL_EXAMPLE],
  },
);

const BENCHMARK_EXAMPLE = {
  table: 'example-benchmarks',
  edition: '2024',
  source: 'Invented for illustration; no published benchmark',
  validFrom: '2024-01-01',
  use: 'example-office',
  name: 'Office (invented)',
  via: 'category',
} as const;

const AppliedBenchmarkSchema = Type.Object(
  {
    table: Type.String({ description: 'The table.' }),
    edition: Type.String({ description: 'The edition: the newest that is valid by the end of the period.' }),
    source: Type.String({ description: 'Where its numbers come from, as the operator states it.' }),
    validFrom: localDay('From when the edition is valid.'),
    use: Type.String({ description: 'The use that the site is set against.' }),
    name: Type.String({ description: 'What kind of building that is.' }),
    via: oneOf(['site', 'category'], 'Whether the site names the use, or its category is mapped to it.'),
  },
  {
    $id: 'AppliedBenchmark',
    ...closed,
    description: 'What a rating is set against.',
    examples: [BENCHMARK_EXAMPLE],
  },
);

const RATED = {
  rating: Type.Integer({
    description: 'Whole number, half-up; 100 is typical of the use.',
    minimum: 0,
    'x-unit': 'index, 100 is typical',
  }),
  band: oneOf(BANDS, 'Band of the rating: A up to 25, B 50, C 75, D 100, E 125, F 150, G above.'),
  floorAreaM2: Type.Number({ description: 'Gross internal floor area in the twelve months.', 'x-unit': 'm2' }),
  benchmark: ref(AppliedBenchmarkSchema),
  fuels: Type.Array(ref(RatedFuelSchema), { description: 'What the building used, by fuel.' }),
  typical: Type.Array(ref(TypicalTermSchema), { description: 'What is typical of the use.' }),
  actualKgCo2PerM2: kgPerM2('Sum of the fuels: above the line.'),
  typicalKgCo2PerM2: kgPerM2('Sum of the typical terms: below the line.'),
};

const MARKS = {
  indicative: Type.Literal(true, { description: 'No display energy certificate: an assessor alone issues one.' }),
  unadjusted: Type.Literal(true, {
    description: 'Not adjusted for hours of use, weather, mixed uses, separable energy or on-site renewables.',
  }),
  caveats: Type.Array(Type.String({ description: 'One caveat.' }), {
    description: 'What has to stand beside the rating wherever it is shown.',
  }),
};

const SITE_RATING = {
  site: 'CH-001',
  name: 'Council House',
  rating: 117,
  band: 'E',
  floorAreaM2: 1000,
  benchmark: BENCHMARK_EXAMPLE,
  fuels: [
    FUEL_EXAMPLE,
    {
      ...FUEL_EXAMPLE,
      activity: 'natural-gas',
      energyKwh: 94000,
      kWhPerM2: 94,
      kgCo2PerKwh: 0.194,
      kgCo2PerM2: 18.236,
    },
  ],
  typical: [TYPICAL_EXAMPLE, { term: 'fossil-thermal', kWhPerM2: 100, kgCo2PerKwh: 0.194, kgCo2PerM2: 19.4 }],
  actualKgCo2PerM2: 73.236,
  typicalKgCo2PerM2: 63.4,
} as const;
const MARKS_EXAMPLE = { indicative: true, unadjusted: true, caveats: [...CAVEATS] } as const;
const PERIOD_EXAMPLE = { label: '2024/25', start: '2024-04-01', end: '2025-04-01' };

const SITE = {
  site: Type.String({ description: 'Key of the site.' }),
  name: Type.String({ description: 'Name of the site.' }),
};

/** The rating of one site. */
export const OperationalRatingSchema = Type.Object(
  { period: ref(PeriodSchema), asOf: Type.Optional(ref(AsOfSchema)), ...SITE, ...RATED, ...MARKS },
  {
    $id: 'OperationalRating',
    ...closed,
    description: 'An indicative operational rating, with everything it is divided from.',
    examples: [{ period: PERIOD_EXAMPLE, ...SITE_RATING, ...MARKS_EXAMPLE }],
  },
);

const REASON_EXAMPLE = {
  code: 'no-floor-area',
  detail:
    "site 'LIGHTS' has no floor area on 2024-04-01: expected the gross internal area in floorAreaM2 or floorAreas",
};

const RatingReasonSchema = Type.Object(
  {
    code: oneOf(RATING_REFUSALS, 'What kind of thing stands against a rating.'),
    detail: Type.String({ description: 'What it is, and what was expected.' }),
  },
  {
    $id: 'RatingReason',
    ...closed,
    description: 'Why a site is given no operational rating.',
    examples: [REASON_EXAMPLE],
  },
);

const NOT_RATED_EXAMPLE = { site: 'LIGHTS', name: 'Street lighting', reasons: [REASON_EXAMPLE] };

const optional = Object.fromEntries(Object.entries(RATED).map(([name, schema]) => [name, Type.Optional(schema)])) as {
  [Name in keyof typeof RATED]: ReturnType<typeof Type.Optional<(typeof RATED)[Name]>>;
};

export const RatedSiteSchema = Type.Object(
  {
    ...SITE,
    ...optional,
    reasons: Type.Optional(
      Type.Array(ref(RatingReasonSchema), { description: 'Why it has no rating. Absent where it has one.' }),
    ),
  },
  {
    $id: 'RatedSite',
    ...closed,
    description: 'A site with its rating, or with the reasons why it has none.',
    examples: [SITE_RATING, NOT_RATED_EXAMPLE],
  },
);

/** A page of sites. */
export const OperationalRatingsSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    asOf: Type.Optional(ref(AsOfSchema)),
    ...MARKS,
    data: Type.Array(ref(RatedSiteSchema), { description: 'The sites of this page, by key.' }),
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
    $id: 'OperationalRatings',
    ...closed,
    description: 'Indicative operational ratings of the estate.',
    examples: [{ period: PERIOD_EXAMPLE, ...MARKS_EXAMPLE, data: [SITE_RATING, NOT_RATED_EXAMPLE], page: {} }],
  },
);

const benchmarks = Type.Optional(
  key('Table of benchmarks. May be left out where there is one alone; the newest edition by the period is taken.'),
);

export const RATING_PARAMS = Type.Object({ site: key('Key of the site.') }, closed);
export const RATING_QUERY = Type.Object({ period, benchmarks, asOf }, closed);
export const RATINGS_QUERY = Type.Object(
  {
    period,
    benchmarks,
    asOf,
    category: Type.Optional(text('Only sites of this category.')),
    portfolio: Type.Optional(text('Only sites that are in this portfolio today.')),
    ...PAGE_QUERY,
  },
  closed,
);

export const operationalRatingSchemas = [
  RatedFuelSchema,
  TypicalTermSchema,
  AppliedBenchmarkSchema,
  OperationalRatingSchema,
  RatingReasonSchema,
  RatedSiteSchema,
  OperationalRatingsSchema,
];

export type OperationalRatingOutput = Static<typeof OperationalRatingSchema>;
export type RatedSiteOutput = Static<typeof RatedSiteSchema>;
