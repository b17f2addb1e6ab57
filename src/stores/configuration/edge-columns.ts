import type { BoundaryReason } from '../../domain/control.ts';
import type { ServiceEdge } from '../../domain/estate.ts';
import { fromDateColumn } from '../local-day-columns.ts';

/** A first or last day in service from its two columns, which are null together. */
export function toServiceEdge(on: Date | null, reason: string | null): ServiceEdge | null {
  const day = fromDateColumn(on);
  return day === null || reason === null ? null : { on: day, reason: reason as BoundaryReason };
}
