import { type Static, Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { asOf } from '../../schemas/as-of.ts';
import { key, oneOf, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { FactorFileSchema, FactorSetSchema, SET_EXAMPLE, version } from './schemas.ts';

const closed = { additionalProperties: false } as const;
const word = (description: string) => Type.String({ description });
const count = (description: string, unit = 'rows') => Type.Integer({ description, minimum: 0, 'x-unit': unit });
const factorOrNull = (description: string) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], description, 'x-unit': 'kg CO2e per unit' });

const UPLOADED_EXAMPLE = {
  outcome: 'rows-added',
  set: SET_EXAMPLE,
  rows: { total: 8740, withValue: 7029, zero: 176, blank: 1711 },
  file: {
    sha256: '8bfdb45b81ec4a88e3bdf4584637330f62e6bd09ce1940e654c5d7b7f736de94',
    bytes: 505634,
    layout: 'with-ids',
    sheet: 'Factors by Category',
    headerRow: 6,
    rows: 8740,
  },
  mapped: { factors: 148, rows: 280 },
  presentVersion: '1',
  differences: [],
  warnings: [],
};

export const UploadedFactorSetSchema = Type.Object(
  {
    outcome: oneOf(
      ['version-added', 'rows-added', 'unchanged'],
      'A new version, not in use before it is activated; the rows of a version that stood already with the same figures; or nothing new.',
    ),
    set: ref(FactorSetSchema),
    file: ref(FactorFileSchema),
    rows: Type.Object(
      {
        total: count('Rows of the table.'),
        withValue: count('Of these, with a number.'),
        zero: count('Of these, with the number 0.'),
        blank: count('Rows without a number, which is not 0.'),
      },
      { ...closed, description: 'The rows of the file; every one is held.' },
    ),
    mapped: Type.Object(
      {
        factors: count('Factors of this service that the file has.', 'factors'),
        rows: count('Rows that they and their gas parts come from.'),
      },
      { ...closed, description: 'The lines that figures take, found among the rows.' },
    ),
    presentVersion: Type.Optional(word('The version of the set that figures use.')),
    differences: Type.Array(
      Type.Object(
        {
          key: word('Name of the factor.'),
          kind: oneOf(
            ['added', 'removed', 'changed', 'parts-changed'],
            'Only in the file, only in the version in use, another number or unit, or other gas parts alone.',
          ),
          unit: word('The unit it is per.'),
          present: factorOrNull('The factor in use; null where it is blank or missing.'),
          uploaded: factorOrNull('The factor of the file; null where it is blank or missing.'),
        },
        { ...closed, description: 'One difference.' },
      ),
      { description: 'What the file has otherwise than the version in use.' },
    ),
    warnings: Type.Array(Type.String({ description: 'One warning.' }), {
      description: 'What looks odd and is taken as it is: gas parts that miss their total, lines that are missing.',
    }),
  },
  {
    $id: 'UploadedFactorSet',
    ...closed,
    description: 'What became of an uploaded file of conversion factors.',
    examples: [UPLOADED_EXAMPLE],
  },
);

export const UPLOAD_FACTORS_QUERY = Type.Object(
  {
    id: Type.Optional(
      key("Name of the set, where the file does not say that it is the UK Government's: ends in its year."),
    ),
    version: Type.Optional(
      version(
        'Version of the edition, where the file states none. What the file states must agree; a remark may stand behind it, such as 1-corrected.',
      ),
    ),
    year: Type.Optional(
      Type.Integer({
        description: 'Year of the edition, where the file states none. What the file states must agree.',
        minimum: 1990,
        maximum: 2100,
        'x-unit': 'calendar year',
      }),
    ),
    title: Type.Optional(text('Title of the publication.', LIMITS.nameLengthMax)),
    publisher: Type.Optional(text('Who published it.', LIMITS.nameLengthMax)),
    publishedOn: Type.Optional(
      Type.String({
        description: 'When it was published: a year, a month or a day. By default what the file states.',
        pattern: '^\\d{4}(-\\d{2}){0,2}$',
        'x-expects': 'a year, a month or a day, such as 2025, 2025-06 or 2025-06-10',
      }),
    ),
    gwp: Type.Optional(oneOf(['SAR', 'AR4', 'AR5', 'AR6'], 'Whose global warming potentials its CO2e stands on.')),
    licence: Type.Optional(text('Licence and attribution.', LIMITS.noteLengthMax)),
    source: Type.Optional(text('Where it comes from.', LIMITS.noteLengthMax)),
    fileName: Type.Optional(text('Name of the file, to keep with it.', LIMITS.uploadFileNameLengthMax)),
  },
  closed,
);

const ROW_EXAMPLE = {
  rowNumber: 3066,
  rowId: '7_400_4000_5_1',
  scope: 'Scope 2',
  level1: 'UK electricity',
  level2: 'Electricity generated',
  level3: 'Electricity: UK',
  level4: 'kWh',
  columnText: '',
  uom: 'kWh',
  ghg: 'kg CO2e',
  value: 0.177,
  factorKey: 'electricity.grid.generation',
};

export const OfficialRowSchema = Type.Object(
  {
    rowNumber: Type.Integer({ description: 'Row of the sheet, or line of the file.', 'x-unit': 'row, from 1' }),
    rowId: Type.Optional(word("The publisher's own identifier, from 2023 on.")),
    scope: word('Scope, as printed.'),
    level1: word('Level 1, as printed.'),
    level2: word('Level 2, as printed.'),
    level3: word('Level 3, as printed.'),
    level4: word('Level 4, as printed.'),
    columnText: word('Column text, as printed.'),
    uom: word('Unit of measure, as printed.'),
    ghg: word('What the number counts, as printed.'),
    value: Type.Unsafe<number | null>({
      type: ['number', 'null'],
      description: 'The stored number to 10 significant digits; null where the file is blank, which is not 0.',
      'x-unit': 'as in ghg, per uom',
    }),
    factorKey: Type.Optional(word('The factor of this service that the row is, or is a gas part of.')),
  },
  { $id: 'OfficialRow', ...closed, description: "One row of a publisher's file.", examples: [ROW_EXAMPLE] },
);

export const OfficialRowPageSchema = pageSchema(
  OfficialRowSchema,
  'OfficialRowPage',
  "One page of the rows of a publisher's file.",
  ROW_EXAMPLE,
);

export const OFFICIAL_ROWS_QUERY = Type.Object(
  {
    text: Type.Optional(
      text(
        'Only rows that have every word of this in their texts, or are this row identifier.',
        LIMITS.searchLengthMax,
      ),
    ),
    scope: Type.Optional(text('Only rows of this scope, as printed.')),
    level1: Type.Optional(text('Only rows of this level 1, as printed.')),
    uom: Type.Optional(text('Only rows per this unit, as printed.')),
    key: Type.Optional(key('Only rows of this factor.')),
    blank: Type.Optional(Type.Boolean({ description: 'Only blank rows, or only rows with a number.' })),
    asOf,
    ...PAGE_QUERY,
  },
  closed,
);

export const factorUploadSchemas = [UploadedFactorSetSchema, OfficialRowSchema, OfficialRowPageSchema];

export type UploadedFactorSetOutput = Static<typeof UploadedFactorSetSchema>;
export type UploadFactorsQuery = Static<typeof UPLOAD_FACTORS_QUERY>;
export type OfficialRowOutput = Static<typeof OfficialRowSchema>;
export type OfficialRowsQuery = Static<typeof OFFICIAL_ROWS_QUERY>;
