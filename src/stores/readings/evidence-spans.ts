import { spansOfBills } from '../../domain/bill-spans.ts';
import type { StoredBilledPeriod } from '../../domain/billed-period.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import type { PlacedRead, RegisterMeter } from '../../domain/registers/register-read.ts';
import { spansOfReads } from '../../domain/registers/register-spans.ts';
import type { SpanTotal } from '../../domain/span-totals.ts';

/** The bills and register reads that stand for some meters. */
export type StandingTotals = {
  bills: ReadonlyMap<number, readonly StoredBilledPeriod[]>;
  reads: ReadonlyMap<number, readonly PlacedRead[]>;
  meters: ReadonlyMap<number, RegisterMeter>;
};

/** The totals of spans by meter, from all bills and register reads that stand. Meters without any are not in it. */
export function spansByMeter({ bills, reads, meters }: StandingTotals): Map<number, SpanTotal[]> {
  const spans = new Map<number, SpanTotal[]>();
  for (const [meterId, own] of bills)
    spans.set(
      meterId,
      spansOfBills(own).map(({ span }) => span),
    );
  for (const [meterId, own] of reads) {
    const meter = meters.get(meterId);
    if (meter !== undefined) spans.set(meterId, [...(spans.get(meterId) ?? []), ...spansOfReads(own, meter)]);
  }
  return spans;
}

const textOf = ({ start, end, rank, totalMicro }: SpanTotal): string => `${start}/${end} ${rank} ${totalMicro}`;

/** The days whose totals differ between two states of the evidence, by meter. */
export function movedSpans(
  before: ReadonlyMap<number, readonly SpanTotal[]>,
  after: ReadonlyMap<number, readonly SpanTotal[]>,
): Map<number, DaySpan[]> {
  const moved = new Map<number, DaySpan[]>();
  for (const meterId of new Set([...before.keys(), ...after.keys()])) {
    const [old = [], fresh = []] = [before.get(meterId), after.get(meterId)];
    const [had, has] = [new Set(old.map(textOf)), new Set(fresh.map(textOf))];
    const differing = [
      ...old.filter((span) => !has.has(textOf(span))),
      ...fresh.filter((span) => !had.has(textOf(span))),
    ];
    if (differing.length > 0) moved.set(meterId, differing);
  }
  return moved;
}
