import { type Static, Type } from 'typebox';
import { UNUSED_REASONS } from '../../../domain/market/instrument-standing.ts';
import { INSTRUMENT_KINDS } from '../../../domain/supply/instrument.ts';
import { localDay, oneOf, share } from '../../schemas/atoms.ts';
import { kg } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;
const kWh = (description: string) => Type.Number({ description, 'x-unit': 'kWh' });

const TIER_EXAMPLE = { kWh: 40000, share: 0.4, kgCo2e: 0 };

const MarketTierSchema = Type.Object(
  {
    kWh: kWh('Electricity of the tier.'),
    share: Type.Unsafe<number | null>({
      type: ['number', 'null'],
      description: 'Its share of all tiers; null where there is no electricity.',
      'x-unit': 'share of one',
    }),
    kgCo2e: kg('What it emits.'),
    flag: Type.Optional(
      oneOf(
        ['grid-average-no-residual-mix'],
        'No residual mix holds on these days: the grid average stands in and flatters the figure.',
      ),
    ),
  },
  { $id: 'MarketTier', ...closed, description: 'One tier of the market basis.', examples: [TIER_EXAMPLE] },
);

/** Where the electricity of a row takes its factor from. */
export const MarketTiersSchema = Type.Object(
  {
    certificates: ref(MarketTierSchema),
    supplierProduct: ref(MarketTierSchema),
    residualMix: ref(MarketTierSchema),
    gridAverage: ref(MarketTierSchema),
  },
  {
    $id: 'MarketTiers',
    ...closed,
    description:
      'Where scope 2 electricity takes its factor from on the market basis, best first. Self-use whose certificates are sold is among the residual mix.',
    examples: [
      {
        certificates: TIER_EXAMPLE,
        supplierProduct: { kWh: 0, share: 0, kgCo2e: 0 },
        residualMix: { kWh: 60000, share: 0.6, kgCo2e: 18000 },
        gridAverage: { kWh: 0, share: 0, kgCo2e: 0 },
      },
    ],
  },
);

/** What a row or total has of the market basis, beside its kilograms. */
export const MARKET_ROW = {
  tiers: Type.Optional(ref(MarketTiersSchema)),
  greenGasKwh: Type.Optional(
    Type.Number({
      description: 'Gas that certificates of green gas cover, of the memo scope1Market.',
      'x-unit': 'kWh',
    }),
  ),
};

const MarketInstrumentSchema = Type.Object(
  {
    instrument: Type.String({ description: 'Key of the instrument.' }),
    kind: oneOf(INSTRUMENT_KINDS, 'What it is.'),
    from: localDay('First day whose use it covers.'),
    to: localDay('First day whose use it covers no longer.'),
    used: Type.Boolean({ description: 'Whether it is used, on any of its days.' }),
    reasons: Type.Array(
      Type.Object(
        {
          code: oneOf(UNUSED_REASONS, 'The reason.'),
          detail: Type.String({ description: 'What is lacking, and what was expected.' }),
        },
        { ...closed, description: 'Why it is not used, or not on all its days.' },
      ),
      { description: 'Why it is not used, or not on all its days.' },
    ),
    kWh: Type.Optional(kWh('Energy that it covers.')),
    importKwh: Type.Optional(kWh('Import of the meters it covers within its span, to date.')),
    availableKwh: Type.Optional(kWh('Of that, what no other certificate has covered before.')),
    share: Type.Optional(share('Share of every covered meter-day that it covers, of what was available.')),
    usedKwh: Type.Optional(kWh('Energy that it has covered, over its whole span.')),
    surplusKwh: Type.Optional(kWh('Energy that it states and that covers nothing; it is not carried over.')),
    overlaps: Type.Optional(
      Type.Array(Type.String({ description: 'Key of another.' }), {
        description: 'Certificates that cover some of the same meter-days and come first.',
      }),
    ),
    provisional: Type.Optional(
      Type.Literal(true, { description: 'Its span is running: the share rests on the use to date.' }),
    ),
    evidence: Type.String({ description: 'What it rests on.' }),
  },
  { $id: 'MarketInstrument', ...closed, description: 'What became of an instrument, over its whole span.' },
);

/** The instruments behind the market basis of an answer. */
export const MarketBasisSchema = Type.Object(
  {
    instruments: Type.Array(ref(MarketInstrumentSchema), {
      description: 'Every instrument whose days touch the period, used or not.',
    }),
    residualMixes: Type.Array(Type.String({ description: 'Key of a residual mix.' }), {
      description: 'Residual mixes whose days touch the period.',
    }),
  },
  { $id: 'MarketBasis', ...closed, description: 'What the market basis of an answer rests on.' },
);

export const marketSchemas = [MarketTierSchema, MarketTiersSchema, MarketInstrumentSchema, MarketBasisSchema];

export type MarketBasisOutput = Static<typeof MarketBasisSchema>;
