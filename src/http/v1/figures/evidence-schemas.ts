import { type Static, Type } from 'typebox';
import { CONVERTED_EVIDENCE } from '../../../domain/gas/convert-gas.ts';
import { CALORIFIC_SOURCES, CORRECTION_SOURCES } from '../../../domain/gas/gas-factors.ts';
import { VOLUME_UNITS } from '../../../domain/gas/volume-units.ts';
import type { LineEvidence } from '../../../domain/line-evidence.ts';
import { ORIGIN_NAMES } from '../../../domain/stored-readings.ts';
import { localDay, oneOf } from '../../schemas/atoms.ts';
import { ref } from '../../schemas/ref.ts';

const closed = { additionalProperties: false } as const;
const decimal = (description: string) => Type.String({ description: `${description} A decimal as text.` });
const days = (description: string) => Type.Integer({ description, minimum: 0, 'x-unit': 'days' });
const minutes = (description: string) => Type.Integer({ description, minimum: 0, 'x-unit': 'minutes' });

const PART = Type.Object(
  {
    origin: oneOf(ORIGIN_NAMES, 'Kind of evidence that these days rest on.'),
    days: days('Days with a quantity.'),
    quantity: decimal("Their quantity, in the line's `meteredUnit`."),
    estimatedQuantity: decimal('Of it, what is estimated.'),
    actualMinutes: minutes('Time with actual data.'),
    estimatedMinutes: minutes('Time with estimated data.'),
  },
  { ...closed, description: 'What one kind of evidence gives.' },
);

const CHANGE = Type.Object(
  {
    seq: Type.String({ description: 'The change on the knowledge clock.' }),
    recordedAt: Type.String({ description: 'When it was recorded, in UTC to the microsecond.', format: 'date-time' }),
    kind: Type.String({ description: 'Kind of change.' }),
    upload: Type.Union([Type.String(), Type.Null()], {
      description: 'The upload it came in, where it came in a file.',
    }),
  },
  { ...closed, description: 'A change that wrote some of the days.' },
);

const CONVERSION = Type.Object(
  {
    start: localDay('First day of the volumes.'),
    end: localDay('First day after them.'),
    evidence: oneOf(CONVERTED_EVIDENCE, 'What the volumes come from.'),
    volume: decimal('The volumes, added up.'),
    volumeUnit: oneOf(VOLUME_UNITS, 'Their unit.'),
    unitFactor: decimal('Cubic metres in one unit.'),
    correctionFactor: decimal('Factor of temperature and pressure.'),
    correctionSource: oneOf(CORRECTION_SOURCES, 'Where that comes from.'),
    calorificValue: decimal('Gross calorific value in MJ/m3.'),
    calorificSource: oneOf(CALORIFIC_SOURCES, 'Where that comes from.'),
    computedKwh: decimal('The energy in kWh (rule E6).'),
  },
  {
    ...closed,
    description: 'Volumes of gas turned into kWh with the same factors. They may reach beyond the days of the line.',
  },
);

const ESTIMATE = Type.Object(
  {
    methods: Type.String({ description: 'The methods, separated by blanks (rule E11).' }),
    days: days('Days estimated, in whole or in part.'),
    quantity: decimal('What was estimated.'),
  },
  { ...closed, description: 'Days that this service estimated.' },
);

const EXAMPLE = {
  parts: [
    {
      origin: 'billed',
      days: 366,
      quantity: '11942414',
      estimatedQuantity: '0',
      actualMinutes: 527040,
      estimatedMinutes: 0,
    },
  ],
  daysSha256: 'c5a2f0b94bb1a2f7c1d3c7ba3f5d0c3c2ab0c1e38b7e7f0e9b8d7c6a5f4e3d2c',
  changes: [{ seq: '12', recordedAt: '2026-11-22T12:00:00.000000Z', kind: 'readings', upload: null }],
  changeCount: 1,
  conversions: [],
  estimates: [],
} as const;

/** The evidence behind a line. */
export const LineEvidenceSchema = Type.Object(
  {
    parts: Type.Array(PART, {
      description: 'By kind of evidence; their quantities add up to `metered`, but for the sign of a deduction.',
    }),
    daysSha256: Type.String({
      description:
        'SHA-256 over the stored days of the line: meter, day, kind of evidence, quantity, estimated part and minutes of each.',
      pattern: '^[0-9a-f]{64}$',
    }),
    changes: Type.Array(CHANGE, { description: 'The newest changes that wrote these days, the last one first.' }),
    changeCount: Type.Integer({
      description: 'Changes that wrote these days, those not listed too.',
      'x-unit': 'changes',
    }),
    conversions: Type.Array(CONVERSION, { description: 'Volumes of gas behind the quantity.' }),
    estimates: Type.Array(ESTIMATE, { description: 'What this service estimated of the quantity.' }),
  },
  {
    $id: 'LineEvidence',
    ...closed,
    description: 'Where the metered quantity of a line comes from. Lines of the same days of a meter share it.',
    examples: [EXAMPLE],
  },
);

/** Where a line's quantity comes from, in an answer; null where it was not read. */
export const EVIDENCE_OR_NULL = Type.Union([ref(LineEvidenceSchema), Type.Null()], {
  description:
    'Where the metered quantity comes from; null for a question that leaves estimates out, of which no days are stored.',
});

export const EVIDENCE_EXAMPLE = EXAMPLE;

/** The evidence of a line for its answer; decimals as text. */
export function toEvidence(evidence: LineEvidence): Static<typeof LineEvidenceSchema> {
  const { parts, daysDigest, changes, changeCount, conversions, estimates } = evidence;
  return {
    parts: parts.map((part) => ({
      ...part,
      quantity: part.quantity.toString(),
      estimatedQuantity: part.estimatedQuantity.toString(),
    })),
    daysSha256: daysDigest,
    changes: changes.map((change) => ({ ...change })),
    changeCount,
    conversions: conversions.map((conversion) => ({
      ...conversion,
      volume: conversion.volume.toString(),
      unitFactor: conversion.unitFactor.toString(),
      correctionFactor: conversion.correctionFactor.toString(),
      calorificValue: conversion.calorificValue.toString(),
      computedKwh: conversion.computedKwh.toString(),
    })),
    estimates: estimates.map((estimate) => ({ ...estimate, quantity: estimate.quantity.toString() })),
  };
}
