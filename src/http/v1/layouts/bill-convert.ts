import { type BillRowLayout, byBillRole } from '../../../domain/upload/bill-layout.ts';
import { withoutNulls } from '../../without-nulls.ts';
import { fromArrangement, toArrangement } from './arrangement-convert.ts';
import { fromColumn, orNull, toColumns } from './columns-convert.ts';
import type { LayoutInput } from './schemas.ts';

/** The layout of a table of bills from its request. */
export function fromBillLayout({ columns, ...input }: LayoutInput): BillRowLayout {
  return {
    shape: 'bill-rows',
    delimiter: input.delimiter ?? ',',
    headerLine: input.headerLine ?? null,
    arrangement: input.arrangement === undefined ? null : fromArrangement(input.arrangement),
    columns: { ...byBillRole((role) => orNull(columns[role])), meter: columns.meter.map(fromColumn) },
    units: { quantity: input.unit ?? null, volume: input.volumeUnit ?? null },
    decimalMark: input.decimalMark ?? null,
    dateOrder: input.dateOrder ?? null,
    billEnd: input.billEnd ?? null,
  };
}

/** The layout of a table of bills as the document that a request takes. */
export function toBillDocument(
  { columns, units, ...members }: BillRowLayout,
  header: readonly string[] | null,
): LayoutInput {
  const arrangement = members.arrangement === null ? null : toArrangement(members.arrangement);
  const held = { header, arrangement, columns: toColumns(columns), unit: units.quantity, volumeUnit: units.volume };
  return withoutNulls({ ...members, ...held }) as LayoutInput;
}
