import { type Static, Type } from 'typebox';
import { G_PER_KWH_MAX, NATIONAL } from '../../../domain/grid/grid-intensity.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { oneOf, text } from '../../schemas/atoms.ts';
import { PeriodSchema } from '../../schemas/figure-atoms.ts';
import { PAGE_QUERY, pageSchema } from '../../schemas/page-schemas.ts';
import { ref } from '../../schemas/ref.ts';
import { FILTERS, list } from '../figures/query.ts';

const closed = { additionalProperties: false } as const;
const MEASURES = ['actual', 'forecast'] as const;

const region = text(
  `Region of the grid: ${NATIONAL} for Great Britain, ${NATIONAL}-8 for region 8 of the national API.`,
  40,
);

const EXAMPLE = { region: 'GB', start: '2025-01-20T12:00:00Z', gPerKwh: 263, measure: 'actual' } as const;

/** The body as the national API answers; how its values are nested differs between its addresses. */
export const GridIntensityBodySchema = Type.Object(
  {
    data: Type.Unsafe<unknown>({
      type: ['array', 'object'],
      description:
        'Half-hours with `from`, `to` and `intensity` (`actual`, `forecast` in grams of CO2 a kWh), of the nation or of regions, however they are nested.',
    }),
  },
  {
    $id: 'GridIntensityBody',
    ...closed,
    description: 'An answer of the national carbon intensity API, as it comes.',
    examples: [
      {
        data: [
          {
            from: '2025-01-20T12:00Z',
            to: '2025-01-20T12:30Z',
            intensity: { forecast: 266, actual: 263, index: 'high' },
          },
        ],
      },
    ],
  },
);

const count = (description: string) => Type.Integer({ description, minimum: 0, 'x-unit': 'half-hours' });

export const GridIntensityOutcomeSchema = Type.Object(
  {
    new: count('Half-hours that had no intensity before.'),
    changed: count('Half-hours whose intensity is another now; the former one is kept.'),
    unchanged: count('Half-hours that stood already, and forecasts that come after the actual value.'),
    seq: Type.Optional(Type.String({ description: 'Clock reading of the change; absent when nothing was written.' })),
  },
  {
    $id: 'GridIntensityOutcome',
    ...closed,
    description: 'What a table of intensities did.',
    examples: [{ new: 48, changed: 0, unchanged: 0, seq: '44' }],
  },
);

export const GridIntensitySchema = Type.Object(
  {
    region: Type.String({ description: 'Region of the grid.' }),
    start: Type.String({ description: 'Beginning of the half-hour, in UTC.', format: 'date-time' }),
    gPerKwh: Type.Number({
      description: 'Grams of CO2 a kilowatt-hour.',
      minimum: 0,
      maximum: G_PER_KWH_MAX,
      'x-unit': 'g CO2/kWh',
    }),
    measure: oneOf(MEASURES, 'Whether it was reckoned from what was generated, or foretold.'),
  },
  { $id: 'GridIntensity', ...closed, description: 'Carbon intensity of one half-hour.', examples: [EXAMPLE] },
);

export const GridIntensityPageSchema = pageSchema(
  GridIntensitySchema,
  'GridIntensityPage',
  'One page of half-hours, by region and time.',
  EXAMPLE,
);

export const GRID_INTENSITY_POST_QUERY = Type.Object({ region: Type.Optional(region) }, closed);

export const GRID_INTENSITY_LIST_QUERY = Type.Object(
  { region: Type.Optional(region), period: Type.Optional(FILTERS.period), asOf, ...PAGE_QUERY },
  closed,
);

export const TIME_MATCHED_QUERY = Type.Object(
  {
    period: FILTERS.period,
    interval: FILTERS.interval,
    groupBy: Type.Optional(oneOf(['none', 'site', 'meter'], 'What rows are grouped by beside time. Default none.')),
    site: Type.Optional(list('Keys of sites.')),
    meter: Type.Optional(list('Keys of meters.')),
    region: Type.Optional(region),
    asOf,
  },
  closed,
);

