import { type Static, Type } from 'typebox';
import { ACTIVITIES, LINES } from '../../../domain/activities.ts';
import { LEASE_TYPES } from '../../../domain/consolidation.ts';
import { CONTROLS } from '../../../domain/control.ts';
import { FIGURE_FLAGS } from '../../../domain/figure-flags.ts';
import { TIERS } from '../../../domain/market/market-mix.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { localDay, oneOf } from '../../schemas/atoms.ts';
import { CONSOLIDATION_ECHO, FactorsEchoSchema, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { EVIDENCE_EXAMPLE, EVIDENCE_OR_NULL, LineEvidenceSchema } from './evidence-schemas.ts';
import { EmissionsTotalSchema } from './schemas.ts';

const closed = { additionalProperties: false } as const;

const SOURCE_EXAMPLE = {
  set: 'uk-2019',
  version: '1.03',
  publisher: 'BEIS',
  year: 2019,
  factorKey: 'gas.natural.gross_cv',
  factorName: 'Natural gas',
  unit: 'kWh (Gross CV)',
  factorKgCo2ePerUnit: '0.18385',
  factorAsDisplayed: '0.18385',
  days: 1,
  source: 'Official flat file, 2019 v1.03',
  setDigest: '5f0c6f3f2a7f6f1f0f6c4f0f8d6b1e2a3c4d5e6f708192a3b4c5d6e7f8091a2b',
  confidence: 'two sources',
  carriedForward: false,
  notPublished: false,
};

const LINE_EXAMPLE = {
  row: { period: '2019/20' },
  meter: 'G-1',
  site: 'CH-001',
  activity: 'natural-gas',
  start: '2019-04-01',
  end: '2020-04-01',
  control: 'operated',
  leaseType: null,
  tenant: null,
  metered: 11942414,
  apportioned: 0,
  meteredUnit: 'kWh',
  line: 'combustion',
  scope: 'scope1',
  scope3Category: null,
  upstream: false,
  quantity: 11942414,
  quantityUnit: 'kWh',
  factorKgCo2ePerUnit: '0.18385',
  emissionsKgCo2e: 2195612.814,
  exactKgCo2e: '2195612.8139',
  rule: 'A5',
  reason: null,
  sources: [SOURCE_EXAMPLE],
  evidence: EVIDENCE_EXAMPLE,
};

/** A published factor behind a line. */
export const ExplanationSourceSchema = Type.Object(
  {
    set: Type.String({ description: 'Id of the factor set.' }),
    version: Type.String({ description: 'Version of the set.' }),
    publisher: Type.String({ description: 'Who published it.' }),
    year: Type.Integer({ description: 'Year of the set.', 'x-unit': 'calendar year' }),
    factorKey: Type.String({ description: 'Key of the factor in the set.' }),
    factorName: Type.String({ description: 'Name of the factor.' }),
    unit: Type.String({ description: 'Unit that the factor is per.' }),
    factorKgCo2ePerUnit: Type.String({ description: 'The factor as stored, a decimal as text.' }),
    factorAsDisplayed: Type.String({ description: 'The factor as the publication displays it, to five decimals.' }),
    days: Type.Integer({ description: 'Weight of this set where sets are blended; 1 otherwise.', 'x-unit': 'days' }),
    source: Type.String({ description: 'Where the number was read.' }),
    setDigest: Type.String({
      description:
        'SHA-256 over the figures of the set, as the list of factor sets gives it; empty where a factor is stated and of no set.',
    }),
    confidence: Type.String({ description: 'How it was checked.' }),
    carriedForward: Type.Boolean({ description: "True where the day's own set lacks the line." }),
    notPublished: Type.Boolean({ description: "True where the day's own set is not published yet." }),
  },
  { $id: 'ExplanationSource', ...closed, description: 'A published factor behind a line.', examples: [SOURCE_EXAMPLE] },
);

const group = (description: string) => Type.Optional(Type.Union([Type.String(), Type.Null()], { description }));

const ROW = Type.Object(
  {
    period: Type.String({ description: "Label of the row's period." }),
    site: group('Key of the site.'),
    meter: group('Key of the meter.'),
    activity: group('Utility or fuel.'),
    portfolio: group('Portfolio.'),
    category: group('Category.'),
    ward: group('Ward.'),
    scope: group('Scope.'),
    line: group('Factor line.'),
    scope3Category: Type.Optional(
      Type.Unsafe<number | null>({
        type: ['integer', 'null'],
        description: 'Scope 3 category.',
        'x-unit': 'category number',
      }),
    ),
  },
  {
    // Groups that figures come to have stand here as they stand in the rows.
    additionalProperties: { type: ['string', 'number', 'null'], 'x-unit': 'as the group has it' },
    description: 'The row of the emissions answer that the line adds to: its period, and what rows are grouped by.',
  },
);

/** One line behind a figure. */
export const ExplanationLineSchema = Type.Object(
  {
    row: ROW,
    meter: Type.Union([Type.String(), Type.Null()], { description: 'Key of the meter.' }),
    site: Type.String({ description: 'Key of the site the meter belongs to in these days.' }),
    activity: oneOf(ACTIVITIES, 'Utility or fuel.'),
    start: localDay('First day.'),
    end: localDay('First day after.'),
    control: oneOf(CONTROLS, 'Who runs the site in these days.'),
    leaseType: Type.Unsafe<(typeof LEASE_TYPES)[number] | null>({
      type: ['string', 'null'],
      enum: [...LEASE_TYPES, null],
      description: 'Kind of the lease, where financial control went by it; null for all others.',
    }),
    tenant: Type.Union([Type.String(), Type.Null()], {
      description:
        'The tenant whose part the line is of: the same quantity is taken out of the meter above in a line of its own. Null for all other lines.',
    }),
    tenantShare: Type.Optional(
      Type.String({
        description:
          "Share of the main meter that the tenant's part is reckoned by, a decimal as text: by floor area, or as stated. Absent where a sub-meter measures the part.",
      }),
    ),
    metered: Type.Number({
      description: 'Metered quantity of these days, in `meteredUnit`.',
      'x-unit': 'as in meteredUnit',
    }),
    apportioned: Type.Number({
      description:
        'What of `metered` is only a share of a bill, or of what a register counted, that goes on outside these days.',
      'x-unit': 'as in meteredUnit',
    }),
    meteredUnit: Type.String({ description: 'Unit of the meter.' }),
    line: oneOf(LINES, 'Factor line.'),
    scope: oneOf(['scope1', 'scope2', 'scope3', 'outsideOfScopes'], 'Where the line is reported.'),
    scope3Category: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'Scope 3 category, null outside scope 3.',
      'x-unit': 'category number',
    }),
    upstream: Type.Boolean({ description: 'True for an upstream line of energy that others use.' }),
    quantity: Type.Number({
      description: 'Quantity that the factor is applied to, in `quantityUnit`.',
      'x-unit': 'as in quantityUnit',
    }),
    quantityUnit: Type.String({ description: 'Unit of that quantity.' }),
    factorKgCo2ePerUnit: Type.Union([Type.String(), Type.Null()], {
      description: 'The factor as a decimal text; null where there is none.',
    }),
    emissionsKgCo2e: Type.Union([Type.Number(), Type.Null()], {
      description: 'Result, rounded to the gram; null where the line is not quantified.',
      'x-unit': 'kgCO2e',
    }),
    exactKgCo2e: Type.Union([Type.String(), Type.Null()], {
      description: 'Result before rounding, a decimal as text: these add up to the figure.',
    }),
    nationalKgCo2e: Type.Optional(
      Type.Number({
        description: "What the national factor would give, where a network's own one is used.",
        'x-unit': 'kgCO2e',
      }),
    ),
    flags: Type.Optional(
      Type.Array(oneOf(FIGURE_FLAGS, 'A flag.'), { description: 'What to know of the factor of the line.' }),
    ),
    basis: Type.Optional(
      oneOf(
        ['location', 'market', 'memo'],
        'With the market basis: what it replaces, what stands for that, and certificates of green gas, which are in no total. Absent: the line counts on both.',
      ),
    ),
    market: Type.Optional(
      Type.Object(
        {
          tier: oneOf(TIERS, 'Where the factor comes from.'),
          share: Type.String({ description: 'Share of the metered quantity, a decimal as text.' }),
          record: Type.Union([Type.String(), Type.Null()], {
            description: 'Key of the instrument or residual mix; null for the grid average.',
          }),
        },
        { ...closed, description: 'Where the factor of a line of the market basis comes from.' },
      ),
    ),
    rule: Type.String({ description: 'Rule of the calculation notes that the line follows from.' }),
    reason: Type.Union([Type.String(), Type.Null()], { description: 'Why the line is not quantified.' }),
    sources: Type.Array(ref(ExplanationSourceSchema), {
      description: 'The published or stated factors; two where sets are blended.',
    }),
    evidence: EVIDENCE_OR_NULL,
  },
  { $id: 'ExplanationLine', ...closed, description: 'One factor line of one meter.', examples: [LINE_EXAMPLE] },
);

