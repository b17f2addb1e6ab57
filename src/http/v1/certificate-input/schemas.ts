import { type Static, Type } from 'typebox';
import { ACTIVITIES } from '../../../domain/activities.ts';
import { CERTIFICATE_FUELS } from '../../../domain/buildings/certificate-input.ts';
import { AsOfSchema, asOf } from '../../schemas/as-of.ts';
import { key, localDay, oneOf } from '../../schemas/atoms.ts';
import { CoverageSchema, PeriodSchema, QuantitySchema } from '../../schemas/figure-atoms.ts';
import { ref } from '../../schemas/ref.ts';
import { CertificateSchema } from '../certificates/schemas.ts';
import { period } from '../figures/query.ts';
import { FLOW } from '../figures/sums-schemas.ts';

const closed = { additionalProperties: false } as const;

const FUEL_EXAMPLE = {
  fuel: 'Electricity',
  activity: 'electricity',
  consumptionKwh: 1250000,
  metered: { value: 1250000, unit: 'kWh' },
  startDay: '2025-04-01',
  lastDay: '2026-03-31',
  estimate: false,
  coverage: { actual: 1, estimated: 0, missing: 0, days: { expected: 365, actual: 365, estimated: 0, missing: 0 } },
} as const;

export const CertificateFuelSchema = Type.Object(
  {
    fuel: oneOf(CERTIFICATE_FUELS, 'The fuel as certificates name it; DH is heat from a network.'),
    activity: oneOf(ACTIVITIES, 'The fuel as it is metered here.'),
    flow: FLOW.flow,
    consumptionKwh: Type.Union([Type.Number(), Type.Null()], {
      description:
        'Consumption at gross calorific value, as consumption gives it; null where nothing is known. What is missing is not filled in.',
      'x-unit': 'kWh',
    }),
    metered: ref(QuantitySchema),
    selfUseKwh: Type.Optional(
      Type.Number({
        description: 'Generation that was used on the site; it is in the consumption.',
        'x-unit': 'kWh',
      }),
    ),
    startDay: localDay('First day of the period on which it was in service.'),
    lastDay: localDay('Last day of the period on which it was in service.'),
    estimate: Type.Boolean({
      description: 'Not all of it is actual data: a part is estimated or missing. `coverage` tells how much.',
    }),
    coverage: Type.Union([ref(CoverageSchema), Type.Null()], { description: 'How complete it is.' }),
  },
  {
    $id: 'CertificateFuel',
    ...closed,
    description: 'One fuel of the input of a certificate.',
    examples: [FUEL_EXAMPLE],
  },
);

const AREA_EXAMPLE = { areaM2: 12500 };

export const CertificateInputAnswerSchema = Type.Object(
  {
    period: ref(PeriodSchema),
    asOf: Type.Optional(ref(AsOfSchema)),
    site: Type.String({ description: 'Key of the site.' }),
    name: Type.String({ description: 'Name of the site.' }),
    uprn: Type.Optional(Type.String({ description: 'Unique property reference number.' })),
    postcode: Type.Optional(Type.String({ description: 'Postcode.' })),
    category: Type.Optional(Type.String({ description: 'Kind of building, as the council names it.' })),
    floorAreas: Type.Array(
      Type.Object(
        {
          from: Type.Optional(localDay('First day it holds. Absent: since ever.')),
          areaM2: Type.Number({ description: 'Gross internal floor area.', 'x-unit': 'm2' }),
        },
        { ...closed, description: 'Floor area from a day on.' },
      ),
      { description: 'Floor areas in force in the period, as recorded; a certificate goes by the useful floor area.' },
    ),
    nominatedBy: localDay('Last nominated date of a certificate that rests on these months.'),
    fuels: Type.Array(ref(CertificateFuelSchema), { description: 'What was used, and what is metered beside it.' }),
    previousCertificates: Type.Array(ref(CertificateSchema), {
      description: 'Certificates of the register that were valid in the two years before, which a new one has to show.',
    }),
    notices: Type.Array(Type.String({ description: 'One notice.' }), {
      description: 'What the assessor should know.',
    }),
  },
  {
    $id: 'CertificateInputAnswer',
    ...closed,
    description: 'What the assessor of a display energy certificate asks for.',
    examples: [
      {
        period: { label: '2025/26', start: '2025-04-01', end: '2026-04-01' },
        site: 'CH-001',
        name: 'Council House',
        postcode: 'CV1 5RR',
        category: 'office',
        floorAreas: [AREA_EXAMPLE],
        nominatedBy: '2026-06-30',
        fuels: [FUEL_EXAMPLE],
        previousCertificates: [],
        notices: [],
      },
    ],
  },
);

export const CERTIFICATE_INPUT_PARAMS = Type.Object({ site: key('Key of the site.') }, closed);
export const CERTIFICATE_INPUT_QUERY = Type.Object({ period, asOf }, closed);

export const certificateInputSchemas = [CertificateFuelSchema, CertificateInputAnswerSchema];

export type CertificateInputAnswer = Static<typeof CertificateInputAnswerSchema>;
export type CertificateFuelOutput = Static<typeof CertificateFuelSchema>;
