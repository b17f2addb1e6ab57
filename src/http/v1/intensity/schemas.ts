import { type Static, Type } from 'typebox';
import { NOT_RANKED } from '../../../domain/places/intensity.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { oneOf } from '../../schemas/atoms.ts';
import { CoverageSchema, FactorsEchoSchema, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { FACTORS, FILTERS } from '../figures/query.ts';

const closed = { additionalProperties: false } as const;

const numberOrNull = (description: string, unit: string) =>
  Type.Union([Type.Number({ 'x-unit': unit }), Type.Null()], { description, 'x-unit': unit });

const rank = (description: string) =>
  Type.Optional(
    Type.Object(
      {
        place: Type.Integer({ description: 'Its place; 1 is the most intensive.', minimum: 1, 'x-unit': 'place' }),
        of: Type.Integer({ description: 'Ranked sites of the category.', minimum: 1, 'x-unit': 'sites' }),
      },
      { ...closed, description },
    ),
  );

const ROW_EXAMPLE = {
  site: 'CH-001',
  category: 'office',
  floorAreaM2: 12500,
  energyKwh: 2250000,
  totalKgCo2e: 431250,
  kWhPerM2: 180,
  kgCo2ePerM2: 34.5,
  energyRank: { place: 2, of: 9 },
  carbonRank: { place: 3, of: 9 },
  coverage: { actual: 1, estimated: 0, missing: 0, days: { expected: 730, actual: 730, estimated: 0, missing: 0 } },
} as const;

export const SiteIntensitySchema = Type.Object(
  {
    site: Type.String({ description: 'Key of the site.' }),
    category: Type.Union([Type.String(), Type.Null()], { description: 'Its category; null: none.' }),
    floorAreaM2: numberOrNull(
      'Mean gross internal floor area over the days; null where it is not known for all.',
      'm2',
    ),
    energyKwh: numberOrNull('Final energy at gross calorific value; null where nothing is known.', 'kWh'),
    totalKgCo2e: numberOrNull('Scopes 1 to 3 of the lines asked for; null where nothing is known.', 'kg CO2e'),
    kWhPerM2: numberOrNull('Energy by floor area.', 'kWh/m2'),
    kgCo2ePerM2: numberOrNull('Carbon by floor area.', 'kg CO2e/m2'),
    energyRank: rank('Place among the sites of its category by energy. Absent where it is not ranked.'),
    carbonRank: rank('Place among the sites of its category by carbon. Absent where it is not ranked.'),
    notRanked: Type.Optional(oneOf(NOT_RANKED, 'Why it is not ranked.')),
    coverage: Type.Union([ref(CoverageSchema), Type.Null()], { description: 'How complete the figures are.' }),
  },
  {
    $id: 'SiteIntensity',
    ...closed,
    description: 'Energy and carbon per square metre of a site.',
    examples: [ROW_EXAMPLE],
  },
);

const CATEGORY_EXAMPLE = {
  category: 'office',
  ranked: 9,
  kWhPerM2: 171.2,
  kgCo2ePerM2: 33.1,
  medianKWhPerM2: 169,
  medianKgCo2ePerM2: 32.8,
} as const;

const perM2 = (description: string, unit: string) => Type.Number({ description, 'x-unit': unit });

export const CategoryIntensitySchema = Type.Object(
  {
    category: Type.String({ description: 'The category.' }),
    ranked: Type.Integer({ description: 'Sites that could be compared.', minimum: 1, 'x-unit': 'sites' }),
    kWhPerM2: perM2('Their energy together over their floor area together.', 'kWh/m2'),
    kgCo2ePerM2: perM2('Their carbon together over their floor area together.', 'kg CO2e/m2'),
    medianKWhPerM2: perM2('Median of the sites.', 'kWh/m2'),
    medianKgCo2ePerM2: perM2('Median of the sites.', 'kg CO2e/m2'),
  },
  {
    $id: 'CategoryIntensity',
    ...closed,
    description: 'The compared sites of a category together.',
    examples: [CATEGORY_EXAMPLE],
  },
);

export const IntensityAnswerSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    asOf: Type.Optional(ref(AsOfSchema)),
    factors: ref(FactorsEchoSchema),
    data: Type.Array(ref(SiteIntensitySchema), { description: 'One row a site, by key.' }),
    categories: Type.Array(ref(CategoryIntensitySchema), {
      description: 'By category; only those with compared sites.',
    }),
    notices: Type.Array(Type.String({ description: 'One notice.' }), {
      description: 'What a reader of the figures should know.',
    }),
  },
  {
    $id: 'IntensityAnswer',
    ...closed,
    description: 'Energy and carbon per square metre, by site and category.',
    examples: [
      {
        period: { label: '2024/25', start: '2024-04-01', end: '2025-04-01' },
        factors: {
          policy: 'reporting-year',
          reportingYearStart: '04-01',
          sets: ['uk-2024'],
          applied: [{ set: 'uk-2024', version: '1.1', from: '2024-04-01', to: '2025-04-01', provisional: false }],
        },
        data: [ROW_EXAMPLE],
        categories: [CATEGORY_EXAMPLE],
        notices: [],
      },
    ],
  },
);

const { interval: _interval, estimates: _estimates, imdTable: _table, ...ASKED } = FILTERS;
const { gas: _gas, basis: _basis, ...CHOSEN } = FACTORS;

export const INTENSITY_QUERY = Type.Object({ ...ASKED, ...CHOSEN, asOf }, closed);

export const intensitySchemas = [SiteIntensitySchema, CategoryIntensitySchema, IntensityAnswerSchema];

export type IntensityAnswer = Static<typeof IntensityAnswerSchema>;
export type SiteIntensityOutput = Static<typeof SiteIntensitySchema>;
