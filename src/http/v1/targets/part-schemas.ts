import { type TSchema, Type } from 'typebox';
import { ACTIVITIES, LINES } from '../../../domain/activities.ts';
import { CONSOLIDATION_APPROACHES } from '../../../domain/consolidation.ts';
import { BOUNDARY_KINDS } from '../../../domain/targets/target.ts';
import { LIMITS } from '../../../limits.ts';
import { key, localDay, oneOf, text } from '../../schemas/atoms.ts';

const closed = { additionalProperties: false } as const;
/** A note, or where something is stated. */
export const note = (description: string) =>
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
/** A scope by its number. */
export const scope = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)], {
  description: 'A scope.',
  'x-unit': 'scope number',
});

const amount = (description: string) => Type.Number({ description, minimum: 0, maximum: 1e15, 'x-unit': 'kgCO2e' });

const some = (item: TSchema, description: string) =>
  Type.Optional(Type.Array(item, { description, minItems: 1, maxItems: LIMITS.filterValuesMax, uniqueItems: true }));

const PART = Type.Object(
  {
    sites: some(key('Key of a site.'), 'These sites.'),
    categories: some(text('A category.'), 'Sites of these categories.'),
    portfolios: some(text('A portfolio.'), 'Sites for the days on which they are in one of these portfolios.'),
    activities: some(oneOf(ACTIVITIES, 'An activity.'), 'Meters of these activities.'),
  },
  {
    ...closed,
    description: 'A part of the estate: what all lists that stand take. Absent: the whole estate.',
    minProperties: 1,
  },
);

const APPROACH = oneOf(
  CONSOLIDATION_APPROACHES,
  'By what the boundary is drawn. Absent: by the approach that the settings name for each day.',
);

const BaselineBoundarySchema = Type.Object(
  { part: Type.Optional(PART), consolidationApproach: Type.Optional(APPROACH) },
  { ...closed, description: 'What the figure is of. Absent: the part that the target is of.' },
);

/** What a target covers. */
export const BoundarySchema = Type.Object(
  {
    kind: oneOf(
      BOUNDARY_KINDS,
      "What the target covers. `organisation`: the council's own estate. The others are areas: the estate can only be read against them pro-rata.",
    ),
    name: text('Name of the organisation or area.', LIMITS.nameLengthMax),
    code: Type.Optional(text('Code of the area, such as E08000026.')),
    estateSharePercent: Type.Optional(
      Type.Number({
        description:
          "Of an area: about how much of its city's emissions the council's estate is, for the reader alone. Absent: not stated, and then nothing is said of it.",
        exclusiveMinimum: 0,
        maximum: 100,
        'x-unit': 'percent',
      }),
    ),
    part: Type.Optional(PART),
    consolidationApproach: Type.Optional(APPROACH),
  },
  { $id: 'TargetBoundary', ...closed, description: 'What a target covers.' },
);

export const BaselineSchema = Type.Object(
  {
    period: year('The year the target counts from.'),
    kind: oneOf(
      ['computed', 'published', 'unstated'],
      'computed: from the meter data here. published: stated by a source. unstated: inferred.',
    ),
    emissionsKgCo2e: Type.Optional(
      amount("The council estate's own emissions in that year, where they were published; never the area's."),
    ),
    scopes: Type.Optional(
      Type.Array(scope, {
        description: 'Scopes that figure counts. Absent: those of the target.',
        minItems: 1,
        maxItems: 3,
        uniqueItems: true,
      }),
    ),
    lines: Type.Optional(
      Type.Array(oneOf(LINES, 'A line.'), {
        description: 'Lines that figure counts; empty: all of them. Absent: those of the target.',
        maxItems: LINES.length,
        uniqueItems: true,
      }),
    ),
    gas: Type.Optional(oneOf(['co2e', 'co2'], 'Gases of that figure. Absent: those of the target.')),
    basis: Type.Optional(oneOf(['location', 'market'], 'Scope 2 basis of that figure. Absent: location.')),
    boundary: Type.Optional(BaselineBoundarySchema),
    otherSources: Type.Optional(
      Type.Array(text('A source of emissions.'), {
        description:
          'What that figure counts beside metered energy and water, such as a fleet or business travel. Where it counts any, no year of metered energy alone is comparable.',
        minItems: 1,
        maxItems: 50,
        uniqueItems: true,
      }),
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

export const MilestoneSchema = Type.Object(
  {
    period: year('By the end of this year.'),
    reductionPercent: Type.Optional(
      Type.Number({ description: 'Reduction of the baseline.', minimum: 0, maximum: 100, 'x-unit': 'percent' }),
    ),
    emissionsKgCo2e: Type.Optional(amount('Emissions of the year, as an amount.')),
    netZero: Type.Optional(
      Type.Literal(true, {
        description: 'Net zero: emissions less removals. Only its residual says something about gross emissions.',
      }),
    ),
    residualKg: Type.Optional(amount('What net zero leaves to be removed, as an amount.')),
    residualPercent: Type.Optional(
      Type.Number({
        description: 'The same as a share of the baseline.',
        minimum: 0,
        maximum: 100,
        'x-unit': 'percent',
      }),
    ),
    source: Type.Optional(note('Where it is stated.')),
    note: Type.Optional(note('What to know about it.')),
  },
  {
    $id: 'TargetMilestone',
    ...closed,
    description:
      'Where the target must be: exactly one of reductionPercent, emissionsKgCo2e and netZero; the period alone where the path says the amount, by its yearly rate or year by year.',
  },
);

export const AllowanceSchema = Type.Object(
  {
    period: year('The year.'),
    reductionPercent: Type.Optional(
      Type.Number({ description: 'Reduction of the baseline.', minimum: 0, maximum: 100, 'x-unit': 'percent' }),
    ),
    emissionsKgCo2e: Type.Optional(amount('Emissions of the year, as an amount.')),
    note: Type.Optional(note('What to know about it.')),
  },
  {
    $id: 'TargetAllowance',
    ...closed,
    description: 'What a path of `own` values allows in a year: one of reductionPercent and emissionsKgCo2e.',
  },
);

export const BudgetSchema = Type.Object(
  {
    start: localDay('First day.'),
    end: localDay('First day after.'),
    kgCo2e: Type.Optional(
      amount('Most that may be emitted in these days. Absent: the sum of what the path allows in these years.'),
    ),
    source: Type.Optional(note('Where it is stated; needed with an amount.')),
    note: Type.Optional(note('What to know about it.')),
  },
  {
    $id: 'TargetBudget',
    ...closed,
    description:
      'What may be emitted over a span of whole years: a cap of its own, or what the path allows in them. The baseline year is in it only where the span names it.',
  },
);

export const RebasingSchema = Type.Object(
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

export const partSchemas = [
  BoundarySchema,
  BaselineSchema,
  MilestoneSchema,
  AllowanceSchema,
  BudgetSchema,
  RebasingSchema,
];
