import { MICRO, type Quality } from '../../../domain/interval-profile.ts';
import type { Kept, ListedBill, ListedRead } from '../../../services/readings/meter-totals.ts';
import type { CsvColumn } from '../../csv.ts';
import type { BillAnswer, ReadAnswer } from './schemas.ts';

const QUALITY_NAMES = { A: 'actual', E: 'estimated' } as const satisfies Record<Quality, string>;
const SHARE_DECIMALS = 6;

const units = (micro: bigint): number => Number(micro) / MICRO;

const keptOf = ({ recordedAt, upload, supersededAt }: Kept) => ({
  recordedAt: recordedAt.toISOString(),
  upload,
  supersededAt: supersededAt?.toISOString() ?? null,
});

function reconciliationOf({ reconciliation, span }: ListedBill): BillAnswer['reconciliation'] {
  if (reconciliation === null || span === null) return null;
  const { intervalsMicro, differenceMicro } = reconciliation;
  const total = units(span.totalMicro);
  const share = total === 0 ? null : Number((units(differenceMicro) / Math.abs(total)).toFixed(SHARE_DECIMALS));
  return { intervals: units(intervalsMicro), difference: units(differenceMicro), share };
}

/** A bill, for its answer. */
export function toBill(bill: ListedBill): BillAnswer {
  const { start, end, totalMicro, quality, qualityStated, openingRead, closingRead, invoice, costGbp, use, span } =
    bill;
  return {
    kind: bill.isDelivery === true ? 'delivery' : 'bill',
    start,
    end,
    quantity: units(totalMicro),
    quality: QUALITY_NAMES[quality],
    qualityStated,
    openingRead: openingRead === null ? null : QUALITY_NAMES[openingRead],
    closingRead: QUALITY_NAMES[closingRead],
    invoice,
    costGbp: costGbp === null ? null : Number(costGbp),
    use,
    total: span === null ? null : { start: span.start, end: span.end, quantity: units(span.totalMicro) },
    reconciliation: reconciliationOf(bill),
    ...keptOf(bill),
  };
}

/** A register reading, for its answer. */
export function toRead(read: ListedRead): ReadAnswer {
  const { readAtMs, day, serial, register, valueMicro, type, use, advance } = read;
  return {
    readAt: new Date(readAtMs).toISOString(),
    day,
    serial,
    register,
    value: units(valueMicro),
    readType: type,
    use,
    advance:
      advance === null
        ? null
        : {
            start: advance.start,
            end: advance.end,
            quantity: units(advance.totalMicro),
            quality: QUALITY_NAMES[advance.quality],
            overZero: advance.rolledOver,
          },
    ...keptOf(read),
  };
}

const KEPT_COLUMNS: readonly CsvColumn<Pick<BillAnswer, 'recordedAt' | 'upload' | 'supersededAt'>>[] = [
  { header: 'recordedAt', value: (row) => row.recordedAt },
  { header: 'upload', value: (row) => row.upload },
  { header: 'supersededAt', value: (row) => row.supersededAt },
];

export const BILL_COLUMNS: readonly CsvColumn<BillAnswer>[] = [
  { header: 'kind', value: (bill) => bill.kind },
  { header: 'start', value: (bill) => bill.start },
  { header: 'end', value: (bill) => bill.end },
  { header: 'quantity', value: (bill) => bill.quantity },
  { header: 'quality', value: (bill) => bill.quality },
  { header: 'openingRead', value: (bill) => bill.openingRead },
  { header: 'closingRead', value: (bill) => bill.closingRead },
  { header: 'invoice', value: (bill) => bill.invoice },
  { header: 'costGbp', value: (bill) => bill.costGbp },
  { header: 'use', value: (bill) => bill.use },
  { header: 'difference', value: (bill) => bill.reconciliation?.difference },
  ...KEPT_COLUMNS,
];

export const READ_COLUMNS: readonly CsvColumn<ReadAnswer>[] = [
  { header: 'readAt', value: (read) => read.readAt },
  { header: 'day', value: (read) => read.day },
  { header: 'serial', value: (read) => read.serial },
  { header: 'register', value: (read) => read.register },
  { header: 'value', value: (read) => read.value },
  { header: 'readType', value: (read) => read.readType },
  { header: 'use', value: (read) => read.use },
  { header: 'advanceFrom', value: (read) => read.advance?.start },
  { header: 'advance', value: (read) => read.advance?.quantity },
  ...KEPT_COLUMNS,
];
