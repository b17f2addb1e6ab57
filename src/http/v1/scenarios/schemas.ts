import { type Static, Type } from 'typebox';
import { MEASURE_ORDERS } from '../../../domain/scenario/rank-measures.ts';
import { NOT_APPLIED } from '../../../services/projection/sort-measures.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { key, localDay, oneOf } from '../../schemas/atoms.ts';
import { kg, PeriodSchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { BASIS, rangedKg } from '../projections/part-schemas.ts';
import {
  EFFECT_EXAMPLE,
  EffectByScopeSchema,
  effectSchemas,
  gbpPerTonneOrNull,
  RANKED_EXAMPLE,
  RankedMeasureSchema,
  tonnes,
} from './effect-schemas.ts';
import { AGAINST } from './query.ts';

const closed = { additionalProperties: false } as const;

const kgOrNull = (description: string) => Type.Union([Type.Number(), Type.Null()], { description, 'x-unit': 'kgCO2e' });

/** What all measures of a set do together. */
export const SetEffectSchema = Type.Object(
  {
    kgCo2e: ref(EffectByScopeSchema),
    ownKgCo2e: kg('The sum of what each does on its own.'),
    overlapKgCo2e: kg(
      'What the set does, less that sum. Above 0: so much of the sum is saved by more than one of them, and counted once.',
    ),
    transferredKgCo2e: kg('What of it leaves with sites that are handed over: no saving.'),
    allowedKgCo2e: kg('What is allowed more, or less where it is below 0.'),
    onGapKgCo2e: kg('What the set does to the gap between what is emitted and what is allowed.'),
    savedTCo2e: tonnes('Tonnes saved, what is transferred not among them.'),
    costGbp: Type.Number({ description: 'Sum of the costs that are stated.', 'x-unit': 'GBP' }),
    withoutCost: Type.Array(key('Key of a measure.'), { description: 'Measures of which no cost is stated.' }),
    gbpPerTonne: gbpPerTonneOrNull(
      'The costs of all measures but handovers for each tonne saved; null where one of them has no cost, or nothing is saved.',
    ),
  },
  {
    $id: 'SetEffect',
    ...closed,
    description: 'What all measures of the set do together, from the first year to the last.',
  },
);

const SideYearSchema = Type.Object(
  {
    allowedKgCo2e: kg('What the path allows in the year.'),
    projected: rangedKg,
    gap: rangedKg,
    budgetLeftKgCo2e: kgOrNull(
      'What is left at the end of the year of everything allowed until the last year, at what is expected; null where what was emitted is not known.',
    ),
  },
  { $id: 'ScenarioSideYear', ...closed, description: 'A year on one side of the comparison.' },
);

const YEAR_SIDE = {
  allowedKgCo2e: 131672.053,
  projected: { expected: 113521.6, low: 72924, high: 156936.247 },
  gap: { expected: -18150.453, low: -58748.053, high: 25264.194 },
  budgetLeftKgCo2e: 120000,
};
const YEAR_EXAMPLE = {
  period: { label: '2030/31', start: '2030-04-01', end: '2031-04-01', complete: false } as const,
  milestone: true,
  without: YEAR_SIDE,
  with: YEAR_SIDE,
  effectKgCo2e: 0,
  onGapKgCo2e: 0,
};

/** One year to come on both sides. */
export const ScenarioYearSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    milestone: Type.Boolean({ description: 'True for a year the target names.' }),
    without: ref(SideYearSchema),
    with: ref(SideYearSchema),
    effectKgCo2e: kg('What the set does to it, at what is expected: below 0 is less.'),
    onGapKgCo2e: kg('What the set does to its gap.'),
  },
  {
    $id: 'ScenarioYear',
    ...closed,
    description: 'One year to come without the set and with it.',
    examples: [YEAR_EXAMPLE],
  },
);

const SideBudgetSchema = Type.Object(
  {
    allowedKgCo2e: kg('Sum of the yearly allowances.'),
    projected: rangedKg,
    gap: Type.Union([rangedKg, Type.Null()], {
      description: 'Emitted and projected together, less allowed; null where what was emitted is not known.',
    }),
    runsOutOn: Type.Union([localDay('A day.'), Type.Null()], {
      description:
        'Day on which everything allowed is used up, at what is expected, evenly over the days of its year. Null: not before the end of the last year, or what was emitted is not known.',
    }),
  },
  { $id: 'ScenarioSideBudget', ...closed, description: 'The budget on one side of the comparison.' },
);