/** An explanation. */
export const ExplanationSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    asOf: Type.Optional(ref(AsOfSchema)),
    ...CONSOLIDATION_ECHO,
    factors: ref(FactorsEchoSchema),
    data: Type.Array(ref(ExplanationLineSchema), { description: 'The lines, by time and meter.' }),
    total: ref(EmissionsTotalSchema),
    exactTotalKgCo2e: Type.String({ description: 'Scopes 1 to 3 before rounding, a decimal as text.' }),
    exactTotalMarketKgCo2e: Type.Optional(
      Type.String({ description: 'The same with the market-based scope 2, where that was asked.' }),
    ),
    rounding: Type.String({ description: 'How results are rounded.' }),
    page: Type.Optional(
      Type.Object(
        {
          nextCursor: Type.Optional(
            Type.String({ description: 'Where the next page begins. Absent at the end of the lines.' }),
          ),
          lines: Type.Integer({ description: 'Lines of the whole explanation.', 'x-unit': 'lines' }),
        },
        { ...closed, description: 'Where this page stands, for a question with `limit` or `cursor`.' },
      ),
    ),
  },
  {
    $id: 'Explanation',
    ...closed,
    description: 'The lines that an emissions figure is the sum of.',
    examples: [
      {
        period: { label: '2019/20', start: '2019-04-01', end: '2020-04-01' },
        consolidationApproach: 'operational-control',
        factors: { policy: 'reporting-year', reportingYearStart: '04-01', sets: ['uk-2019'], applied: [] },
        data: [LINE_EXAMPLE],
        total: {
          quantity: { value: 11942414, unit: 'kWh' },
          emissionsKgCo2e: {
            scope1: 2195612.814,
            scope2: 0,
            scope3: 0,
            outsideOfScopes: 0,
            total: 2195612.814,
            scope3ByCategory: [],
          },
          coverage: {
            actual: 1,
            estimated: 0,
            missing: 0,
            days: { expected: 366, actual: 366, estimated: 0, missing: 0 },
          },
          notQuantified: [],
          sets: ['uk-2019'],
        },
        exactTotalKgCo2e: '2195612.8139',
        rounding: 'once, at the end, half-up to the gram',
      },
    ],
  },
);

export const explanationSchemas = [
  LineEvidenceSchema,
  ExplanationSourceSchema,
  ExplanationLineSchema,
  ExplanationSchema,
];

export type Explanation = Static<typeof ExplanationSchema>;
export type ExplanationLine = Static<typeof ExplanationLineSchema>;
