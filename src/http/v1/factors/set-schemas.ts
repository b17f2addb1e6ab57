import { type Static, Type } from 'typebox';
import { LIMITS } from '../../../limits.ts';
import { asOf } from '../../schemas/as-of.ts';
import { key, oneOf, text } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { version } from './schemas.ts';

const closed = { additionalProperties: false } as const;

const GWP = ['SAR', 'AR4', 'AR5', 'AR6'] as const;
/** Far above any factor of this kind: a refrigerant of 20,000 kg a kilogram. */
const FACTOR_MAX = 1_000_000;

const factorNumber = (description: string) =>
  Type.Unsafe<number | null>({
    type: ['number', 'null'],
    minimum: 0,
    maximum: FACTOR_MAX,
    description,
    'x-unit': 'kg CO2e per unit',
  });

export const EnteredFactorSchema = Type.Object(
  {
    key: key('Name of the factor, as in GET /v1/factors.'),
    kgCo2e: factorNumber(
      'Kilograms of CO2 equivalent per unit; taken to 10 significant digits. Null: blank, which is not 0.',
    ),
    kgCo2: Type.Optional(factorNumber('The CO2 in it; never added up.')),
    kgCh4Co2e: Type.Optional(factorNumber('The methane in it, as CO2 equivalent.')),
    kgN2oCo2e: Type.Optional(factorNumber('The nitrous oxide in it, as CO2 equivalent.')),
    unit: Type.Optional(text('The unit it is per, to say it again; needed where no set has this factor.')),
    name: Type.Optional(text('What it is a factor of, where it differs from the published one.', LIMITS.nameLengthMax)),
    source: Type.Optional(text('Where this number comes from, where it differs from the set.', LIMITS.noteLengthMax)),
    notes: Type.Optional(text('What else is to be said of it.', LIMITS.noteLengthMax)),
  },
  {
    $id: 'EnteredFactor',
    ...closed,
    description: 'One factor of an entered set.',
    examples: [{ key: 'fuel.diesel_blend.litre', kgCo2e: 2.66155, unit: 'litre', notes: 'Mineral diesel.' }],
  },
);

export const FactorSetInputSchema = Type.Object(
  {
    title: Type.Optional(text('Title; by default the name of the set.', LIMITS.nameLengthMax)),
    publisher: text('Who published the numbers.', LIMITS.nameLengthMax),
    publishedOn: Type.Optional(
      Type.String({
        description: 'When, as precisely as known: a year, a month or a day.',
        pattern: '^\\d{4}(-\\d{2}){0,2}$',
        'x-expects': 'a year, a month or a day, such as 2025, 2025-06 or 2025-06-10',
      }),
    ),
    gwp: oneOf(GWP, 'Whose global warming potentials the CO2e stands on.'),
    licence: text('Licence and attribution.', LIMITS.noteLengthMax),
    source: text('Where the numbers come from.', LIMITS.noteLengthMax),
    basedOn: Type.Optional(
      version('Version of the same set whose factors are taken over, those given here in place of theirs.'),
    ),
    factors: Type.Array(ref(EnteredFactorSchema), {
      description: 'The factors.',
      minItems: 1,
      maxItems: LIMITS.enteredFactorsMax,
    }),
  },
  {
    $id: 'FactorSetInput',
    ...closed,
    description: 'A version of a factor set as it is entered.',
    examples: [
      {
        publisher: 'Example Council',
        gwp: 'AR5',
        licence: 'Internal',
        source: 'Fuel contract 2025, delivery specification',
        factors: [{ key: 'fuel.diesel_blend.litre', kgCo2e: 2.66155 }],
      },
    ],
  },
);

export const HISTORY_QUERY = Type.Object({ asOf }, closed);

export const setSchemas = [EnteredFactorSchema, FactorSetInputSchema];

export type FactorSetInput = Static<typeof FactorSetInputSchema>;
