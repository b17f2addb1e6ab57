import { type Static, Type } from 'typebox';
import { ACTIVITIES, DIRECTIONS, METER_KINDS, UNITS } from '../../../domain/activities.ts';
import { CALORIFIC_BASES, MEASURES, TECHNOLOGIES } from '../../../domain/meter.ts';
import { LIMITS } from '../../../limits.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, localDay, oneOf, serviceEdge, share, text } from '../../schemas/atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { zone } from '../calorific-values/schemas.ts';
import { MeterCertificatesSchema, MeterContractSchema, PlacementSchema, TenancySchema } from './dated-schemas.ts';

const closed = { additionalProperties: false } as const;

/** Fields that are the same written and read. */
const REQUIRED = {
  activity: oneOf(ACTIVITIES, 'The utility or fuel that is metered.'),
  unit: oneOf(
    UNITS,
    'Unit of its quantities: kWh, litre, kg, tonne, or m3 for water. Gas is in gross kWh, or in m3, ft3 or hcf (hundreds of cubic feet); figures of it are in gross kWh always.',
  ),
};

const OPTIONAL = {
  name: Type.Optional(text('A name people know it by.', LIMITS.nameLengthMax)),
  technology: Type.Optional(oneOf(TECHNOLOGIES, 'How the energy of a generation meter is made.')),
  parent: Type.Optional(
    key(
      'Key of the meter that feeds this one. A sub-meter is never added to the meter above it; a heat meter below a fuel meter has no emissions of its own.',
    ),
  ),
  tenant: Type.Optional(
    Type.Array(ref(TenancySchema), {
      description:
        'Of a sub-meter the tenants whose use it measures, ascending, one at a time; their part is taken out of the meter above. Of a main meter the tenants without a meter of their own, with their floor area or share; at most the whole on any day. Reported in scope 3.',
      minItems: 1,
      maxItems: LIMITS.datedEntriesMax,
    }),
  ),
  dials: Type.Optional(
    Type.Integer({
      description: 'Digits of the register before it starts again at zero.',
      minimum: 1,
      maximum: 12,
      'x-unit': 'digits',
    }),
  ),
  calorificBasis: Type.Optional(
    oneOf(CALORIFIC_BASES, 'Wood and biogas in kWh only, and required there: whether the kWh are gross or net.'),
  ),
  measures: Type.Optional(
    oneOf(MEASURES, 'Wood and biogas in kWh only: the fuel, or the heat made of it. Default fuel.'),
  ),
  efficiency: Type.Optional(
    Type.Number({
      description: 'Heat out per fuel energy in; required where `measures` is `heat-output`.',
      exclusiveMinimum: 0,
      maximum: 1,
      'x-unit': 'share of one',
    }),
  ),
  heatNetwork: Type.Optional(
    key(
      "District heat only: the key of a heat network, or `district` (a network of which nothing is recorded), `none` (a plant on the site), `council` (the council's own energy centre, whose fuel is metered).",
    ),
  ),
  contracts: Type.Optional(
    Type.Array(ref(MeterContractSchema), {
      description: 'Electricity and gas only: the contract that supplies it by date, ascending.',
      minItems: 1,
      maxItems: LIMITS.datedEntriesMax,
    }),
  ),
  certificates: Type.Optional(
    Type.Array(ref(MeterCertificatesSchema), {
      description: 'Generation meters of electricity only: what becomes of the certificates by date, ascending.',
      minItems: 1,
      maxItems: LIMITS.datedEntriesMax,
    }),
  ),
  returnToSewer: Type.Optional(share("Water only: share that goes to the sewer. Absent: the organisation's setting.")),
  agreedCapacityKva: Type.Optional(
    Type.Number({
      description: 'Electricity only: agreed supply capacity of the connection. Checks compare the demand with it.',
      exclusiveMinimum: 0,
      maximum: 1_000_000,
      'x-unit': 'kVA',
    }),
  ),
  heatingShare: Type.Optional(
    share(
      'Declared share of its use that heats. Totals of spans are spread by it over the degree days. On a meter of electricity it says that the meter heats; 0 says of any meter that it does not.',
    ),
  ),
  volumeCorrected: Type.Optional(
    Type.Boolean({
      description: 'Gas only: a device at the meter corrects its volumes for temperature and pressure already.',
    }),
  ),
  correctionFactor: Type.Optional(
    Type.Number({
      description: "Gas only: the site's own factor of temperature and pressure. Absent: the standard 1.02264.",
      minimum: 0.1,
      maximum: 100,
      'x-unit': 'm3 at reference conditions per m3 metered',
    }),
  ),
  correctionFrom: Type.Optional(
    localDay('Gas only: first day on which `volumeCorrected` or `correctionFactor` holds. Absent: since ever.'),
  ),
  calorificZone: Type.Optional(
    zone('Gas only: local distribution zone whose daily calorific values hold for it, such as WM.'),
  ),
  usualDelayDays: Type.Optional(
    Type.Integer({
      description: 'Days that data of this meter usually takes to arrive.',
      minimum: 0,
      maximum: 400,
      'x-unit': 'days',
    }),
  ),
  from: Type.Optional(serviceEdge('When the meter came into service.', 'First day in service.')),
  to: Type.Optional(serviceEdge('When the meter left service.', 'First day no longer in service.')),
};

