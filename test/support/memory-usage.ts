import { minutesBetween, minutesOfDay } from '../../src/domain/calendar.ts';
import { Decimal, ZERO } from '../../src/domain/decimal.ts';
import type { Estate } from '../../src/domain/estate.ts';
import type { IntervalProfile, Quality } from '../../src/domain/interval-profile.ts';
import { addDays, type DaySpan, intersect, type LocalDay } from '../../src/domain/local-day.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { type MeterDay, ORIGIN, settleMeter } from '../../src/domain/settle-meter.ts';
import type { SpanTotal } from '../../src/domain/span-totals.ts';
import type {
  CellUsage,
  CompletenessUsage,
  MeterPair,
  PairDay,
  Usage,
  UsageGap,
  UsageRequest,
} from '../../src/domain/usage.ts';
import type { UsageReader } from '../../src/services/usage-reader.ts';

/** What a test says was used: a total over a period, by day or by bill, of one meter. */
export type Used = { meter: string; period: string; quantity: number | string; quality?: Quality };

const micro = (quantity: number | string): bigint => BigInt(new Decimal(quantity).times(1_000_000).toFixed(0));

/** A bill over a period. */
export function billOf({ period, quantity, quality = 'A' }: Omit<Used, 'meter'>): SpanTotal {
  const { start, end } = parsePeriod(period);
  return { start, end, totalMicro: micro(quantity), quality, rank: quality === 'A' ? 3 : 6 };
}

