import { Decimal } from '../decimal.ts';
import { type DaySpan, daysBetween, type LocalDay, lengthDays } from '../local-day.ts';
import { EVIDENCE_RANK, type SpanTotal } from '../span-totals.ts';
import { type Advance, advancesOf } from './advances.ts';
import { evidenceOf, isClosing } from './read-types.ts';
import { type PlacedRead, type RegisterMeter, serialKey, seriesOf, withDevices } from './register-read.ts';

type Series = { device: string; reads: readonly PlacedRead[]; advances: readonly Advance[] };

function spanOf(span: DaySpan, totalMicro: bigint, isActual: boolean): SpanTotal {
  const rank = isActual ? EVIDENCE_RANK['register-actual'] : EVIDENCE_RANK['register-estimated'];
  return { start: span.start, end: span.end, totalMicro, quality: isActual ? 'A' : 'E', rank };
}

/** The share of an advance that falls before a day, such that any cut adds up to the advance (rule E4). */
function microBefore(advance: Advance, day: LocalDay): bigint {
  const days = daysBetween(advance.start, day);
  const share = new Decimal(advance.totalMicro.toString()).times(days).div(lengthDays(advance));
  return BigInt(share.toDecimalPlaces(0).toFixed(0));
}

/** The days on which a register counts: from its first read until it or its device is taken off, or for good. */
function lifeOf(series: Series, all: readonly Series[]): { from: LocalDay; to: LocalDay | null } {
  const from = series.reads[0]?.day ?? '';
  const last = series.reads.at(-1);
  if (last === undefined) return { from, to: from };
  const followed = all.some((other) => other.device !== series.device && (other.reads[0]?.day ?? '') >= last.day);
  return { from, to: isClosing(last.type) || followed ? last.day : null };
}

/** A function that finds the advance over a span, asked for spans in the order of days. */
function finder(advances: readonly Advance[]): (span: DaySpan) => Advance | undefined {
  let at = 0;
  return ({ start, end }) => {
    while ((advances[at]?.end ?? end) <= start) at += 1;
    const advance = advances[at];
    return advance !== undefined && advance.start <= start && end <= advance.end ? advance : undefined;
  };
}

/** Adds registers up between all days on which one of them was read; days that one of them leaves open stay open. */
function summed(series: readonly Series[]): SpanTotal[] {
  const counting = series.map((each) => ({ ...lifeOf(each, series), advanceOver: finder(each.advances) }));
  const turns = series.flatMap(({ advances }) => advances.flatMap(({ start, end }) => [start, end]));
  const edges = [...new Set([...turns, ...counting.map(({ from }) => from)])].sort();
  const spans: SpanTotal[] = [];
  edges.slice(1).forEach((end, index) => {
    const start = edges[index] ?? end;
    let total = 0n;
    let known = 0;
    let isOpen = false;
    let isActual = true;
    for (const { from, to, advanceOver } of counting) {
      const advance = advanceOver({ start, end });
      if (advance === undefined) isOpen ||= from <= start && (to === null || start < to);
      else {
        known += 1;
        total += microBefore(advance, end) - microBefore(advance, start);
        isActual &&= advance.quality === 'A';
      }
    }
    if (!isOpen && known > 0) spans.push(spanOf({ start, end }, total, isActual));
  });
  return spans;
}

/**
 * The totals of spans that a meter's reads fix (rules E1, E3, E10): each advance of a single register; of several
 * registers or devices their sum, as far as all that count on a day are known. Without overlaps, in the order of days.
 */
export function spansOfReads(reads: readonly PlacedRead[], meter: RegisterMeter): SpanTotal[] {
  const series = [...seriesOf(withDevices(reads, meter)).values()].flatMap((own): Series[] => {
    const counting = own.filter(({ type }) => evidenceOf(type) === 'actual' || evidenceOf(type) === 'estimated');
    const { advances } = advancesOf(counting, meter);
    return counting.length === 0 ? [] : [{ device: serialKey(counting[0]?.serial ?? ''), reads: counting, advances }];
  });
  if (series.length > 1) return summed(series);
  return series.flatMap(({ advances }) =>
    advances.map((advance) => spanOf(advance, advance.totalMicro, advance.quality === 'A')),
  );
}
