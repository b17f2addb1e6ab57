import { Refusal } from '../../../domain/refusal.ts';
import type { LayoutColumn } from '../../../domain/upload/layout.ts';
import { withoutNulls } from '../../without-nulls.ts';
import type { ColumnInput } from './schemas.ts';

/** A column from its request. */
export const fromColumn = ({ index, header }: ColumnInput): LayoutColumn => ({ index, header: header ?? null });

/** A column that a layout may do without. */
export const orNull = (column: ColumnInput | undefined): LayoutColumn | null =>
  column === undefined ? null : fromColumn(column);

/**
 * What a shape cannot do without.
 * @throws Refusal `invalid-request`.
 */
export function required<Value>(value: Value | undefined, pointer: string, shape: string): Value {
  if (value !== undefined) return value;
  const detail = `the body lacks '${pointer}': ${shape} cannot be read without`;
  throw new Refusal('invalid-request', detail, [{ pointer, code: 'missing', detail }]);
}

type HeldColumns = LayoutColumn | readonly LayoutColumn[] | null;

/** Columns as the document has them, without what says nothing. */
export function toColumns(columns: Readonly<Record<string, HeldColumns>>): Record<string, ColumnInput | ColumnInput[]> {
  const entries = Object.entries(columns).flatMap(([role, held]): [string, ColumnInput | ColumnInput[]][] => {
    if (held === null) return [];
    return [[role, 'index' in held ? withoutNulls(held) : held.map((column) => withoutNulls(column))]];
  });
  return Object.fromEntries(entries);
}
