import { type Static, Type } from 'typebox';
import { CONVERTED_EVIDENCE } from '../../../domain/gas/convert-gas.ts';
import { CALORIFIC_SOURCES, CORRECTION_SOURCES } from '../../../domain/gas/gas-factors.ts';
import { type MeterConversions, STORED_FLAGS, storedFlags } from '../../../domain/gas/stored-conversion.ts';
import { VOLUME_UNITS } from '../../../domain/gas/volume-units.ts';
import { localDay, oneOf } from '../../schemas/atoms.ts';

const number = (description: string, unit: string) => Type.Number({ description, 'x-unit': unit });

/** How a volume of gas became energy. */
export const GasConversionSchema = Type.Object(
  {
    start: localDay('First day of the volume.'),
    end: localDay('First day after it.'),
    evidence: oneOf(CONVERTED_EVIDENCE, 'What the volume comes from.'),
    volume: number('The volume as it came.', 'as in volumeUnit'),
    volumeUnit: oneOf(VOLUME_UNITS, 'Unit of the volume.'),
    unitFactor: number('Cubic metres in one unit.', 'm3 per unit'),
    correctionFactor: number('Factor of temperature and pressure.', 'm3 at reference conditions per m3 metered'),
    correctionSource: oneOf(CORRECTION_SOURCES, 'Where the correction factor comes from.'),
    calorificValue: number(
      'Gross calorific value, to twelve decimals; the energy is made from the exact one.',
      'MJ/m3',
    ),
    calorificSource: oneOf(CALORIFIC_SOURCES, 'Where the calorific value comes from.'),
    computedKwh: number('volume × unitFactor × correctionFactor × calorificValue / 3.6, to six decimals.', 'kWh'),
    statedKwh: Type.Optional(number('The energy that the bill states. It counts, and the volume checks it.', 'kWh')),
    flags: Type.Array(oneOf(STORED_FLAGS, 'One thing that was taken but should be looked at.'), {
      description: 'What was taken but should be looked at.',
    }),
  },
  {
    $id: 'GasConversion',
    additionalProperties: false,
    description: 'A volume of gas turned into gross kWh, with everything that went in.',
    examples: [
      {
        start: '2024-04-01',
        end: '2024-05-01',
        evidence: 'billed',
        volume: 1000,
        volumeUnit: 'm3',
        unitFactor: 1,
        correctionFactor: 1.02264,
        correctionSource: 'standard',
        calorificValue: 39.4,
        calorificSource: 'bill',
        computedKwh: 11192.226667,
        flags: [],
      },
    ],
  },
);

export type GasConversionOutput = Static<typeof GasConversionSchema>;

/** The conversions of a meter, for its answer. */
export function toGasConversions({ conversions, yearKwh }: MeterConversions): GasConversionOutput[] {
  return conversions.map(({ statedKwh, ...conversion }) => ({
    ...conversion,
    volume: conversion.volume.toNumber(),
    unitFactor: conversion.unitFactor.toNumber(),
    correctionFactor: conversion.correctionFactor.toNumber(),
    calorificValue: conversion.calorificValue.toNumber(),
    computedKwh: conversion.computedKwh.toNumber(),
    ...(statedKwh !== null && { statedKwh: statedKwh.toNumber() }),
    flags: storedFlags(conversion, yearKwh),
  }));
}