const DEFAULTED = {
  kind: oneOf(METER_KINDS, 'The kind of data expected from it; any kind is taken. Written without: interval.'),
  direction: oneOf(
    DIRECTIONS,
    'What its flow is, seen from the site: energy from the network, to it, or made on the site. Written without: import.',
  ),
  multiplier: Type.Number({
    description: "What a register's advance is multiplied by to give the unit. Written without: 1.",
    exclusiveMinimum: 0,
    maximum: 1_000_000,
    'x-unit': 'unit of the meter per unit of the dial',
  }),
  serials: Type.Array(text('Serial number of one device.', LIMITS.keyLengthMax), {
    description: 'Serial numbers of the devices that measure it.',
    maxItems: LIMITS.meterNamesMax,
    uniqueItems: true,
  }),
  aliases: Type.Array(text('One other name.', LIMITS.keyLengthMax), {
    description: 'Other names that files may use for it.',
    maxItems: LIMITS.meterNamesMax,
    uniqueItems: true,
  }),
};

/** A meter as it is written. */
export const MeterInputSchema = Type.Object(
  {
    site: Type.Optional(
      key('Key of the site it belongs to, where it has always been there. Either this or `placements` is required.'),
    ),
    placements: Type.Optional(
      Type.Array(ref(PlacementSchema), {
        description: 'The site it belongs to by date, ascending.',
        minItems: 1,
        maxItems: LIMITS.datedEntriesMax,
      }),
    ),
    ...REQUIRED,
    kind: Type.Optional(DEFAULTED.kind),
    direction: Type.Optional(DEFAULTED.direction),
    multiplier: Type.Optional(DEFAULTED.multiplier),
    serials: Type.Optional(DEFAULTED.serials),
    aliases: Type.Optional(DEFAULTED.aliases),
    ...OPTIONAL,
  },
  {
    $id: 'MeterInput',
    ...closed,
    description: 'A metering point, keyed by what is on the bill. Replaces the whole meter.',
    examples: [{ site: 'CH-001', activity: 'electricity', unit: 'kWh', kind: 'interval' }],
  },
);

const METER_EXAMPLE = {
  key: '1200023305967',
  site: 'CH-001',
  placements: [{ site: 'CH-001' }],
  activity: 'electricity',
  unit: 'kWh',
  kind: 'interval',
  direction: 'import',
  multiplier: 1,
  serials: [],
  aliases: [],
  warnings: [],
};

/** A meter as it is read. */
export const MeterSchema = Type.Object(
  {
    asOf: Type.Optional(ref(AsOfSchema)),
    key: key("What is on the bill (MPAN, MPRN, SPID), or the council's own reference."),
    site: Type.Optional(key('Key of the site it belongs to today.')),
    placements: Type.Array(ref(PlacementSchema), { description: 'The site it belongs to by date, ascending.' }),
    ...REQUIRED,
    ...DEFAULTED,
    ...OPTIONAL,
    warnings: Type.Array(Type.String({ description: 'One thing that was taken but should be looked at.' }), {
      description: 'What was taken but should be looked at.',
    }),
  },
  { $id: 'Meter', ...closed, description: 'A metering point.', examples: [METER_EXAMPLE] },
);

export const MeterPageSchema = pageSchema(MeterSchema, 'MeterPage', 'One page of the meters.', METER_EXAMPLE);

export const METER_PARAMS = Type.Object(
  {
    meter: key(
      "What is on the bill (MPAN, MPRN, SPID), or the council's own reference. A 21-digit MPAN stands for its 13-digit core.",
    ),
  },
  closed,
);

export const METER_QUERY = Type.Object(
  {
    site: Type.Optional(key('Only meters that belong to this site, on any day.')),
    activity: Type.Optional(oneOf(ACTIVITIES, 'Only meters of this activity.')),
    kind: Type.Optional(oneOf(METER_KINDS, 'Only meters that this kind of data is expected from.')),
    direction: Type.Optional(oneOf(DIRECTIONS, 'Only meters of this direction.')),
    asOf,
    ...PAGE_QUERY,
  },
  closed,
);

export const meterSchemas = [
  PlacementSchema,
  MeterContractSchema,
  MeterCertificatesSchema,
  TenancySchema,
  MeterInputSchema,
  MeterSchema,
  MeterPageSchema,
];

export type MeterInput = Static<typeof MeterInputSchema>;
export type MeterOutput = Static<typeof MeterSchema>;
export type MeterQuery = Static<typeof METER_QUERY>;
