import { DELIVERED_ACTIVITIES } from '../activities.ts';
import { type ArrivingBill, readsOfBill } from '../billed-period.ts';
import { microOf } from '../interval-profile.ts';
import { addDays, isLocalDay, type LocalDay } from '../local-day.ts';
import type { EntryMeter } from './read-bill.ts';
import { allowOnly, checkedValue, type ReadingEntry, refuse, SHAPES } from './reading-entry.ts';

const DELIVERY_FIELDS = ['meter', 'deliveredOn', 'quantity', 'invoice', 'costGbp', 'replaces'] as const;

/**
 * Reads a delivery of fuel (rule B2). Its negative is a credit note, as that of a bill.
 * @throws Refusal `readings-refused` with a pointer below `pointer`.
 */
export function readDelivery(
  entry: ReadingEntry,
  pointer: string,
  today: LocalDay,
  { activity }: EntryMeter,
): Omit<ArrivingBill, 'meterId'> {
  allowOnly(entry, DELIVERY_FIELDS, pointer, 'a delivery');
  const { deliveredOn = '', quantity, invoice, costGbp, replaces } = entry;
  if (!DELIVERED_ACTIVITIES.includes(activity))
    refuse(
      `${pointer}/deliveredOn`,
      'not-applicable',
      `the meter is of ${activity}, which is not delivered: expected a billed period, or one of ${DELIVERED_ACTIVITIES.join(', ')}`,
    );
  if (!isLocalDay(deliveredOn))
    refuse(
      `${pointer}/deliveredOn`,
      'invalid-day',
      `'${deliveredOn}' is not a day: expected YYYY-MM-DD between 1990 and 2199`,
    );
  if (deliveredOn > today)
    refuse(`${pointer}/deliveredOn`, 'in-the-future', `${deliveredOn} is still to come: today is ${today}`);
  if (quantity === undefined) return refuse(`${pointer}/quantity`, 'required', `quantity is missing: ${SHAPES}`);
  return {
    start: deliveredOn,
    end: addDays(deliveredOn, 1),
    totalMicro: microOf(checkedValue(quantity, `${pointer}/quantity`)),
    volume: null,
    ...readsOfBill({ quality: 'A' }),
    replaces: replaces ?? null,
    invoice: invoice ?? null,
    costGbp: costGbp === undefined ? null : costGbp.toFixed(2),
    isDelivery: true,
  };
}