const ScenarioBudgetSchema = Type.Object(
  {
    from: Type.String({ description: 'First year that is counted: the one after the start.' }),
    to: Type.String({ description: 'Last year that is counted.' }),
    emittedKgCo2e: kgOrNull('What was emitted until the base year; null where a year is not known or not comparable.'),
    without: ref(SideBudgetSchema),
    with: ref(SideBudgetSchema),
    effectKgCo2e: kg('What the set does to what is projected: the sum of its years.'),
    onGapKgCo2e: kg('What the set does to the gap.'),
  },
  { $id: 'ScenarioBudget', ...closed, description: 'Everything from the start to the last milestone, on both sides.' },
);

const SIDE_BUDGET = {
  allowedKgCo2e: 1400000,
  projected: { expected: 749918, low: 600000, high: 900000 },
  gap: { expected: -181091.5, low: -331009.5, high: -31009.5 },
  runsOutOn: null,
};

/** A target with a set of measures against the same without it. */
export const TargetScenarioSchema = Type.Object(
  {
    target: key('Key of the target.'),
    asOf: Type.Optional(ref(AsOfSchema)),
    ...BASIS,
    against: oneOf(AGAINST, 'What the set is compared with.'),
    given: Type.Array(key('Key of a measure.'), { description: 'Measures that are counted on both sides.' }),
    sort: oneOf(MEASURE_ORDERS, 'How measures are ranked.'),
    data: Type.Array(ref(RankedMeasureSchema), { description: 'The measures of the set as they are ranked.' }),
    notCounted: Type.Array(
      Type.Object(
        {
          measure: key('Key of the measure.'),
          reason: oneOf(
            [...NOT_APPLIED, 'on-both-sides'],
            'done: it is in the meter data. begins-in-the-data: so is what it does from its first day on. no-use-in-the-base-year: the target counts nothing that its site used in the base year. on-both-sides: it is planned, and the set is compared with what is planned.',
          ),
        },
        { ...closed, description: 'One measure.' },
      ),
      { description: 'Measures that were asked for and are not of the set.' },
    ),
    effect: ref(SetEffectSchema),
    years: Type.Array(ref(ScenarioYearSchema), {
      description: 'Years after the base year, up to the last that the target names. None of them has a status.',
    }),
    budget: ref(ScenarioBudgetSchema),
    notices: Type.Array(Type.String({ description: 'One notice.' }), { description: 'What a reader should know.' }),
  },
  {
    $id: 'TargetScenario',
    ...closed,
    description: 'A target carried on to its milestones with a set of measures, against the same without it.',
    examples: [
      {
        target: 'estate-2030',
        basedOn: { label: '2025/26', start: '2025-04-01', end: '2026-04-01' },
        series: [],
        weather: null,
        gridPathway: null,
        newestEdition: 2026,
        ...{ against: 'none', given: [], sort: 'gbpPerTonne', data: [RANKED_EXAMPLE], notCounted: [] },
        effect: {
          kgCo2e: EFFECT_EXAMPLE.kgCo2e,
          ...{ ownKgCo2e: -64605, overlapKgCo2e: 0, transferredKgCo2e: 0, allowedKgCo2e: 0, onGapKgCo2e: -64605 },
          ...{ savedTCo2e: 64.605, costGbp: 80000, withoutCost: [], gbpPerTonne: 1238.29 },
        },
        years: [YEAR_EXAMPLE],
        budget: {
          ...{ from: '2024/25', to: '2030/31', emittedKgCo2e: 468990.5 },
          ...{ without: SIDE_BUDGET, with: SIDE_BUDGET, effectKgCo2e: 0, onGapKgCo2e: 0 },
        },
        notices: [],
      },
    ],
  },
);

export const scenarioSchemas = [
  ...effectSchemas,
  SetEffectSchema,
  SideYearSchema,
  ScenarioYearSchema,
  SideBudgetSchema,
  ScenarioBudgetSchema,
  TargetScenarioSchema,
];

export type ScenarioOutput = Static<typeof TargetScenarioSchema>;
export type RankedMeasureOutput = Static<typeof RankedMeasureSchema>;
