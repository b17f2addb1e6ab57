import type { Activity, Unit } from '../activities.ts';
import { type ArrivingBill, type BilledVolume, readsOfBill } from '../billed-period.ts';
import { Decimal } from '../decimal.ts';
import { isVolumeUnit, VOLUME_UNITS } from '../gas/volume-units.ts';
import { microOf } from '../interval-profile.ts';
import { addDays, type LocalDay } from '../local-day.ts';
import { parsePeriod } from '../period.ts';
import { allowOnly, checkedValue, type ReadingEntry, refuse, SHAPES } from './reading-entry.ts';

const LETTERS = { actual: 'A', estimated: 'E' } as const;

const BILL_FIELDS = [
  'meter',
  'period',
  'quantity',
  'volume',
  'volumeUnit',
  'calorificValue',
  'correctionFactor',
  'quality',
  'replaceActual',
  'openingRead',
  'closingRead',
  'invoice',
  'costGbp',
  'replaces',
] as const;

/** What of a meter decides how its entries are read. */
export type EntryMeter = { activity: Activity; readingUnit: Unit };

/** The volume of gas that a bill states, or null where it states none. */
function volumeOf(entry: ReadingEntry, pointer: string, { activity, readingUnit }: EntryMeter): BilledVolume | null {
  const { volume, calorificValue, correctionFactor } = entry;
  const beside = (['volumeUnit', 'calorificValue', 'correctionFactor'] as const).find(
    (field) => entry[field] !== undefined,
  );
  if (volume === undefined && beside === undefined) return null;
  if (activity !== 'natural-gas')
    refuse(
      `${pointer}/${beside ?? 'volume'}`,
      'not-applicable',
      `a volume of gas is stated, and the meter is of ${activity}`,
    );
  if (volume === undefined)
    return refuse(
      `${pointer}/volume`,
      'required',
      `${beside} is given without a volume: it says how a volume becomes kWh`,
    );
  const unit = entry.volumeUnit ?? (isVolumeUnit(readingUnit) ? readingUnit : null);
  if (unit === null)
    return refuse(
      `${pointer}/volumeUnit`,
      'required',
      `the meter is in ${readingUnit}, which is no volume: expected volumeUnit, one of ${VOLUME_UNITS.join(', ')}`,
    );
  return {
    micro: microOf(checkedValue(volume, `${pointer}/volume`)),
    unit,
    calorificValue: calorificValue === undefined ? null : new Decimal(calorificValue),
    correctionFactor: correctionFactor === undefined ? null : new Decimal(correctionFactor),
    energyStated: entry.quantity !== undefined,
  };
}

/**
 * Reads a billed period. The energy of a bill that states a volume of gas alone is not known before it is stored.
 * @throws Refusal `readings-refused` with a pointer below `pointer`.
 */
export function readBill(
  entry: ReadingEntry,
  pointer: string,
  today: LocalDay,
  meter: EntryMeter,
): Omit<ArrivingBill, 'meterId'> {
  allowOnly(entry, BILL_FIELDS, pointer, 'a billed period');
  const { period = '', quantity, quality, openingRead, closingRead, invoice, costGbp, replaces } = entry;
  const volume = volumeOf(entry, pointer, meter);
  if (quantity === undefined && volume === null)
    refuse(`${pointer}/quantity`, 'required', `quantity is missing: ${SHAPES}`);
  const { start, end } = parsePeriod(period, `${pointer}/period`);
  if (end > today)
    refuse(
      `${pointer}/period`,
      'in-the-future',
      `the billed period ${period} ends on ${addDays(end, -1)}: expected one that ended before today, ${today}`,
    );
  return {
    start,
    end,
    totalMicro: quantity === undefined ? 0n : microOf(checkedValue(quantity, `${pointer}/quantity`)),
    volume,
    ...readsOfBill({
      ...(quality !== undefined && { quality: LETTERS[quality] }),
      ...(openingRead !== undefined && { openingRead: LETTERS[openingRead] }),
      ...(closingRead !== undefined && { closingRead: LETTERS[closingRead] }),
    }),
    replaces: replaces ?? null,
    ...(entry.replaceActual === true && { replaceActual: true }),
    invoice: invoice ?? null,
    costGbp: costGbp === undefined ? null : costGbp.toFixed(2),
  };
}
