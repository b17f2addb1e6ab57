import { type Static, Type } from 'typebox';
import { ACTIVITIES } from '../../../domain/activities.ts';
import { SOURCE_LENGTH_MAX } from '../../../domain/weather/degree-days.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { kgPerKwh } from '../../schemas/supply-atoms.ts';

const closed = { additionalProperties: false } as const;

const typical = (description: string) =>
  Type.Number({ description, minimum: 0, maximum: 100_000, 'x-unit': 'kWh/m2 a year' });

const USE = {
  use: key('Name of the use, by which sites and answers refer to it.'),
  name: text('What kind of building it is of.', LIMITS.nameLengthMax),
  electricityKwhPerM2: typical('Electricity that such a building typically takes.'),
  fossilThermalKwhPerM2: typical('Fossil-thermal energy that such a building typically takes.'),
};

const siteCategories = Type.Array(text('Category of sites.'), {
  description: 'Categories of sites that take this use where the site names none of its own.',
  maxItems: LIMITS.datedEntriesMax,
  uniqueItems: true,
});

const BenchmarkUseInputSchema = Type.Object(
  { ...USE, siteCategories: Type.Optional(siteCategories) },
  { $id: 'BenchmarkUseInput', ...closed, description: 'Typical energy of one kind of building.' },
);

const BenchmarkUseSchema = Type.Object(
  { ...USE, siteCategories },
  { $id: 'BenchmarkUse', ...closed, description: 'Typical energy of one kind of building.' },
);

const EnergyConversionSchema = Type.Object(
  {
    activity: oneOf(ACTIVITIES, 'The fuel, or district-heat. Electricity and natural-gas have fixed factors.'),
    heatNetwork: Type.Optional(key('Heat network that it is of. Absent: of any.')),
    kgCo2PerKwh: kgPerKwh('What a kWh (gross) counts in an operational rating.'),
    source: text('Who states it.', SOURCE_LENGTH_MAX),
  },
  {
    $id: 'EnergyConversion',
    ...closed,
    description: 'What a kWh of a fuel counts that the two fixed factors do not cover.',
  },
);

const FIELDS = {
  source: text('Where the numbers come from, with the edition of the publication.', SOURCE_LENGTH_MAX),
  validFrom: localDay('A period that ends after this day is rated by this edition, or by a newer one.'),
};

const uses = { description: 'Typical energy by use.', minItems: 1, maxItems: LIMITS.benchmarkUsesMax } as const;
const conversions = {
  description: 'Fuels besides electricity and natural gas; a site that uses one without a conversion is not rated.',
  maxItems: LIMITS.benchmarkConversionsMax,
} as const;

/** Invented numbers: no published table is shipped, nor shown. */
const EXAMPLE = {
  source: 'Invented for illustration; no published benchmark',
  validFrom: '2024-01-01',
  uses: [
    {
      use: 'example-office',
      name: 'Office (invented)',
      electricityKwhPerM2: 80,
      fossilThermalKwhPerM2: 100,
      siteCategories: ['office'],
    },
  ],
  conversions: [{ activity: 'lpg', kgCo2PerKwh: 0.25, source: 'Invented for illustration' }],
};

/** An edition of benchmarks as it is written. */
export const BenchmarkEditionInputSchema = Type.Object(
  {
    ...FIELDS,
    uses: Type.Array(ref(BenchmarkUseInputSchema), uses),
    conversions: Type.Optional(Type.Array(ref(EnergyConversionSchema), conversions)),
  },
  {
    $id: 'BenchmarkEditionInput',
    ...closed,
    description: 'One edition of a table of benchmarks.',
    examples: [EXAMPLE],
  },
);

const OUTPUT_EXAMPLE = { table: 'example-benchmarks', edition: '2024', ...EXAMPLE };

/** An edition of benchmarks as it is read. */
export const BenchmarkEditionSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    table: key('Name of the table.'),
    edition: key('Name of the edition.'),
    ...FIELDS,
    uses: Type.Array(ref(BenchmarkUseSchema), uses),
    conversions: Type.Array(ref(EnergyConversionSchema), conversions),
  },
  {
    $id: 'BenchmarkEdition',
    ...closed,
    description: 'One edition of a table of benchmarks, as the operator uploaded it.',
    examples: [OUTPUT_EXAMPLE],
  },
);

export const BenchmarkPageSchema = pageSchema(
  BenchmarkEditionSchema,
  'BenchmarkPage',
  'One page of the editions, by table and edition.',
  OUTPUT_EXAMPLE,
);

export const BENCHMARK_PARAMS = Type.Object(
  { table: key('Name of the table.'), edition: key('Name of the edition.') },
  closed,
);
export const BENCHMARKS_QUERY = Type.Object({ asOf, ...PAGE_QUERY }, closed);

export const benchmarkSchemas = [
  BenchmarkUseInputSchema,
  BenchmarkUseSchema,
  EnergyConversionSchema,
  BenchmarkEditionInputSchema,
  BenchmarkEditionSchema,
  BenchmarkPageSchema,
];

export type BenchmarkEditionInput = Static<typeof BenchmarkEditionInputSchema>;
export type BenchmarkEditionOutput = Static<typeof BenchmarkEditionSchema>;
