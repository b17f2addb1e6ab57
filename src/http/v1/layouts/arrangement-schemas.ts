import { type Static, type TSchema, Type } from 'typebox';
import { ABOVE_ROLES } from '../../../domain/upload/arrangement.ts';
import { LIMITS } from '../../../limits.ts';
import { oneOf, text } from '../../schemas/atoms.ts';

const closed = { additionalProperties: false } as const;

const place = (description: string) =>
  Type.Integer({ description, minimum: 0, maximum: LIMITS.layoutColumnsMax - 1, 'x-unit': 'column' });

const AboveMarkSchema = Type.Object(
  {
    mark: Type.String({
      description:
        'The word before what is said, in small letters, such as `mpan` or `#o`. Empty: a line of one cell is the name itself.',
      maxLength: LIMITS.layoutHeaderLengthMax,
    }),
    holds: oneOf(ABOVE_ROLES, 'What stands behind it.'),
    texts: Type.Optional(
      Type.Record(Type.String({ maxLength: LIMITS.layoutHeaderLengthMax }), text('What the code stands for.'), {
        description: 'What codes stand for, such as 3 for RI. Absent: the text is meant as it stands.',
        maxProperties: LIMITS.layoutSkipTextsMax,
      }),
    ),
  },
  { ...closed, description: 'A line that says something of the rows below it.' },
);

/** Columns of values under meters or dates; `header` is the schema of the text of a header. */
function acrossSchema(header: TSchema) {
  const MeterColumnSchema = Type.Object(
    {
      index: place('Place of the column in the file, from 0.'),
      header: Type.Unsafe<string>(header),
      meter: text('The meter that the values are of: key, serial number or alias.'),
      channel: Type.Optional(text('What is measured, such as AI or RI.')),
      unit: Type.Optional(text('The unit of the values, in small letters.')),
      flag: Type.Optional(place('Place of the column with their quality.')),
    },
    { ...closed, description: 'A column of values under a meter.' },
  );
  return Type.Object(
    {
      holds: oneOf(['meter', 'date', 'month'], 'What stands above the columns of values.'),
      columns: Type.Optional(
        Type.Array(MeterColumnSchema, {
          description: 'meter: the columns of values.',
          minItems: 1,
          maxItems: LIMITS.layoutColumnsMax,
        }),
      ),
      linesBelow: Type.Optional(
        Type.Integer({
          description: 'meter: lines between the one of the meters and the first row, such as one of units. Default 0.',
          minimum: 0,
          maximum: 10,
          'x-unit': 'lines',
        }),
      ),
      first: Type.Optional(
        place('date, month: place of the first date or month; the file says which dates or months there are.'),
      ),
      unit: Type.Optional(
        text(
          'month: the unit in the headers of the columns that are meant, in small letters; absent for those without one.',
        ),
      ),
    },
    { ...closed, description: 'Values side by side, each under a meter, a date or a whole month.' },
  );
}

/** How a file that has no rows by meter and date is unfolded into them. */
export function arrangementSchema(column: TSchema, header: TSchema) {
  return Type.Object(
    {
      above: Type.Optional(
        Type.Array(AboveMarkSchema, {
          description: 'What lines above rows say of all of them.',
          maxItems: ABOVE_ROLES.length,
        }),
      ),
      across: Type.Optional(acrossSchema(header)),
      keep: Type.Optional(
        Type.Array(Type.Unsafe<{ index: number; header?: string }>(column), {
          description:
            'Columns that a row has for all its values, by their place in the file. Required beside `across`.',
          maxItems: LIMITS.layoutColumnsMax,
        }),
      ),
    },
    {
      ...closed,
      description:
        'How a file with meters, dates or months side by side, or with the meter named above its rows, is unfolded into rows. `columns` are then those of the unfolded rows: what `above` says, in its order; those of `keep`, or all of the row; and of `across` the meter, channel, unit, value and quality, or the date and value, or the month, value and quality. Months are of bill-rows.',
    },
  );
}

export type ArrangementInput = Static<ReturnType<typeof arrangementSchema>>;
