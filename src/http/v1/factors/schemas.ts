import { type Static, Type } from 'typebox';
import { ACTIVITIES } from '../../../domain/activities.ts';
import { FACTOR_SET_ORIGINS } from '../../../domain/factor-set-summary.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { instant, key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;
const word = (description: string) => Type.String({ description });

/** The version of a set, as it stands in an address. */
export const version = (description: string) =>
  Type.String({
    description,
    minLength: 1,
    maxLength: LIMITS.keyLengthMax,
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
    'x-expects': `a version of 1 to ${LIMITS.keyLengthMax} letters, digits and . _ -`,
  });

const FILE_EXAMPLE = {
  sha256: '8bfdb45b81ec4a88e3bdf4584637330f62e6bd09ce1940e654c5d7b7f736de94',
  fileName: 'ghg-conversion-factors-2025-flat-format.xlsx',
  bytes: 505634,
  layout: 'with-ids',
  sheet: 'Factors by Category',
  headerRow: 6,
  rows: 8740,
};

export const SET_EXAMPLE = {
  id: 'uk-2019',
  version: '1.03',
  year: 2019,
  title: 'UK Government GHG Conversion Factors for Company Reporting 2019',
  publisher: 'BEIS',
  publishedOn: '2019-06-04',
  gwp: 'AR4',
  licence: 'Open Government Licence v3.0',
  source: 'https://www.gov.uk/government/collections/government-conversion-factors-for-company-reporting',
  digest: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0',
  origin: 'shipped',
  active: true,
  factorCount: 120,
  recordedAt: '2026-11-22T12:00:00.000Z',
  activatedAt: '2026-11-22T12:00:00.000Z',
  activations: [{ seq: '1', activatedAt: '2026-11-22T12:00:00.000Z' }],
};

export const FactorFileSchema = Type.Object(
  {
    sha256: word('SHA-256 of the file.'),
    fileName: Type.Optional(word('Its name, as it was sent.')),
    bytes: Type.Integer({ description: 'Its size.', 'x-unit': 'bytes' }),
    layout: oneOf(['with-ids', 'without-ids'], 'The layout: with row identifiers from 2023 on, without them before.'),
    sheet: Type.Optional(word('Sheet of the workbook that the factors stand on; absent for a CSV file.')),
    headerRow: Type.Integer({ description: 'Row of the header.', 'x-unit': 'row, from 1' }),
    rows: Type.Integer({ description: 'Rows with a factor or a blank.', 'x-unit': 'rows' }),
  },
  {
    $id: 'FactorFile',
    ...closed,
    description: "The publisher's file behind a version, held row by row.",
    examples: [FILE_EXAMPLE],
  },
);

const ActivationSchema = Type.Object(
  {
    seq: word('Clock reading of the activation.'),
    activatedAt: instant('When figures began to use it.'),
    endedAt: Type.Optional(instant('When they ended to: another version took its place, or it was withdrawn.')),
    reason: Type.Optional(word('Why, as it was said.')),
  },
  { ...closed, description: 'A span in which figures used the version.' },
);

export const FactorSetSchema = Type.Object(
  {
    id: word('Name of the set, such as uk-2019.'),
    version: word("The publisher's version of the edition."),
    year: Type.Integer({ description: 'The year the set is for.', 'x-unit': 'calendar year' }),
    title: word('Title of the publication.'),
    publisher: word('Who published it.'),
    publishedOn: Type.Optional(
      word('When it was published, as precisely as the publisher says: a year, a month or a day.'),
    ),
    gwp: word('Whose global warming potentials its CO2e stands on.'),
    licence: word('Licence and attribution.'),
    source: word('Where it comes from.'),
    digest: word('SHA-256 over its figures.'),
    origin: oneOf(
      FACTOR_SET_ORIGINS,
      "Shipped with the service, uploaded as the publisher's file, or entered by hand.",
    ),
    file: Type.Optional(ref(FactorFileSchema)),
    active: Type.Boolean({ description: 'Whether figures use it.' }),
    factorCount: Type.Integer({ description: 'How many factors it has.', 'x-unit': 'factors' }),
    recordedAt: instant('When the service came to know it.'),
    activatedAt: Type.Optional(instant('When figures last began to use it.')),
    supersededAt: Type.Optional(instant('When they ended to: another version took its place, or it was withdrawn.')),
    activations: Type.Array(ActivationSchema, { description: 'Every span in which figures used it, oldest first.' }),
  },
  { $id: 'FactorSet', ...closed, description: 'One version of a set of factors.', examples: [SET_EXAMPLE] },
);

