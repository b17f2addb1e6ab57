import { type Static, Type } from 'typebox';
import { LINES } from '../../../domain/activities.ts';
import { BOUNDARY_KINDS, TARGET_STATUSES } from '../../../domain/targets/target.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;
const note = (description: string) =>
  Type.String({
    description,
    minLength: 1,
    maxLength: LIMITS.noteLengthMax,
    'x-expects': `1 to ${LIMITS.noteLengthMax} characters`,
  });
const year = (description: string) =>
  Type.String({
    description: `${description} A financial year such as 2030/31, or a calendar year such as 2030.`,
    minLength: 4,
    maxLength: 40,
  });
const amount = (description: string) => Type.Number({ description, minimum: 0, maximum: 1e15, 'x-unit': 'kgCO2e' });

const BoundarySchema = Type.Object(
  {
    kind: oneOf(
      BOUNDARY_KINDS,
      "What the target covers. `organisation`: the council's own estate. The others are areas: the estate can only be read against them pro-rata.",
    ),
    name: text('Name of the organisation or area.', LIMITS.nameLengthMax),
    code: Type.Optional(text('Code of the area, such as E08000026.')),
  },
  { $id: 'TargetBoundary', ...closed, description: 'What a target covers.' },
);

const BaselineSchema = Type.Object(
  {
    period: year('The year the target counts from.'),
    kind: oneOf(
      ['computed', 'published', 'unstated'],
      'computed: from the meter data here. published: stated by a source. unstated: inferred.',
    ),
    emissionsKgCo2e: Type.Optional(
      amount("The council estate's own emissions in that year, where they were published; never the area's."),
    ),
    basis: Type.Optional(
      oneOf(['location', 'market'], 'Scope 2 basis of that figure. Absent: location. It must be that of the target.'),
    ),
    frozenAt: Type.Optional(
      Type.String({
        description:
          'Of a computed baseline: its figure is what was known at this moment, and stays so when data, factors or settings change. An instant with its offset, or a day, which means its end in local time. A later moment takes over what came until then. Absent: the baseline follows the data.',
        minLength: 10,
        maxLength: 40,
        examples: ['2025-07-31', '2025-07-31T17:00:00Z'],
      }),
    ),
    source: Type.Optional(note('Where the year or figure is stated.')),
    note: Type.Optional(note('What to know about it.')),
    conflicts: Type.Optional(
      Type.Array(
        Type.Object(
          { period: year('The other year.'), source: note('Where it is stated.'), note: note('What it rests on.') },
          { ...closed, description: 'Another year that a source states.' },
        ),
        { description: 'Other years that sources state for the same target.', maxItems: 20 },
      ),
    ),
  },
  { $id: 'TargetBaseline', ...closed, description: 'The year a target counts from, with its source.' },
);

const MilestoneSchema = Type.Object(
  {
    period: year('By the end of this year.'),
    reductionPercent: Type.Optional(
      Type.Number({ description: 'Reduction of the baseline.', minimum: 0, maximum: 100, 'x-unit': 'percent' }),
    ),
    emissionsKgCo2e: Type.Optional(amount('Emissions of the year, as an amount.')),
    netZero: Type.Optional(
      Type.Literal(true, { description: 'Net zero: emissions less removals. It says nothing about gross emissions.' }),
    ),
    source: Type.Optional(note('Where it is stated.')),
    note: Type.Optional(note('What to know about it.')),
  },
  {
    $id: 'TargetMilestone',
    ...closed,
    description: 'Where the target must be: exactly one of reductionPercent, emissionsKgCo2e and netZero.',
  },
);

const BudgetSchema = Type.Object(
  {
    start: localDay('First day.'),
    end: localDay('First day after.'),
    kgCo2e: amount('Most that may be emitted in these days.'),
    source: note('Where it is stated.'),
    note: Type.Optional(note('What to know about it.')),
  },
  { $id: 'TargetBudget', ...closed, description: 'A cap over a span of days.' },
);

const RebasingSchema = Type.Object(
  {
    period: year('A year in which both the area has a figure and the estate has data.'),
    index: Type.Number({
      description: "The area's emissions in that year as a share of its baseline year's.",
      exclusiveMinimum: 0,
      maximum: 10,
      'x-unit': 'share of the baseline',
    }),
    source: note('Where the index comes from.'),
  },
  { $id: 'TargetRebasing', ...closed, description: 'What lets an area pathway start where the estate has data.' },
);

const FIELDS = {
  name: text('Name of the target.', LIMITS.nameLengthMax),
  boundary: ref(BoundarySchema),
  baseline: ref(BaselineSchema),
  milestones: Type.Array(ref(MilestoneSchema), { description: 'In order of time.', minItems: 1, maxItems: 100 }),
  source: note('Where the target was adopted or published.'),
};

const scope = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)], {
  description: 'A scope.',
  'x-unit': 'scope number',
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
  path: oneOf(['linear'], 'How the years between two points are filled.'),
  budgets: Type.Array(ref(BudgetSchema), {
    description:
      'Caps that come with the target. With one, a year is only on track while the sum since the baseline is.',
    maxItems: 100,
  }),
  rebasing: ref(RebasingSchema),
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
    budgets: Type.Optional(CHOICES.budgets),
    rebasing: Type.Optional(CHOICES.rebasing),
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
    budgets: CHOICES.budgets,
    rebasing: Type.Optional(CHOICES.rebasing),
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

export const targetSchemas = [
  BoundarySchema,
  BaselineSchema,
  MilestoneSchema,
  BudgetSchema,
  RebasingSchema,
  TargetInputSchema,
  TargetSchema,
  TargetPageSchema,
];

export type TargetInput = Static<typeof TargetInputSchema>;
export type TargetOutput = Static<typeof TargetSchema>;
export type TargetQuery = Static<typeof TARGET_QUERY>;
