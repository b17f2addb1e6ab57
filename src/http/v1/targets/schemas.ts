import { type Static, Type } from 'typebox';
import { LINES } from '../../../domain/activities.ts';
import { BOUNDARY_KINDS, PATH_KINDS, TARGET_STATUSES } from '../../../domain/targets/target.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, oneOf, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { otherLine } from '../other-emissions/schemas.ts';
import {
  AllowanceSchema,
  BaselineSchema,
  BoundarySchema,
  BudgetSchema,
  MilestoneSchema,
  note,
  partSchemas,
  RebasingSchema,
  scope,
} from './part-schemas.ts';

const closed = { additionalProperties: false } as const;

const FIELDS = {
  name: text('Name of the target.', LIMITS.nameLengthMax),
  boundary: ref(BoundarySchema),
  baseline: ref(BaselineSchema),
  milestones: Type.Array(ref(MilestoneSchema), { description: 'In order of time.', minItems: 1, maxItems: 100 }),
  source: note('Where the target was adopted or published.'),
};

const vagueDay = (description: string) =>
  Type.String({
    description: `${description} A day, a month or a year, as precise as the source says.`,
    pattern: '^(199\\d|2[01]\\d\\d)(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$',
    'x-expects': 'YYYY-MM-DD, YYYY-MM or YYYY, from 1990 to 2199',
    examples: ['2024-12-03', '2019-07'],
  });

const CHOICES = {
  status: oneOf(TARGET_STATUSES, 'Whether the target binds. `reference`: published by others, shown for orientation.'),
  gas: oneOf(['co2e', 'co2'], 'All greenhouse gases, or CO2 alone.'),
  scopes: Type.Array(scope, {
    description: 'Scopes the target covers; may be empty for an area.',
    maxItems: 3,
    uniqueItems: true,
  }),
  lines: Type.Array(oneOf(LINES, 'A line.'), {
    description: 'Factor lines the target covers; empty: all lines of its scopes.',
    maxItems: LINES.length,
    uniqueItems: true,
  }),
  basis: oneOf(['location', 'market'], 'Scope 2 basis that its figures are made on.'),
  factors: oneOf(['reporting-year', 'calendar-year', 'blended'], 'Factor policy its figures are made with.'),
  yearBasis: oneOf(
    ['reporting', 'calendar'],
    'Whether its years are reporting years, or calendar years judged in the reporting year that holds most of their days.',
  ),
  path: oneOf(
    PATH_KINDS,
    'How the years between two points are filled. linear: in a straight line. constantRate: by the same percentage each year. steps: the amount of the last milestone until the next. own: every year is stated.',
  ),
  yearlyReductionPercent: Type.Number({
    description:
      'Of a path of constantRate: the cut of each year against the one before. Absent: the rate of each leg follows from its milestone.',
    exclusiveMinimum: 0,
    maximum: 100,
    'x-unit': 'percent a year',
  }),
  allowances: Type.Array(ref(AllowanceSchema), {
    description:
      'Of a path of own values: every year from the baseline to its last, beside those that milestones state.',
    maxItems: 200,
  }),
  budgets: Type.Array(ref(BudgetSchema), {
    description:
      'Caps that come with the target. With one, a year is only on track while the sum since the baseline is.',
    maxItems: 100,
  }),
  otherEmissions: Type.Array(otherLine('A line.'), {
    description:
      'Lines of `/v1/other-emissions` that the target covers beside the estate, such as a fleet; each is named, so that one that is stated later changes nothing that was promised. A year without a figure of one of them has no verdict.',
    maxItems: LIMITS.coveredLinesMax,
    uniqueItems: true,
  }),
  rebasing: ref(RebasingSchema),
  adoptedOn: vagueDay('When it was adopted.'),
  supersededOn: vagueDay('When another target took its place.'),
  supersededBy: key('Key of that target.'),
  notes: note('What to know about the target.'),
};

