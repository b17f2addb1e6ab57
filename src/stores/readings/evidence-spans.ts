import { spansOfBills } from '../../domain/bill-spans.ts';
import type { StoredBilledPeriod } from '../../domain/billed-period.ts';
import type { GasConversion } from '../../domain/gas/convert-gas.ts';
import { conversionsOfBills, energyOfAdvances } from '../../domain/gas/convert-totals.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import type { PlacedRead, RegisterMeter } from '../../domain/registers/register-read.ts';
import { spansOfReads } from '../../domain/registers/register-spans.ts';
import type { SpanTotal } from '../../domain/span-totals.ts';
import type { GasContexts } from '../gas/gas-contexts.ts';

/** The bills and register reads that stand for some meters. */
export type StandingTotals = {
  bills: ReadonlyMap<number, readonly StoredBilledPeriod[]>;
  reads: ReadonlyMap<number, readonly PlacedRead[]>;
  meters: ReadonlyMap<number, RegisterMeter>;
};

/** The totals of spans by meter, and how the volumes of gas among them were converted. */
export type StandingSpans = { spans: Map<number, SpanTotal[]>; conversions: Map<number, GasConversion[]> };

/**
 * The totals of spans by meter, from all bills and register reads that stand. Meters without any are not in it. Bills come
 * priced already; what the registers of a gas meter count as a volume is converted here.
 */
export function spansByMeter({ bills, reads, meters }: StandingTotals, gas: GasContexts): StandingSpans {
  const found: StandingSpans = { spans: new Map(), conversions: new Map() };
  const add = (meterId: number, spans: readonly SpanTotal[], conversions: readonly GasConversion[]): void => {
    found.spans.set(meterId, [...(found.spans.get(meterId) ?? []), ...spans]);
    if (conversions.length > 0)
      found.conversions.set(meterId, [...(found.conversions.get(meterId) ?? []), ...conversions]);
  };
  for (const [meterId, own] of bills) {
    const context = gas.get(meterId);
    const spans = spansOfBills(own).map(({ span }) => span);
    add(meterId, spans, context === undefined ? [] : conversionsOfBills(own, context));
  }
  for (const [meterId, own] of reads) {
    const meter = meters.get(meterId);
    if (meter === undefined) continue;
    const context = gas.get(meterId);
    const advances = spansOfReads(own, meter);
    const converted = context === undefined ? null : energyOfAdvances(advances, context);
    add(meterId, converted?.spans ?? advances, converted?.conversions ?? []);
  }
  return found;
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
