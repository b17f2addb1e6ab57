import { Type } from 'typebox';
import { PROVISIONAL_REASONS } from '../../../domain/figure-answer.ts';
import { FIGURE_FLAGS } from '../../../domain/figure-flags.ts';
import { oneOf } from '../../schemas/atoms.ts';
import { CoverageSchema, EmissionsSchema, kg, QuantitySchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { MARKET_ROW } from './market-schemas.ts';

const closed = { additionalProperties: false } as const;

/** What was used. */
export const QUANTITIES = {
  quantity: Type.Optional(ref(QuantitySchema)),
  quantities: Type.Optional(
    Type.Array(ref(QuantitySchema), {
      description: 'One per unit, instead of `quantity`, where units differ: energy and water are never added.',
    }),
  ),
  heatSoldKwh: Type.Optional(
    Type.Number({
      description:
        "Heat of the council's own network that others use: exported, at sites it does not run, or behind a tenant's meter. In no total; its carbon stays where the fuel is burnt.",
      'x-unit': 'kWh',
    }),
  ),
  selfUseKwh: Type.Optional(
    Type.Number({
      description: 'Own generation used on the site: generation less export. Part of the quantity.',
      'x-unit': 'kWh',
    }),
  ),
};

/** Why a row stands beside the totals. */
export const FLOW = {
  flow: Type.Optional(
    oneOf(
      ['generation', 'export', 'sub-meter', 'own-heat-network', 'outside-boundary'],
      'Why the row is in no total. Absent for final energy and water use.',
    ),
  ),
  inTotal: Type.Optional(
    Type.Literal(false, { description: 'False where the row is shown beside the totals; absent otherwise.' }),
  ),
};

/** How complete a row or total is. */
export const coverage = Type.Union([ref(CoverageSchema), Type.Null()], {
  description: 'How complete the figure is; null where no data was expected.',
});

/** Kilograms of a row or total, and what stands behind them. */
export const QUALITY = {
  emissionsKgCo2e: Type.Union([ref(EmissionsSchema), Type.Null()], {
    description: 'Kilograms by scope; null where nothing is known.',
  }),
  coverage,
  notQuantified: Type.Array(
    Type.String({ description: 'An activity and line, such as electricity.outside-of-scopes.' }),
    {
      description: 'Lines without a factor: they are in no sum, and a 0 elsewhere is a real 0.',
    },
  ),
  carriedForward: Type.Optional(
    Type.Array(
      Type.Object(
        {
          line: Type.String({ description: 'Activity and line.' }),
          fromSet: Type.String({ description: 'Set the factor was taken from.' }),
        },
        { ...closed, description: 'One carried-forward line.' },
      ),
      { description: "Lines that the day's own set lacks, with the newest earlier set that has them." },
    ),
  ),
  provisional: Type.Optional(
    Type.Array(oneOf(PROVISIONAL_REASONS, 'A reason.'), {
      description:
        'Why the figure may still move; absent when it will not by itself. supplier-data-pending: data is missing that is younger than its meters usually take.',
    }),
  ),
  incomplete: Type.Optional(
    Type.Literal(true, { description: 'A scope 1 or 2 line has no factor, so the total is too small.' }),
  ),
  sets: Type.Array(Type.String({ description: 'Id of a factor set, or of who states a factor.' }), {
    description: 'Factor sets used, and heat networks whose own factors were, as heat-network.{key}.',
  }),
  flags: Type.Optional(
    Type.Array(oneOf(FIGURE_FLAGS, 'A flag.'), { description: 'What to know of the factors behind the figure.' }),
  ),
  ...MARKET_ROW,
  heatAtNationalFactorsKgCo2e: Type.Optional(
    Type.Object(
      { scope2: kg('Heat.'), scope3: kg('Losses on the way and upstream.'), total: kg('Both.') },
      {
        ...closed,
        description:
          "What the heat that took a network's own factor would have emitted by the national ones. Beside the figure, in no total; absent where there is no such heat.",
      },
    ),
  ),
};
