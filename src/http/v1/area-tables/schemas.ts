import { type Static, Type } from 'typebox';
import { AREA_TABLE_KINDS, GEOGRAPHIES, type Geography } from '../../../domain/places/area-table.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;

const EXAMPLE = {
  table: 'imd-2025',
  kind: 'deprivation',
  geography: 2021,
  source: 'English Indices of Deprivation 2025, File 7',
  publishedOn: '2025-10-30',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  rows: 33755,
} as const;

const geography = Type.Unsafe<Geography>({
  type: 'integer',
  enum: [...GEOGRAPHIES],
  description:
    'Census whose small areas (LSOA) the codes are of: the index of 2019 is of 2011, that of 2025 of 2021. Tables of different censuses are never joined.',
});

export const AREA_TABLE_PARAMS = Type.Object({ table: key('Key of the table, such as imd-2025.') }, closed);

export const AREA_TABLE_PUT_QUERY = Type.Object(
  {
    source: text('Where the table was published: the edition of the publication, best with its address.', 300),
    publishedOn: Type.Optional(localDay('Day of publication. Of several tables the newest is taken.')),
    geography: Type.Optional(
      Type.Integer({
        description: `Census whose small areas the codes are of, where the header does not say it: ${GEOGRAPHIES.join(' or ')}.`,
        enum: [...GEOGRAPHIES],
      }),
    ),
  },
  closed,
);

export const AreaTableSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    table: Type.String({ description: 'Key of the table.' }),
    kind: oneOf(
      AREA_TABLE_KINDS,
      'What it tells: postcodes, the small area of each postcode; deprivation, the national rank and decile of each small area of England.',
    ),
    geography,
    source: Type.String({ description: 'Where the table was published.' }),
    publishedOn: Type.Optional(Type.String({ description: 'Day of publication.', format: 'date' })),
    sha256: Type.String({ description: 'SHA-256 of the file as it came.' }),
    rows: Type.Integer({ description: 'Rows that are kept.', minimum: 0, 'x-unit': 'rows' }),
  },
  { $id: 'AreaTable', ...closed, description: 'One edition of a look-up table of areas.', examples: [EXAMPLE] },
);

const count = (description: string) => Type.Integer({ description, minimum: 0, 'x-unit': 'rows' });

export const AreaTableOutcomeSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    table: ref(AreaTableSchema),
    outcome: oneOf(
      ['created', 'replaced', 'unchanged'],
      'What became of it: unchanged where the same file stood already.',
    ),
    skipped: Type.Object(
      {
        withoutArea: count('Postcodes that are in no small area, such as those no longer in use.'),
        outsideEngland: count('Areas of other nations in a table of deprivation: their ranks cannot be compared.'),
      },
      { ...closed, description: 'Rows that are not kept.' },
    ),
  },
  {
    $id: 'AreaTableOutcome',
    ...closed,
    description: 'What a table came to.',
    examples: [{ table: EXAMPLE, outcome: 'created', skipped: { withoutArea: 0, outsideEngland: 0 } }],
  },
);

export const AreaTablePageSchema = pageSchema(
  AreaTableSchema,
  'AreaTablePage',
  'One page of look-up tables of areas, by key.',
  EXAMPLE,
);

export const AREA_TABLE_LIST_QUERY = Type.Object({ asOf, ...PAGE_QUERY }, closed);

const PLACE_EXAMPLE = {
  site: 'CH-001',
  postcode: 'CV1 5RR',
  lsoa: 'E01009652',
  via: 'postcodes-2025-08',
  rank: 4211,
  imdDecile: 2,
} as const;

export const PlaceSchema = Type.Object(
  {
    site: Type.String({ description: 'Key of the site.' }),
    postcode: Type.Optional(Type.String({ description: 'Its postcode.' })),
    lsoa: Type.Optional(Type.String({ description: 'Its small area in the census of the index.' })),
    via: Type.Optional(
      Type.String({ description: 'How the area is known: `site`, or the key of the table of postcodes.' }),
    ),
    rank: Type.Optional(
      Type.Integer({ description: 'National rank, 1 the most deprived.', minimum: 1, 'x-unit': 'rank' }),
    ),
    imdDecile: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      minimum: 1,
      maximum: 10,
      description: 'National decile, 1 the most deprived; null where the area is not known.',
      'x-unit': 'decile',
    }),
    reason: Type.Optional(
      oneOf(['no-postcode-or-lsoa', 'postcode-not-found', 'lsoa-not-in-index'], 'Why there is no decile.'),
    ),
  },
  { $id: 'Place', ...closed, description: 'Where a site stands.', examples: [PLACE_EXAMPLE] },
);

export const PlacesSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    table: ref(AreaTableSchema),
    note: Type.String({ description: 'What the index says and what it does not.' }),
    data: Type.Array(ref(PlaceSchema), { description: 'One row a site, by key.' }),
  },
  {
    $id: 'Places',
    ...closed,
    description: 'Where the sites stand by one edition of the index of deprivation.',
    examples: [{ table: EXAMPLE, note: 'Where the buildings stand.', data: [PLACE_EXAMPLE] }],
  },
);

export const PLACES_QUERY = Type.Object({ asOf }, closed);

export const areaTableSchemas = [
  AreaTableSchema,
  AreaTableOutcomeSchema,
  AreaTablePageSchema,
  PlaceSchema,
  PlacesSchema,
];

export type AreaTableOutput = Static<typeof AreaTableSchema>;
export type AreaTableOutcomeOutput = Static<typeof AreaTableOutcomeSchema>;
export type PlaceOutput = Static<typeof PlaceSchema>;
