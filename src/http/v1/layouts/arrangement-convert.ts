import { Refusal } from '../../../domain/refusal.ts';
import type { Across, Arrangement } from '../../../domain/upload/arrangement.ts';
import { withoutNulls } from '../../without-nulls.ts';
import type { ArrangementInput } from './arrangement-schemas.ts';

function missing(pointer: string, why: string): never {
  const detail = `the body lacks '${pointer}': ${why}`;
  throw new Refusal('invalid-request', detail, [{ pointer, code: 'missing', detail }]);
}

function fromAcross({ holds, columns, linesBelow, first, unit }: NonNullable<ArrangementInput['across']>): Across {
  const at = '/arrangement/across';
  if (holds === 'date') return { holds, first: first ?? missing(`${at}/first`, 'dates across begin at a column') };
  if (holds === 'month')
    return { holds, first: first ?? missing(`${at}/first`, 'months across begin at a column'), unit: unit ?? null };
  const meters = columns ?? missing(`${at}/columns`, 'meters across are columns');
  return {
    holds,
    columns: meters.map((column) => ({
      ...column,
      channel: column.channel ?? null,
      unit: column.unit ?? null,
      flag: column.flag ?? null,
    })),
    linesBelow: linesBelow ?? 0,
  };
}

/**
 * An arrangement from its request.
 * @throws Refusal `invalid-request` where it lacks something.
 */
export function fromArrangement({ above, across, keep }: ArrangementInput): Arrangement {
  if (across !== undefined && keep === undefined)
    missing('/arrangement/keep', 'beside values across, the columns of the row have to be named');
  return {
    above: (above ?? []).map(({ mark, holds, texts }) => ({ mark, holds, texts: texts ?? null })),
    across: across === undefined ? null : fromAcross(across),
    keep: keep?.map(({ index, header }) => ({ index, header: header ?? null })) ?? null,
  };
}

/** An arrangement as the document has it. */
export function toArrangement({ above, across, keep }: Arrangement): ArrangementInput {
  const columns = across?.holds === 'meter' ? across.columns.map((column) => withoutNulls(column)) : [];
  return withoutNulls({
    above: above.map((mark) => withoutNulls(mark)),
    across: across === null ? null : across.holds === 'meter' ? { ...across, columns } : withoutNulls(across),
    keep: keep?.map((column) => withoutNulls(column)) ?? null,
  }) as ArrangementInput;
}