const TARGET_EXAMPLE = {
  name: 'Council estate: halve by 2030/31',
  boundary: { kind: 'organisation', name: 'Example council' },
  scopes: [1, 2],
  baseline: { period: '2019/20', kind: 'computed' },
  milestones: [{ period: '2030/31', reductionPercent: 50 }],
  source: 'Cabinet decision of 1 March 2021',
};

/** A target as it is written. */
export const TargetInputSchema = Type.Object(
  {
    ...FIELDS,
    status: Type.Optional(CHOICES.status),
    gas: Type.Optional(CHOICES.gas),
    scopes: Type.Optional(CHOICES.scopes),
    lines: Type.Optional(CHOICES.lines),
    basis: Type.Optional(CHOICES.basis),
    factors: Type.Optional(CHOICES.factors),
    yearBasis: Type.Optional(CHOICES.yearBasis),
    path: Type.Optional(CHOICES.path),
    yearlyReductionPercent: Type.Optional(CHOICES.yearlyReductionPercent),
    allowances: Type.Optional(CHOICES.allowances),
    budgets: Type.Optional(CHOICES.budgets),
    otherEmissions: Type.Optional(CHOICES.otherEmissions),
    rebasing: Type.Optional(CHOICES.rebasing),
    adoptedOn: Type.Optional(CHOICES.adoptedOn),
    supersededOn: Type.Optional(CHOICES.supersededOn),
    supersededBy: Type.Optional(CHOICES.supersededBy),
    notes: Type.Optional(CHOICES.notes),
  },
  {
    $id: 'TargetInput',
    ...closed,
    description:
      'A climate target. Absent: status adopted, gas co2e, all lines, location basis, reporting-year factors and years, linear path.',
    examples: [TARGET_EXAMPLE],
  },
);

export const TARGET_OUTPUT_EXAMPLE = {
  key: 'estate-2030',
  ...TARGET_EXAMPLE,
  status: 'adopted',
  gas: 'co2e',
  lines: [],
  basis: 'location',
  factors: 'reporting-year',
  yearBasis: 'reporting',
  path: 'linear',
  budgets: [],
};

/** A target as it is read. */
export const TargetSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    key: key("The council's own name for the target."),
    ...FIELDS,
    status: CHOICES.status,
    gas: CHOICES.gas,
    scopes: CHOICES.scopes,
    lines: CHOICES.lines,
    basis: CHOICES.basis,
    factors: CHOICES.factors,
    yearBasis: CHOICES.yearBasis,
    path: CHOICES.path,
    yearlyReductionPercent: Type.Optional(CHOICES.yearlyReductionPercent),
    allowances: Type.Optional(CHOICES.allowances),
    budgets: CHOICES.budgets,
    otherEmissions: Type.Optional(CHOICES.otherEmissions),
    rebasing: Type.Optional(CHOICES.rebasing),
    adoptedOn: Type.Optional(CHOICES.adoptedOn),
    supersededOn: Type.Optional(CHOICES.supersededOn),
    supersededBy: Type.Optional(CHOICES.supersededBy),
    // Published targets come with longer notes than a request may bring.
    notes: Type.Optional(Type.String({ description: 'What to know about the target.' })),
  },
  { $id: 'Target', ...closed, description: 'A climate target.', examples: [TARGET_OUTPUT_EXAMPLE] },
);

export const TargetPageSchema = pageSchema(
  TargetSchema,
  'TargetPage',
  'One page of the targets.',
  TARGET_OUTPUT_EXAMPLE,
);

export const TARGET_PARAMS = Type.Object({ target: key('Key of the target.') }, closed);

export const TARGET_QUERY = Type.Object(
  {
    status: Type.Optional(oneOf(TARGET_STATUSES, 'Only targets of this status.')),
    boundary: Type.Optional(oneOf(BOUNDARY_KINDS, 'Only targets of this kind of boundary.')),
    asOf,
    ...PAGE_QUERY,
  },
  closed,
);

export const targetSchemas = [...partSchemas, TargetInputSchema, TargetSchema, TargetPageSchema];

export type TargetInput = Static<typeof TargetInputSchema>;
export type TargetOutput = Static<typeof TargetSchema>;
export type TargetQuery = Static<typeof TARGET_QUERY>;
