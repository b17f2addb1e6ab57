import { type Static, type TSchema, Type } from 'typebox';
import { COUNTS_ON } from '../../../domain/kg-by-figure.ts';
import { RESTATEMENT_CAUSES } from '../../../domain/statements/restatement.ts';
import { YEAR_STATUSES } from '../../../domain/targets/target-status.ts';
import { oneOf } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { HEAD_EXAMPLE, StatementHeadSchema } from './schemas.ts';

const closed = { additionalProperties: false } as const;
const nullable = (schema: TSchema, description: string) => Type.Union([schema, Type.Null()], { description });

const KG = {
  exactKgCo2e: Type.String({ description: 'Kilograms before rounding, a decimal as text.' }),
  kgCo2e: Type.Number({ description: 'Kilograms.', 'x-unit': 'kgCO2e' }),
};
const DIRECTION = oneOf(['increase', 'decrease', 'none'], 'Whether it raises or lowers the figure.');
const AMOUNT = Type.Object({ ...KG, direction: DIRECTION }, { ...closed, description: 'A difference.' });
const FIGURES = Type.Record(Type.String(), Type.Object(KG, { ...closed, description: 'An amount.' }), {
  description:
    'Kilograms by scope, `total`, which is scopes 1 to 3, and `scope2Market` and `totalMarket` on the market basis.',
});

const CHANGES = Type.Record(Type.String(), AMOUNT, { description: 'Differences by the same names.' });
const CAUSE = oneOf(RESTATEMENT_CAUSES, 'Kind of change.');

const LINE = Type.Object(
  {
    cause: CAUSE,
    site: Type.String({ description: 'Key of the site.' }),
    activity: Type.String({ description: 'Utility or fuel.' }),
    line: Type.String({ description: 'Factor line.' }),
    scope: Type.String({ description: 'Where it is reported: a scope, outsideOfScopes, or scope2Market.' }),
    basis: oneOf(
      COUNTS_ON,
      'Whose total it counts in: add lines of `location` and `both` for the change of `total`, of `market` and `both` for that of `totalMarket`. CO2 outside of scopes is in none.',
    ),
    ...KG,
    direction: DIRECTION,
  },
  { ...closed, description: 'What a kind of change did to one line of one site.' },
);

const status = (description: string) => nullable(oneOf(YEAR_STATUSES, 'A verdict.'), description);
const VERDICT = Type.Object(
  {
    target: Type.String({ description: 'Key of the target.' }),
    isNamed: Type.Boolean({
      description: 'Whether the statement names it. The others were adopted when it was published.',
    }),
    before: status('By what was known when it was published; null where there was no verdict.'),
    after: status('By what is known now, the target worded as it was.'),
    isTurned: Type.Boolean({
      description:
        'Whether they differ: then it is restated, however little its figures have changed; where they have not, only for the target that it names.',
    }),
  },
  { ...closed, description: 'The verdict of a target on the period.' },
);

/** What has changed since a statement was published. */
export const RestatementSchema = Type.Object(
  {
    statement: ref(StatementHeadSchema),
    frozenAt: Type.String({ description: 'The instant that the statement is of.', format: 'date-time' }),
    asOf: Type.String({ description: 'The instant it is compared with.', format: 'date-time' }),
    seq: Type.String({ description: 'The newest change known at that instant.' }),
    published: FIGURES,
    restated: FIGURES,
    difference: CHANGES,
    causes: Type.Array(
      Type.Object(
        {
          cause: CAUSE,
          change: CHANGES,
          data: Type.Array(LINE, {
            description:
              'By site and line; those of a scope add up to its change. Electricity stands on each basis: `basis` says which to add.',
          }),
        },
        { ...closed, description: 'What one kind of change did.' },
      ),
      {
        description:
          'The kinds of change in the order in which they are applied. They add up to the difference exactly.',
      },
    ),
    materialityThreshold: Type.Number({
      description: 'Share of a published figure from which it is restated.',
      'x-unit': 'share of one',
    }),
    isMaterial: Type.Boolean({
      description: 'Whether the statement is to be restated: a figure reaches the threshold, or a verdict has turned.',
    }),
    verdicts: Type.Array(VERDICT, {
      description:
        'Of the target that it names, first, and of every other target that was adopted when it was published, counts sites of it and gives a verdict on its period.',
    }),
    material: Type.Array(
      Type.Object(
        {
          figure: Type.String({ description: 'A total, or a scope.' }),
          ...KG,
          share: nullable(
            Type.Number({ description: 'Share.', 'x-unit': 'share of one' }),
            'Share of what was published; null where that was zero.',
          ),
        },
        { ...closed, description: 'A figure that changed by enough.' },
      ),
      { description: 'Figures that reach the threshold.' },
    ),
  },
  {
    $id: 'StatementRestatement',
    ...closed,
    description: 'What has changed since a statement was published, by cause.',
    examples: [
      {
        statement: { ...HEAD_EXAMPLE, status: 'published' },
        frozenAt: '2025-07-01T12:00:00.000000Z',
        asOf: '2025-09-01T12:00:00.000000Z',
        seq: '1042',
        published: { total: { exactKgCo2e: '100', kgCo2e: 100 } },
        restated: { total: { exactKgCo2e: '103', kgCo2e: 103 } },
        difference: { total: { exactKgCo2e: '3', kgCo2e: 3, direction: 'increase' } },
        causes: [],
        materialityThreshold: 0.05,
        isMaterial: false,
        verdicts: [{ target: 'council-2030', isNamed: true, before: 'on-track', after: 'on-track', isTurned: false }],
        material: [],
      },
    ],
  },
);

export type Restatement = Static<typeof RestatementSchema>;
