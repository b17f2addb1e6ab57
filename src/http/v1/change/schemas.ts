import { type Static, Type } from 'typebox';
import { CHANGE_PARTS } from '../../../domain/change/change-texts.ts';
import { DERIVED_REASONS } from '../../../domain/change/departure.ts';
import { FACTOR_KINDS } from '../../../domain/change/factor-kinds.ts';
import { BOUNDARY_REASONS, type BoundaryReason } from '../../../domain/control.ts';
import { BASES } from '../../../domain/figure-question.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { localDay, oneOf } from '../../schemas/atoms.ts';
import { FactorsEchoSchema, kg, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { MarketBasisSchema } from '../figures/market-schemas.ts';
import { EmissionsAnswerSchema, EmissionsRowSchema, EmissionsTotalSchema } from '../figures/schemas.ts';

const closed = { additionalProperties: false } as const;
const REASONS = [...(Object.keys(BOUNDARY_REASONS) as BoundaryReason[]), ...DERIVED_REASONS] as const;

const kgOrNull = (description: string) => Type.Union([kg(description), Type.Null()], { description });

const PARTS = Type.Object(
  {
    boundary: kg('What counts in one period alone for a structural reason: sold, let, outsourced, moved.'),
    openedClosed: kg('What counts in one period alone because it was opened or closed.'),
    missingData: kg('What is only missing data: in either period, at the factors of that period.'),
    factor: kg('Other factors for the same use.'),
    weather: kgOrNull('Other weather, where a fit to degree days is accepted. Null: not quantified, and inside use.'),
    use: kg('What is left.'),
    revision: kgOrNull('What has come of the first figure since the moment named by asOfFirst. Null: not applicable.'),
  },
  { ...closed, description: 'The parts of the change. They add up to it, to the gram.' },
);

const end = (description: string) =>
  Type.Union([ref(EmissionsTotalSchema), Type.Null()], { description: `${description} Null: no such row there.` });

const SPLIT = {
  changeKgCo2e: kg('The second figure less the first, as both are printed.'),
  parts: PARTS,
  factorByKind: Type.Array(
    Type.Object(
      {
        kind: oneOf(
          FACTOR_KINDS,
          "grid: the electricity grid; edition: another year's edition; methodChange: the publisher's method or data; contract: on the market basis what instruments cover, and with which factors; residualMix: what emits there what they do not cover; ownHeat: a heat network's own factor in either period; lineAvailability: published for one of the periods alone.",
        ),
        kgCo2e: kg('Kilograms of this kind.'),
      },
      { ...closed, description: 'One kind.' },
    ),
    { description: 'The part factor by why the factors differ. They add up to it.' },
  ),
  notQuantified: Type.Array(oneOf(['weather'], 'A part.'), {
    description: 'Parts that are inside use, wholly or for some meters.',
  }),
  notApplicable: Type.Array(oneOf(['revision'], 'A part.'), {
    description: 'Parts that the question has no room for.',
  }),
  roundingKgCo2e: Type.Optional(kg('What rounding moved into use, so that the printed parts add up; absent for 0.')),
};

const { period: _period, quantity: _quantity, ...AFTER_PERIOD } = EmissionsRowSchema.properties;
const {
  quantities: _quantities,
  heatSoldKwh: _sold,
  selfUseKwh: _self,
  flow: _flow,
  inTotal: _inTotal,
  emissionsKgCo2e: _kg,
  coverage: _coverage,
  notQuantified: _lines,
  carriedForward: _carried,
  provisional: _may,
  incomplete: _few,
  sets: _sets,
  sites: _sites,
  floorAreaM2: _area,
  sitesWithoutFloorArea: _without,
  ...DIMS
} = AFTER_PERIOD;

const END_EXAMPLE = {
  emissionsKgCo2e: { scope1: 0, scope2: 414100, scope3: 0, outsideOfScopes: 0, total: 414100, scope3ByCategory: [] },
  quantity: { value: 2000000, unit: 'kWh' },
  coverage: { actual: 1, estimated: 0, missing: 0, days: { expected: 365, actual: 365, estimated: 0, missing: 0 } },
  notQuantified: [],
  sets: ['uk-2024'],
};
const SPLIT_EXAMPLE = {
  changeKgCo2e: -148600,
  parts: {
    boundary: 0,
    openedClosed: 0,
    missingData: 0,
    factor: -52587.5,
    weather: null,
    use: -96012.5,
    revision: null,
  },
  factorByKind: [{ kind: 'grid', kgCo2e: -52587.5 }],
  notQuantified: ['weather'],
  notApplicable: ['revision'],
};
const CHANGE_EXAMPLE = {
  from: END_EXAMPLE,
  to: {
    ...END_EXAMPLE,
    emissionsKgCo2e: { ...END_EXAMPLE.emissionsKgCo2e, scope2: 265500, total: 265500 },
    quantity: { value: 1500000, unit: 'kWh' },
    sets: ['uk-2025'],
  },
  ...SPLIT_EXAMPLE,
};

/** A change on the market basis, beside the location-based one. */
export const ChangeSplitSchema = Type.Object(SPLIT, {
  $id: 'EmissionsChangeSplit',
  ...closed,
  description: 'A change and its parts on one basis.',
  examples: [
    {
      ...SPLIT_EXAMPLE,
      changeKgCo2e: -9000,
      parts: { ...SPLIT_EXAMPLE.parts, factor: -5400, use: -3600 },
      factorByKind: [
        { kind: 'contract', kgCo2e: -2925 },
        { kind: 'residualMix', kgCo2e: -2475 },
      ],
    },
  ],
});

const CHANGE = {
  from: end('The figure of comparedWith.'),
  to: end('The figure of period.'),
  ...SPLIT,
  changeMarket: Type.Optional({
    ...ref(ChangeSplitSchema),
    description: 'With basis=both: the change from the one totalMarket to the other, and its parts.',
  }),
};

/** One row of a change. */
export const ChangeRowSchema = Type.Object(
  { ...DIMS, ...CHANGE },
  {
    $id: 'EmissionsChangeRow',
    ...closed,
    description: 'The change of one group.',
    examples: [{ site: 'CH-001', ...CHANGE_EXAMPLE }],
  },
);

/** The change of a total. */
export const ChangeTotalSchema = Type.Object(CHANGE, {
  $id: 'EmissionsChangeTotal',
  ...closed,
  description: 'The change over all rows.',
  examples: [CHANGE_EXAMPLE],
});

const EXPLANATION = Type.Array(
  Type.Object(
    {
      part: oneOf(CHANGE_PARTS, 'The part.'),
      kgCo2e: kgOrNull('Kilograms of the total. Null: not quantified, or not applicable.'),
      text: Type.String({ description: 'What the part says.' }),
    },
    { ...closed, description: 'One part.' },
  ),
  { description: 'What each part of the total says, in the order in which they are taken out of the change.' },
);

const DEPARTURES = Type.Array(
  Type.Object(
    {
      site: Type.String({ description: 'Key of the site.' }),
      on: localDay('The day on which it came or went.'),
      reason: oneOf(
        REASONS,
        'Why, as stated; moved, tenancy, network-handover and first-value follow from the estate.',
      ),
      part: oneOf(['boundary', 'openedClosed'], 'Structural or organic.'),
      kgCo2e: kg('What that came to.'),
    },
    { ...closed, description: 'One coming or going.' },
  ),
  {
    description: 'What boundary and openedClosed are made of, by site, day and reason. They add up to these parts.',
  },
);

/** An answer about a change. */
export const ChangeAnswerSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    comparedWith: ref(PeriodSchema),
    asOf: Type.Optional(ref(AsOfSchema)),
    asOfFirst: Type.Optional(ref(AsOfSchema)),
    basis: oneOf(
      BASES,
      'Basis of scope 2: location splits the change of total, market that of totalMarket, both the first with the other beside.',
    ),
    gas: EmissionsAnswerSchema.properties.gas,
    factors: ref(FactorsEchoSchema),
    factorsComparedWith: ref(FactorsEchoSchema),
    lines: EmissionsAnswerSchema.properties.lines,
    deprivation: EmissionsAnswerSchema.properties.deprivation,
    data: Type.Array(ref(ChangeRowSchema), { description: 'Rows in order of what they are grouped by.' }),
    total: ref(ChangeTotalSchema),
    explanation: EXPLANATION,
    departures: DEPARTURES,
    market: Type.Optional({
      ...ref(MarketBasisSchema),
      description: 'What the market basis of period rests on, where it is asked.',
    }),
    marketComparedWith: Type.Optional({
      ...ref(MarketBasisSchema),
      description: 'What the market basis of comparedWith rests on, where it is asked.',
    }),
    explanationMarket: Type.Optional({ ...EXPLANATION, description: 'The same of changeMarket, with basis=both.' }),
    departuresMarket: Type.Optional({ ...DEPARTURES, description: 'The same of changeMarket, with basis=both.' }),
    publisherChanges: Type.Array(
      Type.Object(
        {
          year: Type.Integer({ description: 'Year of the first set after the break.', 'x-unit': 'year' }),
          factors: Type.Array(Type.String({ description: 'Key of a factor, or what keys begin with.' }), {
            description: 'Which factors.',
          }),
          what: Type.String({ description: 'What changed.' }),
          source: Type.String({ description: 'Where the publisher says so.' }),
        },
        { ...closed, description: 'One break.' },
      ),
      {
        description: 'Breaks of the published series between the two periods, which the kind methodChange is made of.',
      },
    ),
    notices: EmissionsAnswerSchema.properties.notices,
  },
  {
    $id: 'EmissionsChange',
    ...closed,
    description: 'Why the emissions of two periods differ.',
    examples: [
      {
        period: { label: '2025/26', start: '2025-04-01', end: '2026-04-01' },
        comparedWith: { label: '2024/25', start: '2024-04-01', end: '2025-04-01' },
        basis: 'location',
        gas: 'co2e',
        factors: {
          policy: 'reporting-year',
          reportingYearStart: '04-01',
          sets: ['uk-2025'],
          applied: [{ set: 'uk-2025', version: '1', from: '2025-04-01', to: '2026-04-01', provisional: false }],
        },
        factorsComparedWith: {
          policy: 'reporting-year',
          reportingYearStart: '04-01',
          sets: ['uk-2024'],
          applied: [{ set: 'uk-2024', version: '1.1', from: '2024-04-01', to: '2025-04-01', provisional: false }],
        },
        lines: { included: ['generation'], excluded: ['td-losses', 'wtt-generation', 'wtt-td'] },
        data: [{ site: 'CH-001', ...CHANGE_EXAMPLE }],
        total: CHANGE_EXAMPLE,
        explanation: [{ part: 'use', kgCo2e: -96012.5, text: 'What is left.' }],
        departures: [],
        publisherChanges: [],
        notices: [],
      },
    ],
  },
);

export const changeSchemas = [ChangeSplitSchema, ChangeRowSchema, ChangeTotalSchema, ChangeAnswerSchema];

export type ChangeRowAnswer = Static<typeof ChangeRowSchema>;
export type ChangeTotalAnswer = Static<typeof ChangeTotalSchema>;
export type ChangeAnswer = Static<typeof ChangeAnswerSchema>;
