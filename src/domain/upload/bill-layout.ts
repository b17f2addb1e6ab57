import type { Arrangement } from './arrangement.ts';
import type { BillEnd } from './bill-ends.ts';
import type { DecimalMark } from './decimal-mark.ts';
import type { DateOrder, Delimiter, Layout, LayoutColumn } from './layout.ts';

/** What a column of a table of bills can hold, beside the meter. */
export const BILL_ROLES = [
  'from',
  'to',
  'month',
  'year',
  'quantity',
  'unit',
  'channel',
  'total',
  'invoice',
  'cost',
  'quality',
  'openingRead',
  'closingRead',
  'volume',
  'volumeUnit',
  'calorificValue',
  'correctionFactor',
] as const;
export type BillRole = (typeof BILL_ROLES)[number];

/** Those that no table of bills can do without: the days of a bill, or the month that it is of. */
export const BILL_ROLES_REQUIRED = {
  days: ['from', 'to', 'quantity'],
  month: ['month', 'quantity'],
} as const satisfies Record<string, readonly BillRole[]>;

/** What each role has. */
export function byBillRole<Value>(of: (role: BillRole) => Value): Record<BillRole, Value> {
  return Object.fromEntries(BILL_ROLES.map((role) => [role, of(role)])) as Record<BillRole, Value>;
}

/** Columns of a table with a row for each bill; null where the table has none. */
export type BillColumns = {
  /** Columns that name the meter, the best first: a row is of the first that is not blank. Empty: the sender names it. */
  meter: readonly LayoutColumn[];
} & Readonly<Record<BillRole, LayoutColumn | null>>;

/** The units that the headers of quantity and volume name, in small letters. */
export type BillUnits = { quantity: string | null; volume: string | null };

/** A row for each bill: the days that it prints, its quantity, and what else of it the file has. */
export type BillRowLayout = {
  shape: 'bill-rows';
  delimiter: Delimiter;
  /** Line the header stands on, from 1; null when there is none. */
  headerLine: number | null;
  /** How the file is unfolded into rows for each bill; null where it has such rows. Columns are then those of the unfolded table. */
  arrangement: Arrangement | null;
  columns: BillColumns;
  units: BillUnits;
  /** What stands before decimals; null leaves it to the file. */
  decimalMark: DecimalMark | null;
  /** How dates in numbers are read; null leaves it to the file. */
  dateOrder: DateOrder | null;
  /** Whether the last day that a bill prints is in it (rule E5); null leaves it to the bills beside it. */
  billEnd: BillEnd | null;
};

/** How any table that can be kept is read: one of intervals, or one of bills. */
export type AnyLayout = Layout | BillRowLayout;

/** A layout as it was kept: older ones lack members and columns that came later. */
export function layoutOfDocument(document: AnyLayout): AnyLayout {
  const added = { decimalMark: document.decimalMark ?? null, arrangement: document.arrangement ?? null };
  if (document.shape === 'day-rows') return { ...document, ...added };
  if (document.shape === 'reading-rows')
    return { ...document, ...added, periodNumbers: document.periodNumbers ?? 'counted' };
  return { ...document, ...added, columns: { ...byBillRole(() => null), ...document.columns } };
}
