import { type Static, Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { key, oneOf, text } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { FactorSetSchema, SET_EXAMPLE, version } from './schemas.ts';
import { STATEMENT_CHANGE_EXAMPLE, StatementChangeSchema } from './statement-change-schema.ts';

const closed = { additionalProperties: false } as const;
const word = (description: string) => Type.String({ description });
const kgOrNull = (description: string) =>
  Type.Unsafe<number | null>({
    type: ['number', 'null'],
    description: `${description} Null: not quantified, or nothing known.`,
    'x-unit': 'kgCO2e',
  });
const factorOrNull = (description: string) =>
  Type.Unsafe<number | null>({
    type: ['number', 'null'],
    description: `${description} Null: blank, or not in the set.`,
    'x-unit': 'kg CO2e per unit',
  });
const wordOrNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

const KG_CHANGE = {
  kgBefore: kgOrNull('With the factors in use now.'),
  kgAfter: kgOrNull('With the version asked about.'),
  kgDifference: kgOrNull('The amount due to the set, rounded from the exact difference.'),
};

const LINE_EXAMPLE = {
  activity: 'electricity',
  line: 'generation',
  scope: 'scope2',
  kgBefore: 177000,
  kgAfter: 130960,
  kgDifference: -46040,
};
const TARGET_YEAR_EXAMPLE = {
  year: 2026,
  period: '2026/27',
  allowedBefore: 150000,
  allowedAfter: 150000,
  kgBefore: 177000,
  kgAfter: 130960,
  kgDifference: -46040,
  statusBefore: 'off-track',
  statusAfter: 'on-track',
};
const IMPACT_EXAMPLE = {
  set: 'uk-2026',
  fromVersion: '1.1',
  toVersion: '1.2',
  policy: 'reporting-year',
  seq: '42',
  factors: [{ key: 'electricity.grid.generation', unit: 'kWh', before: 0.177, after: 0.13096 }],
  years: [
    {
      year: '2026/27',
      start: '2026-04-01',
      end: '2027-04-01',
      kgBefore: 177000,
      kgAfter: 130960,
      kgDifference: -46040,
      lines: [LINE_EXAMPLE],
    },
  ],
  targets: [
    {
      target: 'council-2030',
      name: 'Net zero by 2030',
      years: [TARGET_YEAR_EXAMPLE],
    },
  ],
  statements: [STATEMENT_CHANGE_EXAMPLE],
};

const YearChangeSchema = Type.Object(
  {
    year: word('The reporting year.'),
    start: word('Its first day.'),
    end: word('The first day after it.'),
    ...KG_CHANGE,
    lines: Type.Array(
      Type.Object(
        {
          activity: word('Utility or fuel.'),
          line: word('Factor line.'),
          scope: word('Scope of the line; outsideOfScopes is in no total.'),
          site: Type.Optional(word('Key of the site, where asked for.')),
          ...KG_CHANGE,
        },
        { ...closed, description: 'One line that changes.' },
      ),
      { description: 'The lines that change.' },
    ),
  },
  { ...closed, description: 'One reporting year; its kilograms are scopes 1 to 3.' },
);

export const TargetYearChangeSchema = Type.Object(
  {
    year: Type.Integer({ description: 'Year of the target.', 'x-unit': 'calendar year' }),
    period: word('Its period.'),
    allowedBefore: Type.Number({ description: 'What its path allows now.', 'x-unit': 'kgCO2e' }),
    allowedAfter: Type.Number({
      description: 'What it would allow: a path that starts from a computed figure moves with it.',
      'x-unit': 'kgCO2e',
    }),
    ...KG_CHANGE,
    statusBefore: wordOrNull('Its status now; null for a year that is not over.'),
    statusAfter: wordOrNull('Its status then.'),
  },
  {
    $id: 'TargetYearChange',
    ...closed,
    description: 'What other factors change in one year of a target.',
    examples: [TARGET_YEAR_EXAMPLE],
  },
);

const TargetChangeSchema = Type.Object(
  {
    target: word('Key of the target.'),
    name: word('Its name.'),
    years: Type.Array(ref(TargetYearChangeSchema), { description: 'The years that change.' }),
    unavailable: Type.Optional(word('Why the target has no progress that could change.')),
  },
  { ...closed, description: 'One target that changes, or cannot be told.' },
);

export const FactorImpactSchema = Type.Object(
  {
    set: word('The set.'),
    fromVersion: wordOrNull('The version in use before; null where none was.'),
    toVersion: wordOrNull('The version in use after; null where the set is withdrawn.'),
    policy: word('The policy by which days found their factors.'),
    seq: word('Clock reading of the data it was computed from.'),
    factors: Type.Array(
      Type.Object(
        {
          key: word('Name of the factor.'),
          unit: word('The unit it is per.'),
          before: factorOrNull('Before.'),
          after: factorOrNull('After.'),
        },
        { ...closed, description: 'One factor that changes.' },
      ),
      { description: 'The factors that change.' },
    ),
    years: Type.Array(YearChangeSchema, { description: 'Each reporting year of the estate that has data.' }),
    targets: Type.Array(TargetChangeSchema, { description: 'The targets that change.' }),
    statements: Type.Array(StatementChangeSchema, { description: 'The published statements that change.' }),
  },
  {
    $id: 'FactorImpact',
    ...closed,
    description: 'What a version of a factor set changes: old and new figures, and the amount due to the set.',
    examples: [IMPACT_EXAMPLE],
  },
);

export const ActivatedSetSchema = Type.Object(
  { set: ref(FactorSetSchema), impact: ref(FactorImpactSchema) },
  {
    $id: 'ActivatedFactorSet',
    ...closed,
    description: 'A version as it stands now, and what the change of its use changed.',
    examples: [{ set: SET_EXAMPLE, impact: IMPACT_EXAMPLE }],
  },
);

const EventSchema = Type.Object(
  {
    seq: word('Clock reading.'),
    recordedAt: Type.String({ description: 'When.', format: 'date-time' }),
    principal: word('By which key.'),
    kind: oneOf(['activated', 'withdrawn'], 'What was done.'),
    version: word('The version.'),
    reason: Type.Optional(word('Why, as it was said.')),
    impact: Type.Optional(ref(FactorImpactSchema)),
  },
  { ...closed, description: 'One change of the version in use.' },
);

export const FactorSetHistorySchema = Type.Object(
  {
    id: word('Name of the set.'),
    versions: Type.Array(ref(FactorSetSchema), { description: 'Its versions.' }),
    changes: Type.Array(EventSchema, {
      description:
        'What was brought into and out of use, oldest first, each with what it changed in figures and targets. Sets that the service came with changed nothing that was there before.',
    }),
    asOf: Type.Optional(ref(AsOfSchema)),
  },
  {
    $id: 'FactorSetHistory',
    ...closed,
    description: 'A factor set: its versions and how it came to the one in use.',
    examples: [
      {
        id: 'uk-2019',
        versions: [SET_EXAMPLE],
        changes: [
          {
            seq: '1',
            recordedAt: '2026-11-22T12:00:00.000Z',
            principal: 'system',
            kind: 'activated',
            version: '1.03',
          },
        ],
      },
    ],
  },
);

export const ActivateSchema = Type.Object(
  { reason: Type.Optional(text('Why, for whoever reads the figures later.', LIMITS.noteLengthMax)) },
  {
    $id: 'ActivateFactorSet',
    ...closed,
    description: 'A reason to keep.',
    examples: [{ reason: 'Corrected edition.' }],
  },
);

export const SET_PARAMS = Type.Object({ set: key('Name of the set, such as uk-2025.') }, closed);
export const VERSION_PARAMS = Type.Object(
  { set: key('Name of the set, such as uk-2025.'), version: version('Version of the set.') },
  closed,
);
export const IMPACT_QUERY = Type.Object(
  {
    version: version('The version that would come into use.'),
    period: Type.Optional(
      Type.String({
        description:
          'Days to look at, in the period grammar. Default: every reporting year that the set can matter to.',
        minLength: 4,
        maxLength: 40,
      }),
    ),
    factors: Type.Optional(
      oneOf(['reporting-year', 'calendar-year', 'blended'], 'Factor policy. Default reporting-year.'),
    ),
    groupBy: Type.Optional(oneOf(['site'], 'Lines by site as well.')),
  },
  closed,
);

export const impactSchemas = [
  TargetYearChangeSchema,
  FactorImpactSchema,
  ActivatedSetSchema,
  FactorSetHistorySchema,
  ActivateSchema,
];

export type FactorImpactOutput = Static<typeof FactorImpactSchema>;
export type FactorSetHistoryOutput = Static<typeof FactorSetHistorySchema>;
