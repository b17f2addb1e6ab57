import { Decimal } from '../decimal.ts';
import { MICRO, type Quality } from '../interval-profile.ts';
import { type DaySpan, lengthDays } from '../local-day.ts';
import { evidenceOf, isOpening } from './read-types.ts';
import type { PlacedRead, RegisterMeter } from './register-read.ts';

/**
 * A read lower than the one before it counts as a turn over zero only if it makes the register advance by less than this
 * share of its range: a typing error seldom falls into the other half.
 */
const ROLLOVER_RANGE_SHARE = 2n;

/** What a register counted between two reads, in millionths of the meter's unit. */
export type Advance<Read extends PlacedRead = PlacedRead> = DaySpan & {
  totalMicro: bigint;
  quality: Quality;
  rolledOver: boolean;
  from: Read;
  to: Read;
};

/** Two reads that follow one another, the second lower than the first and no turn over zero: nothing is known between. */
export type Reversal<Read extends PlacedRead = PlacedRead> = { from: Read; to: Read };

/** The reads of one register that count, and what they come to. */
export type SeriesAdvances<Read extends PlacedRead> = { advances: Advance<Read>[]; reversals: Reversal<Read>[] };

const isActual = (read: PlacedRead): boolean => evidenceOf(read.type) === 'actual';

/** Cuts a register's reads where a device or register begins anew; leaves out withdrawn and queried ones. */
function lives<Read extends PlacedRead>(reads: readonly Read[]): Read[][] {
  const cut: Read[][] = [];
  for (const read of reads) {
    if (isActual(read) || evidenceOf(read.type) === 'estimated') {
      if (cut.length === 0 || isOpening(read.type)) cut.push([]);
      cut.at(-1)?.push(read);
    }
  }
  return cut;
}

/** Estimated reads between two actual ones are ignored (rule E3); before the first and after the last they stand. */
function withoutOvertaken<Read extends PlacedRead>(reads: readonly Read[]): Read[] {
  const first = reads.findIndex(isActual);
  const last = reads.findLastIndex(isActual);
  return reads.filter((read, index) => isActual(read) || index < first || index > last);
}

function advanceBetween<Read extends PlacedRead>(from: Read, to: Read, meter: RegisterMeter): Advance<Read> | null {
  let turned = to.valueMicro - from.valueMicro;
  const rolledOver = turned < 0n;
  if (rolledOver) {
    if (meter.dials === null) return null;
    const range = 10n ** BigInt(meter.dials) * BigInt(MICRO);
    turned += range;
    if (turned < 0n || turned * ROLLOVER_RANGE_SHARE >= range) return null;
  }
  const total = new Decimal(turned.toString()).times(meter.multiplier).toDecimalPlaces(0);
  return {
    start: from.day,
    end: to.day,
    totalMicro: BigInt(total.toFixed(0)),
    quality: isActual(from) && isActual(to) ? 'A' : 'E',
    rolledOver,
    from,
    to,
  };
}

/**
 * What one register counted, read by read in the order of `seriesOf` (rules E3, E4): present less previous, within one
 * device and register, times the multiplier; with a known number of dials a small step back is a turn over zero.
 */
export function advancesOf<Read extends PlacedRead>(
  reads: readonly Read[],
  meter: RegisterMeter,
): SeriesAdvances<Read> {
  const found: SeriesAdvances<Read> = { advances: [], reversals: [] };
  for (const life of lives(reads)) {
    const counted = withoutOvertaken(life);
    counted.slice(1).forEach((to, index) => {
      const from = counted[index];
      if (from === undefined) return;
      const advance = advanceBetween(from, to, meter);
      if (advance === null) found.reversals.push({ from, to });
      else found.advances.push(advance);
    });
  }
  return found;
}

/** What a register counted a day, on average over an advance. */
export const dailyRate = (advance: Advance): number => Number(advance.totalMicro) / lengthDays(advance);
