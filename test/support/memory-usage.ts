import { minutesBetween, minutesOfDay } from '../../src/domain/calendar.ts';
import { Decimal, ZERO } from '../../src/domain/decimal.ts';
import type { Estate } from '../../src/domain/estate.ts';
import type { IntervalProfile, Quality } from '../../src/domain/interval-profile.ts';
import { addDays, intersect, type LocalDay } from '../../src/domain/local-day.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { type MeterDay, settleMeter } from '../../src/domain/settle-meter.ts';
import type { SpanTotal } from '../../src/domain/span-totals.ts';
import type { CompletenessUsage, Usage, UsageReader, UsageRequest } from '../../src/domain/usage.ts';

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

type Sums = { quantity: Decimal | null; estimated: Decimal; actualMinutes: number; estimatedMinutes: number };

function sumOf(days: readonly MeterDay[]): Sums {
  const sums: Sums = { quantity: null, estimated: ZERO, actualMinutes: 0, estimatedMinutes: 0 };
  for (const day of days) {
    if (day.quantityMicro !== null)
      sums.quantity = (sums.quantity ?? ZERO).plus(new Decimal(day.quantityMicro.toString()).div(1_000_000));
    sums.estimated = sums.estimated.plus(new Decimal((day.estimatedMicro ?? 0n).toString()).div(1_000_000));
    sums.actualMinutes += day.actualMinutes;
    sums.estimatedMinutes += day.estimatedMinutes;
  }
  return sums;
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

/** Adds meter-days up as `UsageReader` promises, day by day and plainly. */
export function usageOf(request: UsageRequest, days: readonly MeterDay[]): Usage {
  const within = (
    segment: { meterId: number; start: LocalDay; end: LocalDay },
    span: { start: LocalDay; end: LocalDay },
  ) => {
    const shared = intersect(segment, span);
    if (shared === null) return [];
    return days.filter((row) => row.meterId === segment.meterId && shared.start <= row.day && row.day < shared.end);
  };
  const cells = new Map<string, { stream: number; cell: number; quantity: Decimal }>();
  const completeness = new Map<string, CompletenessUsage>();
  for (const segment of request.segments) {
    request.cells.forEach((cell, index) => {
      const { quantity } = sumOf(within(segment, cell));
      if (quantity === null) return;
      const key = `${segment.stream} ${index}`;
      const before = cells.get(key)?.quantity ?? ZERO;
      cells.set(key, { stream: segment.stream, cell: index, quantity: before.plus(quantity) });
    });
    for (const { bucket, ...slot } of slotsOf(request)) {
      const shared = intersect(segment, slot);
      const found = within(segment, slot);
      if (shared === null || found.length === 0) continue;
      const { quantity, estimated, actualMinutes, estimatedMinutes } = sumOf(found);
      const known = actualMinutes + estimatedMinutes;
      const missing = minutesBetween(shared.start, shared.end) - known;
      const used = (quantity ?? ZERO).toNumber();
      const key = `${segment.stream} ${bucket}`;
      const before = completeness.get(key);
      completeness.set(key, {
        stream: segment.stream,
        bucket,
        actualWeight: (before?.actualWeight ?? 0) + Math.abs(used - estimated.toNumber()),
        estimatedWeight: (before?.estimatedWeight ?? 0) + Math.abs(estimated.toNumber()),
        missingWeight: (before?.missingWeight ?? 0) + (known > 0 ? (Math.abs(used) * missing) / known : 0),
        actualMinutes: (before?.actualMinutes ?? 0) + actualMinutes,
        estimatedMinutes: (before?.estimatedMinutes ?? 0) + estimatedMinutes,
        metersSeen: (before?.metersSeen ?? 0) + (known > 0 ? 1 : 0),
      });
    }
  }
  return { cells: [...cells.values()], completeness: [...completeness.values()] };
}

/** A reader of meter-days that are held in memory. */
export function memoryUsage(days: readonly MeterDay[]): UsageReader {
  const known = days.filter((day) => day.quantityMicro !== null);
  return {
    readUsage: async (request) => usageOf(request, days),
    readSeen: async (request) =>
      request.segments.flatMap((segment, index) =>
        slotsOf(request).flatMap((slot) => {
          const shared = intersect(segment, slot);
          const has = known.some(
            ({ meterId, day }) =>
              shared !== null && meterId === segment.meterId && shared.start <= day && day < shared.end,
          );
          return has && slot.bucket !== null ? [{ segment: index, bucket: slot.bucket }] : [];
        }),
      ),
    readDailyMeans: async (meterIds, start, end) =>
      meterIds.flatMap((meterId) => {
        const own = known.filter((row) => row.meterId === meterId && start <= row.day && row.day < end);
        if (own.length === 0) return [];
        const total = own.reduce((sum, row) => sum + Math.abs(Number(row.quantityMicro)) / 1_000_000, 0);
        return [{ meterId, meanPerDay: total / own.length, daysKnown: own.length }];
      }),
  };
}

/** A whole day's value as a meter-day. */
export function dayOf(meterId: number, day: LocalDay, quantity: number): MeterDay {
  return {
    meterId,
    day,
    profile: null,
    origin: 3,
    quantityMicro: micro(quantity),
    estimatedMicro: null,
    actualMinutes: minutesOfDay(day),
    estimatedMinutes: 0,
  };
}