/** Days of a span. */
export function daysOf(period: string): LocalDay[] {
  const { start, end } = parsePeriod(period);
  const days: LocalDay[] = [];
  for (let day = start; day < end; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Meter-days of an estate's meters from billed totals, settled as they are when bills arrive. */
export function billedDays(estate: Estate, used: readonly Used[]): MeterDay[] {
  return estate.meters.flatMap((meter) => {
    const spans = used.filter((entry) => entry.meter === meter.key).map(billOf);
    const days = [...new Set(spans.flatMap(({ start, end }) => daysOf(`${start}/${end}`)))];
    const stored: ReadonlyMap<LocalDay, IntervalProfile> = new Map();
    return settleMeter({ meterId: meter.id, stored, received: new Map(), spans, days }).days;
  });
}

/** A meter-day known as a whole, of so many millionths. */
export function wholeDay(meterId: number, day: LocalDay, quantityMicro: bigint): MeterDay {
  return {
    meterId,
    day,
    profile: null,
    origin: ORIGIN.interval,
    quantityMicro,
    estimatedMicro: null,
    actualMinutes: minutesOfDay(day),
    estimatedMinutes: 0,
  };
}

/** Meter-days of totals spread evenly: what bills alone come to, without weighing them against anything. */
export function evenDays(estate: Estate, used: readonly Used[]): MeterDay[] {
  return used.flatMap(({ meter, period, quantity }) => {
    const id = estate.meters.find(({ key }) => key === meter)?.id ?? 0;
    const days = daysOf(period);
    const upTo = (count: number): bigint => (micro(quantity) * BigInt(count)) / BigInt(days.length);
    return days.map((day, index) => wholeDay(id, day, upTo(index + 1) - upTo(index)));
  });
}

type Sums = { quantity: Decimal | null; estimated: Decimal; actualMinutes: number; estimatedMinutes: number };

const fromMicro = (value: bigint): Decimal => new Decimal(value.toString()).div(1_000_000);

function sumOf(days: readonly MeterDay[]): Sums {
  let quantity: bigint | null = null;
  let estimated = 0n;
  let actualMinutes = 0;
  let estimatedMinutes = 0;
  for (const day of days) {
    if (day.quantityMicro !== null) quantity = (quantity ?? 0n) + day.quantityMicro;
    estimated += day.estimatedMicro ?? 0n;
    actualMinutes += day.actualMinutes;
    estimatedMinutes += day.estimatedMinutes;
  }
  return {
    quantity: quantity === null ? null : fromMicro(quantity),
    estimated: fromMicro(estimated),
    actualMinutes,
    estimatedMinutes,
  };
}

type Slot = { bucket: number | null; start: LocalDay; end: LocalDay };

function slotsOf({ cells }: UsageRequest): Slot[] {
  const slots = new Map<number, Slot>();
  for (const { bucket, start, end } of cells)
    slots.set(bucket, { bucket, start: slots.get(bucket)?.start ?? start, end });
  const [first] = cells;
  const last = cells.at(-1);
  const whole = first === undefined || last === undefined ? [] : [{ bucket: null, start: first.start, end: last.end }];
  return [...slots.values(), ...whole];
}

/** Adds meter-days up as `UsageReader` promises, segment by segment and plainly. */
export function usageOf(request: UsageRequest, days: readonly MeterDay[]): Usage {
  const byMeter = new Map<number, MeterDay[]>();
  for (const day of days) {
    const own = byMeter.get(day.meterId) ?? [];
    own.push(day);
    byMeter.set(day.meterId, own);
  }
  const within = ({ meterId, ...segment }: DaySpan & { meterId: number }, span: DaySpan): MeterDay[] => {
    const shared = intersect(segment, span);
    if (shared === null) return [];
    return (byMeter.get(meterId) ?? []).filter(({ day }) => shared.start <= day && day < shared.end);
  };
  const cells = new Map<string, CellUsage>();
  const completeness = new Map<string, CompletenessUsage>();
  const gaps: UsageGap[] = [];
  request.segments.forEach((segment, number) => {
    const { stream } = segment;
    request.cells.forEach((cell, index) => {
      const { quantity } = sumOf(within(segment, cell));
      if (quantity === null) return;
      const before = cells.get(`${stream} ${index}`)?.quantity ?? ZERO;
      cells.set(`${stream} ${index}`, { stream, cell: index, quantity: before.plus(quantity) });
    });
    for (const { bucket, ...slot } of slotsOf(request)) {
      const shared = intersect(segment, slot);
      if (shared === null) continue;
      const { quantity, estimated, actualMinutes, estimatedMinutes } = sumOf(within(segment, slot));
      const known = actualMinutes + estimatedMinutes;
      if (known === 0) {
        gaps.push({ segment: number, bucket });
        continue;
      }
      const missing = minutesBetween(shared.start, shared.end) - known;
      const used = (quantity ?? ZERO).toNumber();
      const before = completeness.get(`${stream} ${bucket}`);
      completeness.set(`${stream} ${bucket}`, {
        stream,
        bucket,
        actualWeight: (before?.actualWeight ?? 0) + Math.abs(used - estimated.toNumber()),
        estimatedWeight: (before?.estimatedWeight ?? 0) + Math.abs(estimated.toNumber()),
        missingWeight: (before?.missingWeight ?? 0) + (Math.abs(used) * missing) / known,
        actualMinutes: (before?.actualMinutes ?? 0) + actualMinutes,
        estimatedMinutes: (before?.estimatedMinutes ?? 0) + estimatedMinutes,
      });
    }
  });
  return { cells: [...cells.values()], completeness: [...completeness.values()], gaps };
}

/** The days on which the first meter of a pair has a quantity, with the second one's. */
export function pairDaysOf(pairs: readonly MeterPair[], days: readonly MeterDay[]): PairDay[] {
  return pairs.flatMap(({ mainId, subId, start, end }, pair) => {
    const within = (meterId: number) =>
      days.filter((row) => row.meterId === meterId && start <= row.day && row.day < end);
    const subs = new Map(within(subId).map((row) => [row.day, row.quantityMicro]));
    return within(mainId).flatMap(({ day, quantityMicro }) => {
      const sub = subs.get(day) ?? null;
      if (quantityMicro === null) return [];
      return [{ pair, day, main: fromMicro(quantityMicro), sub: sub === null ? null : fromMicro(sub) }];
    });
  });
}

/** A reader of meter-days that are held in memory. */
export function memoryUsage(days: readonly MeterDay[]): UsageReader {
  return {
    readUsage: async (request) => usageOf(request, days),
    readPairDays: async (pairs) => pairDaysOf(pairs, days),
    readDailyMeans: async (meterIds, start, end) =>
      meterIds.flatMap((meterId) => {
        const own = days.filter((row) => row.meterId === meterId && start <= row.day && row.day < end);
        const known = own.flatMap(({ quantityMicro }) => (quantityMicro === null ? [] : [Number(quantityMicro)]));
        if (known.length === 0) return [];
        const total = known.reduce((sum, micro) => sum + Math.abs(micro) / 1_000_000, 0);
        return [{ meterId, meanPerDay: total / known.length, daysKnown: known.length }];
      }),
  };
}
