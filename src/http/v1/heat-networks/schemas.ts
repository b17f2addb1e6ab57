import { type Static, Type } from 'typebox';
import { HEAT_OPERATORS, HEAT_POINTS, HEAT_SOURCES } from '../../../domain/supply/heat-network.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema } from '../../schemas/as-of.ts';
import { key, localDay, oneOf, share, text } from '../../schemas/atoms.ts';
import { pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { EVIDENCE, gasBasis, kgPerKwh, note } from '../../schemas/supply-atoms.ts';

const closed = { additionalProperties: false } as const;

const FACTOR_EXAMPLE = {
  value: 0.1,
  at: 'delivered',
  lossShare: 0.2,
  upstreamIncluded: false,
  gases: 'co2e',
  evidence: { description: "Operator's carbon statement of May 2025" },
  validFrom: '2025-04-01',
  validTo: '2026-04-01',
};

const HeatFactorSchema = Type.Object(
  {
    value: kgPerKwh('Emissions of one kWh of heat.'),
    at: oneOf(
      HEAT_POINTS,
      'Whether the value is of a kWh delivered, losses on the way included, or of a kWh where it is generated.',
    ),
    lossShare: Type.Optional(
      share('delivered only: share of the value that is due to losses on the way. Absent: all of it is scope 2.'),
    ),
    upstreamIncluded: Type.Boolean({ description: 'Whether the value holds the upstream emissions (WTT) already.' }),
    upstreamValue: Type.Optional(
      kgPerKwh(
        "The supplier's own upstream emissions beside the value. Absent: the national upstream factor, flagged.",
      ),
    ),
    gases: gasBasis('All gases as CO2e, or CO2 alone, which is flagged in figures of CO2e.'),
    evidence: Type.Object(
      {
        ...EVIDENCE,
        allocation: Type.Optional(
          note("How the plant's emissions were divided between its products; required where the value is 0."),
        ),
      },
      { ...closed, description: 'What the factor rests on.' },
    ),
    validFrom: localDay('First day on which it holds.'),
    validTo: Type.Optional(localDay('First day on which it holds no longer. Absent: until further notice.')),
  },
  { $id: 'HeatFactor', ...closed, description: "A network's own factor, by date.", examples: [FACTOR_EXAMPLE] },
);

const HeatOperationSchema = Type.Object(
  {
    from: Type.Optional(localDay('First day. Absent in the first entry, which holds since ever.')),
    operatedBy: oneOf(HEAT_OPERATORS, 'Who runs the network from this day on.'),
  },
  {
    $id: 'HeatOperation',
    ...closed,
    description: 'Who runs a network, from a day until the next entry begins.',
    examples: [{ from: '2025-10-01', operatedBy: 'third-party' }],
  },
);

const FIELDS = {
  name: text('Name of the network.', LIMITS.nameLengthMax),
  operatedBy: Type.Optional(
    oneOf(
      HEAT_OPERATORS,
      "Who runs it, where that never changed. Heat of the council's own network has no emissions of its own: the fuel has them.",
    ),
  ),
  operators: Type.Optional(
    Type.Array(ref(HeatOperationSchema), {
      description: 'Who ran it since when, ascending, in place of `operatedBy` for a network that changed hands.',
      minItems: 1,
      maxItems: LIMITS.datedEntriesMax,
    }),
  ),
  source: Type.Optional(oneOf(HEAT_SOURCES, 'What the heat is mostly made of.')),
};
const factors = Type.Array(ref(HeatFactorSchema), {
  description: 'Its own factors, ascending, no two on one day. On other days the national factor stands.',
  maxItems: LIMITS.datedEntriesMax,
});

const EXAMPLE = {
  name: 'Heatline',
  operatedBy: 'third-party',
  source: 'energy-from-waste',
  factors: [FACTOR_EXAMPLE],
};

/** A heat network as it is written. */
export const HeatNetworkInputSchema = Type.Object(
  { ...FIELDS, factors: Type.Optional(factors) },
  { $id: 'HeatNetworkInput', ...closed, description: 'A heat network. Replaces the whole of it.', examples: [EXAMPLE] },
);

/** A heat network as it is read. */
export const HeatNetworkSchema = Type.Object(
  { asOf: Type.Optional(ref(AsOfSchema)), key: key('Key of the network, as meters name it.'), ...FIELDS, factors },
  { $id: 'HeatNetwork', ...closed, description: 'A heat network.', examples: [{ key: 'heatline', ...EXAMPLE }] },
);

export const HeatNetworkPageSchema = pageSchema(
  HeatNetworkSchema,
  'HeatNetworkPage',
  'One page of the heat networks.',
  {
    key: 'heatline',
    ...EXAMPLE,
  },
);

export const heatNetworkSchemas = [
  HeatFactorSchema,
  HeatOperationSchema,
  HeatNetworkInputSchema,
  HeatNetworkSchema,
  HeatNetworkPageSchema,
];

export type HeatNetworkInput = Static<typeof HeatNetworkInputSchema>;
export type HeatNetworkOutput = Static<typeof HeatNetworkSchema>;