const numberOrNull = (description: string, unit: string) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], description, 'x-unit': unit });
const kWh = (description: string) => Type.Number({ description, 'x-unit': 'kWh' });

const MATCH = {
  kWh: kWh('Energy whose intervals and intensities are known.'),
  kgCo2: Type.Number({
    description: 'Its carbon, each interval at the intensity of its own time.',
    'x-unit': 'kg CO2',
  }),
  gPerKwh: numberOrNull('Mean intensity of the energy used; null where nothing was matched.', 'g CO2/kWh'),
  kgCo2AtTimeMean: numberOrNull(
    'What the same energy would come to at the plain mean of the period: the difference is due to when it was used.',
    'kg CO2',
  ),
  forecastShare: numberOrNull('Share of the energy that met a forecast.', 'share of one'),
  withoutIntensityKwh: kWh('Energy in intervals of which no intensity is known. Not in the carbon.'),
  withoutIntervalsKwh: kWh('Energy that no interval tells, such as that of bills and estimates. Not in the carbon.'),
};

const MATCH_EXAMPLE = {
  kWh: 1000,
  kgCo2: 160.5,
  gPerKwh: 160.5,
  kgCo2AtTimeMean: 172.1,
  forecastShare: 0,
  withoutIntensityKwh: 0,
  withoutIntervalsKwh: 0,
};

const DAY_EXAMPLE = { label: '2025-06-10', start: '2025-06-10', end: '2025-06-11' };

export const TimeMatchSchema = Type.Object(MATCH, {
  $id: 'TimeMatch',
  ...closed,
  description: 'Energy matched with the intensity of its own time.',
  examples: [MATCH_EXAMPLE],
});

export const TimeMatchedRowSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    site: Type.Optional(Type.String({ description: 'Key of the site.' })),
    meter: Type.Optional(Type.String({ description: 'Key of the meter.' })),
    ...MATCH,
  },
  { $id: 'TimeMatchedRow', ...closed, description: 'One row of carbon by the time of use.' },
);

export const TimeMatchedSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    asOf: Type.Optional(ref(AsOfSchema)),
    region: Type.String({ description: 'Region of the grid.' }),
    note: Type.String({ description: 'What the figures are and are not.' }),
    timeMeanGPerKwh: numberOrNull('Plain mean of the known intensities of the period.', 'g CO2/kWh'),
    halfHours: Type.Object(
      {
        expected: count('Half-hours of the elapsed period.'),
        known: count('Those whose intensity is known.'),
      },
      { ...closed, description: 'How much of the period has an intensity.' },
    ),
    data: Type.Array(ref(TimeMatchedRowSchema), {
      description: 'Rows in order of time, then of what they are grouped by.',
    }),
    total: ref(TimeMatchSchema),
  },
  {
    $id: 'TimeMatched',
    ...closed,
    description: 'Carbon by the time of use, beside the official figures.',
    examples: [
      {
        period: DAY_EXAMPLE,
        region: 'GB',
        note: 'Beside the official figures and in none of them.',
        timeMeanGPerKwh: 172.1,
        halfHours: { expected: 48, known: 48 },
        data: [{ period: DAY_EXAMPLE, site: 'CH-001', ...MATCH_EXAMPLE }],
        total: MATCH_EXAMPLE,
      },
    ],
  },
);

export const gridIntensitySchemas = [
  GridIntensityBodySchema,
  GridIntensityOutcomeSchema,
  GridIntensitySchema,
  GridIntensityPageSchema,
  TimeMatchSchema,
  TimeMatchedRowSchema,
  TimeMatchedSchema,
];

export type GridIntensityBody = Static<typeof GridIntensityBodySchema>;
export type GridIntensityOutput = Static<typeof GridIntensitySchema>;
export type TimeMatchOutput = Static<typeof TimeMatchSchema>;
export type TimeMatchedOutput = Static<typeof TimeMatchedSchema>;
export type TimeMatchedRowOutput = Static<typeof TimeMatchedRowSchema>;
