import { Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const word = (description: string) => Type.String({ description });
const kilograms = (description: string) => Type.Number({ description, 'x-unit': 'kgCO2e' });

/** What a version of a factor set changes in one published statement. */
export const StatementChangeSchema = Type.Object(
  {
    statement: word('Number of the statement.'),
    version: Type.Integer({ description: 'Its version.', 'x-unit': 'versions' }),
    title: word('Its title.'),
    period: word('Its period.'),
    figures: Type.Array(
      Type.Object(
        {
          figure: word('A scope or total; on the market basis scope2Market and totalMarket.'),
          kgPublished: kilograms('As published.'),
          kgBefore: kilograms('As it would be restated with the factors in use now.'),
          kgAfter: kilograms('As it would be restated with the version asked about.'),
          kgDifference: kilograms('The amount due to the set, rounded from the exact difference.'),
          reachesThreshold: Type.Boolean({
            description: 'Whether it would then differ from what was published by the `restatementThreshold` or more.',
          }),
        },
        { ...closed, description: 'One figure that changes.' },
      ),
      { description: 'The figures that change.' },
    ),
  },
  { ...closed, description: 'One published statement that changes. What was published stays.' },
);

/** An example of such a change. */
export const STATEMENT_CHANGE_EXAMPLE = {
  statement: '7',
  version: 1,
  title: 'Greenhouse gas statement 2026/27',
  period: '2026/27',
  figures: [
    {
      figure: 'scope2',
      kgPublished: 177000,
      kgBefore: 177000,
      kgAfter: 130960,
      kgDifference: -46040,
      reachesThreshold: true,
    },
  ],
};