export const FactorSetListSchema = Type.Object(
  {
    data: Type.Array(ref(FactorSetSchema), { description: 'The sets, by year.' }),
    asOf: Type.Optional(ref(AsOfSchema)),
  },
  { $id: 'FactorSetList', ...closed, description: 'The factor sets held.', examples: [{ data: [SET_EXAMPLE] }] },
);

/** A factor as stored in the official file: 10 significant digits, which a JSON number holds. */
const factorNumber = (description: string) =>
  Type.Optional(
    Type.Number({
      description: `${description} Absent where the publication leaves it blank.`,
      'x-unit': 'kg CO2e per unit',
    }),
  );

const FACTOR_EXAMPLE = {
  key: 'electricity.generation',
  name: 'UK electricity, generated',
  unit: 'kWh',
  scope: '2',
  kgCo2e: 0.2556,
  factor: 0.2556,
  factorAsDisplayed: '0.2556',
  set: 'uk-2019',
  version: '1.03',
  year: 2019,
  active: true,
  source: 'UK electricity',
  confidence: 'published',
};

export const FactorSchema = Type.Object(
  {
    key: word('Name of the factor; the same in every set.'),
    name: word('What it is a factor of.'),
    unit: word('The unit that the kilograms are per.'),
    scope: oneOf(['1', '2', '3', 'outside'], 'The scope it belongs to.'),
    kgCo2e: factorNumber('Kilograms of CO2 equivalent per unit, to 10 significant digits of the official file.'),
    factor: factorNumber(
      'The number that quantities are multiplied with: kgCo2e under the name it has in explanations.',
    ),
    factorAsDisplayed: Type.Optional(word('The same as the publication displays it, to five decimals.')),
    kgCo2: factorNumber('The CO2 in it.'),
    kgCh4Co2e: factorNumber('The methane in it, as CO2 equivalent.'),
    kgN2oCo2e: factorNumber('The nitrous oxide in it, as CO2 equivalent.'),
    set: word('The set it stands in.'),
    version: word('Version of that set.'),
    year: Type.Integer({ description: 'The year of that set.', 'x-unit': 'calendar year' }),
    active: Type.Boolean({ description: 'Whether figures use that set.' }),
    source: word('Where in the publication it stands.'),
    confidence: word('How the number was obtained.'),
    notes: Type.Optional(word('What else is to be said of it.')),
    row: Type.Optional(
      Type.Object(
        {
          fileSha256: word('SHA-256 of the file.'),
          sheet: Type.Optional(word('Sheet of the workbook; absent for a CSV file.')),
          rowNumber: Type.Integer({ description: 'Row of the sheet, or line of the file.', 'x-unit': 'row, from 1' }),
          rowId: Type.Optional(word("The publisher's own identifier of the row, from 2023 on.")),
        },
        { ...closed, description: "Where it stands in the publisher's file, where that file is held." },
      ),
    ),
  },
  { $id: 'Factor', ...closed, description: 'One published factor.', examples: [FACTOR_EXAMPLE] },
);

export const FactorPageSchema = pageSchema(FactorSchema, 'FactorPage', 'One page of the factors.', FACTOR_EXAMPLE);

export const FACTOR_SET_QUERY = Type.Object(
  { publishedBy: Type.Optional(localDay('Only sets certainly published by the end of this day.')), asOf },
  closed,
);

export const FACTOR_QUERY = Type.Object(
  {
    set: Type.Optional(
      Type.String({
        description: 'Only factors of this set: uk-2019, uk-2019@1.03 or 2019. Absent: of the sets that figures use.',
        minLength: 1,
        maxLength: LIMITS.labelLengthMax,
        pattern: '^[A-Za-z0-9._-]+(@[A-Za-z0-9._-]+)?$',
        'x-expects': 'a set such as uk-2019, uk-2019@1.03 or 2019',
      }),
    ),
    version: Type.Optional(version('Only factors of this version of the set, which then has to be named.')),
    text: Type.Optional(text('Only factors with this in their key or name.', LIMITS.searchLengthMax)),
    asOf,
    activity: Type.Optional(oneOf(ACTIVITIES, 'Only factors that figures of this activity may take.')),
    key: Type.Optional(key('Only factors whose key begins so.')),
    unit: Type.Optional(text('Only factors per this unit.')),
    scope: Type.Optional(oneOf(['1', '2', '3', 'outside'], 'Only factors of this scope.')),
    ...PAGE_QUERY,
  },
  closed,
);

export const factorSchemas = [FactorFileSchema, FactorSetSchema, FactorSetListSchema, FactorSchema, FactorPageSchema];

export type FactorFileOutput = Static<typeof FactorFileSchema>;
export type FactorSetOutput = Static<typeof FactorSetSchema>;
export type FactorOutput = Static<typeof FactorSchema>;
export type FactorQuery = Static<typeof FACTOR_QUERY>;
