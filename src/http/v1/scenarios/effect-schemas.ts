import { Type } from 'typebox';
import { MEASURE_KINDS, MEASURE_STATUSES } from '../../../domain/measures/measure.ts';
import { UNPRICED } from '../../../domain/scenario/rank-measures.ts';
import { key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { kg } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;

export const tonnes = (description: string) => Type.Number({ description, 'x-unit': 'tCO2e' });
export const gbpPerTonneOrNull = (description: string) =>
  Type.Union([Type.Number(), Type.Null()], { description, 'x-unit': 'GBP per tCO2e' });

export const EFFECT_EXAMPLE = {
  kgCo2e: { scope1: -91155, scope2: 26550, scope3: 0, total: -64605 },
  allowedKgCo2e: 0,
  savedTCo2e: 64.605,
  gbpPerTonne: 1238.29,
};

/** What something does to emissions by scope. */
export const EffectByScopeSchema = Type.Object(
  {
    scope1: kg('Direct emissions.'),
    scope2: kg('Bought electricity and heat, location-based.'),
    scope3: kg('All else that the target counts.'),
    total: kg('All scopes.'),
  },
  {
    $id: 'EffectByScope',
    ...closed,
    description: 'What is emitted more, or less where it is below 0, in the scopes and lines that the target counts.',
    examples: [EFFECT_EXAMPLE.kgCo2e],
  },
);

/** What a measure does over all years that are counted. */
export const MeasureEffectSchema = Type.Object(
  {
    kgCo2e: ref(EffectByScopeSchema),
    allowedKgCo2e: kg(
      'What is allowed more, or less where it is below 0: a site that is handed over leaves the baseline.',
    ),
    savedTCo2e: tonnes('Tonnes saved; below 0 where more is emitted. 0 for a handover, which is a transfer.'),
    gbpPerTonne: gbpPerTonneOrNull('The whole cost for each tonne saved; null where there is none to give.'),
  },
  {
    $id: 'MeasureEffect',
    ...closed,
    description: 'What a measure does from the first year to come to the last that the target names.',
    examples: [EFFECT_EXAMPLE],
  },
);

export const RANKED_EXAMPLE = {
  rank: 1,
  measure: 'ch-001-heat-pump',
  name: 'Air source heat pump for the main building',
  kind: 'heat-pump',
  site: 'CH-001',
  status: 'planned',
  from: '2028-04-01',
  costGbp: 80000,
  costYear: 2026,
  own: EFFECT_EXAMPLE,
  marginal: EFFECT_EXAMPLE,
} as const;

/** One measure of a set, in its rank. */
export const RankedMeasureSchema = Type.Object(
  {
    rank: Type.Optional(
      Type.Integer({
        description: 'Its place in the ranking, from 1. Absent: a handover, which is not ranked.',
        minimum: 1,
        'x-unit': 'rank',
      }),
    ),
    measure: key('Key of the measure.'),
    name: text('What is done.'),
    kind: oneOf(MEASURE_KINDS, 'What it is.'),
    site: key('Key of the site.'),
    status: oneOf(MEASURE_STATUSES, 'How far it is.'),
    from: localDay('First day of its effect.'),
    to: Type.Optional(localDay('First day without it.')),
    costGbp: Type.Optional(Type.Number({ description: 'What it costs, once, as it is stated.', 'x-unit': 'GBP' })),
    costYear: Type.Optional(Type.Integer({ description: 'Year of the prices of the cost.', 'x-unit': 'year' })),
    own: ref(MeasureEffectSchema),
    marginal: ref(MeasureEffectSchema),
    unpriced: Type.Optional(
      oneOf(
        UNPRICED,
        'Why it has no pounds per tonne on its own: no cost is stated; it saves nothing in the years that are counted; or it is a transfer and no saving.',
      ),
    ),
  },
  {
    $id: 'RankedMeasure',
    ...closed,
    description:
      'One measure of the set: on its own, as if no other of the set were taken, and what it adds to the handovers of the set and those that are ranked before it.',
    examples: [RANKED_EXAMPLE],
  },
);

export const effectSchemas = [EffectByScopeSchema, MeasureEffectSchema, RankedMeasureSchema];
