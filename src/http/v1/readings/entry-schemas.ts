import { Type } from 'typebox';
import { CALORIFIC_VALUE_LIMITS } from '../../../domain/gas/calorific-values.ts';
import { VOLUME_UNITS } from '../../../domain/gas/volume-units.ts';
import { RESOLUTIONS_MINUTES } from '../../../domain/interval-profile.ts';
import { REGISTER_VALUE_LIMIT } from '../../../domain/readings/read-register.ts';
import { READ_TYPE_NAMES } from '../../../domain/registers/read-types.ts';
import { LIMITS } from '../../../limits.ts';
import { instant, key, localDay, oneOf, text } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;

/** One entry of a batch; which fields stand in it says what it is. */
export const ReadingEntrySchema = Type.Object(
  {
    meter: key('Key of the meter.'),
    day: Type.Optional(localDay('Day profile: the local day.')),
    resolutionMinutes: Type.Optional(
      Type.Integer({
        description: `Day profile: length of its intervals, one of ${RESOLUTIONS_MINUTES.join(', ')}; 1440 is one value for the day. Default 30.`,
        'x-unit': 'minutes',
      }),
    ),
    values: Type.Optional(
      Type.Array(Type.Union([Type.Number(), Type.Null()]), {
        description:
          "Day profile: one value per interval of that local day in order, in the meter's unit, null where missing. Half-hourly days have 48 values, 46 when the clocks go forward, 50 when they go back.",
        minItems: 1,
        maxItems: 1_500,
        'x-unit': "the meter's unit",
      }),
    ),
    start: Type.Optional(instant('Interval: its first instant.')),
    end: Type.Optional(instant('Interval: the instant it ends.')),
    period: Type.Optional(
      Type.String({
        description:
          'Billed period: its days, in the period grammar, such as 2024-07 or 2024-07-03/2024-08-05 (end exclusive).',
        minLength: 4,
        maxLength: 40,
      }),
    ),
    deliveredOn: Type.Optional(
      localDay(
        'Delivery of fuel: the day on which it came. It is burnt from that day until the next delivery of the meter, or until a bill begins; until then its days are missing.',
      ),
    ),
    quantity: Type.Optional(
      Type.Number({
        description:
          "Interval, billed period or delivery: the consumption, in the meter's unit, at most six decimals. The energy on a bill for gas is in gross kWh, whatever the meter is read in.",
        'x-unit': "the meter's unit",
      }),
    ),
    volume: Type.Optional(
      Type.Number({
        description:
          'Billed period of gas: the volume that the bill states. Alone it is turned into kWh; beside `quantity`, which counts, it is a check.',
        'x-unit': 'as in volumeUnit',
      }),
    ),
    volumeUnit: Type.Optional(
      oneOf(VOLUME_UNITS, "Billed period of gas: unit of the volume. Default the meter's, where that is a volume."),
    ),
    calorificValue: Type.Optional(
      Type.Number({
        description:
          "Billed period of gas: the calorific value on the bill. Default: the mean of the daily values of the meter's zone, else a stated default.",
        minimum: CALORIFIC_VALUE_LIMITS.from,
        maximum: CALORIFIC_VALUE_LIMITS.to,
        'x-unit': 'MJ/m3',
      }),
    ),
    correctionFactor: Type.Optional(
      Type.Number({
        description: "Billed period of gas: the factor of temperature and pressure on the bill. Default: the meter's.",
        minimum: 0.1,
        maximum: 100,
        'x-unit': 'm3 at reference conditions per m3 metered',
      }),
    ),
    quality: Type.Optional(
      oneOf(
        ['actual', 'estimated'],
        'Whether the data is measured or estimated. Default actual; for a billed period, whether its reads were actual.',
      ),
    ),
    replaceActual: Type.Optional(
      Type.Boolean({
        description:
          'Day profile, interval or billed period that is estimated: true puts it in place of actual values. By default those stay, and `keptActual` counts them.',
      }),
    ),
    openingRead: Type.Optional(
      oneOf(
        ['actual', 'estimated'],
        'Billed period: how the read was made that it begins with. Default: actual; on an estimated bill as the bill before it ends.',
      ),
    ),
    closingRead: Type.Optional(
      oneOf(
        ['actual', 'estimated'],
        'Billed period: how the read was made that it ends with. Default: as its quality. A bill from an estimated to an actual read makes the estimated bills before it good: they become one total.',
      ),
    ),
    invoice: Type.Optional(
      text(
        'Billed period or delivery: number of the invoice. Two deliveries of one day are told apart by it.',
        LIMITS.labelLengthMax,
      ),
    ),
    replaces: Type.Optional(
      text('Billed period or delivery: number of the invoice that this one takes the place of.', LIMITS.labelLengthMax),
    ),
    costGbp: Type.Optional(
      Type.Number({
        description: 'Billed period or delivery: net cost.',
        minimum: -100_000_000,
        maximum: 100_000_000,
        'x-unit': 'GBP',
      }),
    ),
    readAt: Type.Optional(
      instant('Register reading: when it was read. It counts from the start of its local day; the time is kept.'),
    ),
    register: Type.Optional(
      text('Register reading: which register of the device, such as 1, DAY or NIGHT. Default 1.', LIMITS.keyLengthMax),
    ),
    serial: Type.Optional(
      text('Register reading: serial of the device; required where the meter has several.', LIMITS.keyLengthMax),
    ),
    value: Type.Optional(
      Type.Number({
        description: 'Register reading: what the dials show, at most six decimals. Not a consumption.',
        minimum: 0,
        exclusiveMaximum: REGISTER_VALUE_LIMIT,
        'x-unit': 'units of the dials',
      }),
    ),
    readType: Type.Optional(
      text(
        `Register reading: how it was made: ${READ_TYPE_NAMES.join(', ')}, or the letter of the industry's files for the fuel. Default actual.`,
        LIMITS.keyLengthMax,
      ),
    ),
  },
  {
    $id: 'ReadingEntry',
    ...closed,
    description:
      'A day profile (day, values), an interval (start, end, quantity), a billed period (period, quantity) or a register reading (readAt, value).',
    examples: [
      { meter: '1200023305967', start: '2025-10-27T00:00:00+00:00', end: '2025-10-27T00:30:00+00:00', quantity: 0.75 },
      { meter: 'G-1', period: '2019/20', quantity: 11942414 },
      { meter: 'G-2', readAt: '2025-10-01T09:00:00+01:00', register: '1', value: 56311, readType: 'actual' },
    ],
  },
);

/** A batch of readings. */
export const ReadingsInputSchema = Type.Object(
  {
    readings: Type.Array(ref(ReadingEntrySchema), {
      description: 'The entries; they are stored as one change.',
      minItems: 1,
      maxItems: LIMITS.readingsItemsMax,
    }),
  },
  {
    $id: 'ReadingsInput',
    ...closed,
    description: 'A batch of meter data.',
    examples: [
      {
        readings: [
          {
            meter: '1200023305967',
            start: '2025-10-27T00:00:00+00:00',
            end: '2025-10-27T00:30:00+00:00',
            quantity: 0.75,
          },
          { meter: 'G-1', period: '2019/20', quantity: 11942414 },
        ],
      },
    ],
  },
);
