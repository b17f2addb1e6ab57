import type { BilledVolume } from '../billed-period.ts';
import { Decimal } from '../decimal.ts';
import { CALORIFIC_VALUE_LIMITS } from '../gas/calorific-values.ts';
import { isVolumeUnit, VOLUME_UNITS, type VolumeUnit, volumeUnitOf } from '../gas/volume-units.ts';
import { microOf } from '../interval-profile.ts';
import type { BillRole, BillUnits } from './bill-layout.ts';
import type { UploadMeter } from './meter-lookup.ts';
import { readValue } from './read-value.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';
import { readScaled, type UnitScale, unitScale } from './unit-scale.ts';

/** The texts of a bill, by what they are. */
export type BillTexts = Readonly<Record<'meter' | BillRole, string>>;

/** A fault, with the role of the column it is in. */
export type Place = { role: 'meter' | BillRole; fault: CellFault };

/** What a bill states: its total in the meter's unit, for gas in kWh; and the volume of gas beside it, or instead of it. */
export type StatedQuantity = { totalMicro: bigint; volume: BilledVolume | null };

/** Factors that a bill for gas may print. */
const FACTOR_LIMITS = { calorificValue: CALORIFIC_VALUE_LIMITS, correctionFactor: { from: 0.1, to: 100 } } as const;

function quantityIn(text: string, scale: UnitScale | null): bigint | CellFault {
  const value = scale === null ? readValue(text) : readScaled(text, scale, 0);
  if (typeof value !== 'number') return value;
  if (Number.isNaN(value)) return { code: 'blank', detail: 'The bill has no quantity: expected a number' };
  return microOf(value);
}

/** How the quantity of a bill is brought to the unit of its meter: a power is no quantity. */
function scaleOf(written: string | null, meter: UploadMeter): UnitScale | CellFault | null {
  const scale = written === null ? null : unitScale(written, meter);
  if (scale === null || isFault(scale) || !scale.isPower) return scale;
  return { code: 'wrong-unit', detail: `${quoted(scale.written)} is a power, not a quantity: expected ${meter.unit}` };
}

function factorIn(texts: BillTexts, role: 'calorificValue' | 'correctionFactor'): Decimal | null | CellFault {
  const value = readValue(texts[role]);
  if (typeof value !== 'number') return value;
  if (Number.isNaN(value)) return null;
  const { from, to } = FACTOR_LIMITS[role];
  if (value >= from && value <= to) return new Decimal(value);
  return { code: 'value-out-of-range', detail: `${quoted(texts[role])} is out of range: expected ${from} to ${to}` };
}

function volumeIn(
  texts: BillTexts,
  role: 'quantity' | 'volume',
  unit: VolumeUnit,
  energyStated: boolean,
): BilledVolume | Place {
  const micro = quantityIn(texts[role], null);
  if (typeof micro !== 'bigint') return { role, fault: micro };
  const calorificValue = factorIn(texts, 'calorificValue');
  if (calorificValue !== null && 'detail' in calorificValue) return { role: 'calorificValue', fault: calorificValue };
  const correctionFactor = factorIn(texts, 'correctionFactor');
  if (correctionFactor !== null && 'detail' in correctionFactor)
    return { role: 'correctionFactor', fault: correctionFactor };
  return { micro, unit, calorificValue, correctionFactor, energyStated };
}

const isBlank = (text: string): boolean => Number.isNaN(readValue(text));

/** The unit of a column of volumes: its own, that of its header, else that of the meter. */
function unitOfVolume(texts: BillTexts, units: BillUnits, { unit }: UploadMeter): VolumeUnit | Place {
  const role = texts.volumeUnit === '' ? 'volume' : 'volumeUnit';
  const written = texts.volumeUnit || volumeWord(texts.unit) || units.volume;
  const found = written === null ? null : volumeUnitOf(written);
  if (found !== null) return found;
  if (written === null && isVolumeUnit(unit)) return unit;
  const said = written === null ? 'The volume has no unit' : `${quoted(written)} is no unit of volume`;
  return { role, fault: { code: 'wrong-unit', detail: `${said}: expected one of ${VOLUME_UNITS.join(', ')}` } };
}

const volumeWord = (text: string): string | null => (volumeUnitOf(text) === null ? null : text);

function quantityOfGas(texts: BillTexts, units: BillUnits, meter: UploadMeter): StatedQuantity | Place {
  const hasVolume = !isBlank(texts.volume);
  // A unit of volume beside both is that of the volume.
  const own = texts.unit === '' || (hasVolume && volumeWord(texts.unit) !== null) ? null : texts.unit;
  const written = own ?? units.quantity;
  const onlyVolume = written === null ? null : volumeUnitOf(written);
  if (onlyVolume !== null) {
    const volume = volumeIn(texts, 'quantity', onlyVolume, false);
    return 'role' in volume ? volume : { totalMicro: 0n, volume };
  }
  const energyStated = !hasVolume || !isBlank(texts.quantity);
  // The energy on a bill for gas is in kWh, whatever its meter is read in.
  const scale = scaleOf(written, { ...meter, unit: 'kWh' });
  if (isFault(scale)) return { role: own === null ? 'quantity' : 'unit', fault: scale };
  const totalMicro = energyStated ? quantityIn(texts.quantity, scale) : 0n;
  if (typeof totalMicro !== 'bigint') return { role: 'quantity', fault: totalMicro };
  if (!hasVolume) return { totalMicro, volume: null };
  const unit = unitOfVolume(texts, units, meter);
  if (typeof unit !== 'string') return unit;
  const volume = volumeIn(texts, 'volume', unit, energyStated);
  return 'role' in volume ? volume : { totalMicro, volume };
}

/**
 * What a bill of a file states. Of gas the energy wins and the volume beside it is kept for the check; a volume alone becomes
 * kWh when it is stored, by the calorific value and the correction factor of the row where it has them (rule E6).
 */
export function quantityOfBill(texts: BillTexts, units: BillUnits, meter: UploadMeter): StatedQuantity | Place {
  if (meter.activity === 'natural-gas') return quantityOfGas(texts, units, meter);
  const scale = scaleOf(texts.unit === '' ? units.quantity : texts.unit, meter);
  if (isFault(scale)) return { role: texts.unit === '' ? 'quantity' : 'unit', fault: scale };
  const totalMicro = quantityIn(texts.quantity, scale);
  return typeof totalMicro === 'bigint' ? { totalMicro, volume: null } : { role: 'quantity', fault: totalMicro };
}
