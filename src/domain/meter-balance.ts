import { type Bucket, bucketsOf, type Interval } from './buckets.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { type Decimal, ZERO } from './decimal.ts';
import type { Estate, EstateMeter } from './estate.ts';
import { expectedData } from './expected-data.ts';
import { type CompletenessPlan, completenessOf } from './figure-completeness.ts';
import { type DaySpan, intersect, type LocalDay } from './local-day.ts';
import type { Period } from './period.ts';
import { elapsedEnd, segmentsOf } from './segments.ts';
import type { Usage, UsageRequest } from './usage.ts';

/** What a meter read in one slice of time; `quantity` null where nothing is known, `coverage` null where nothing was due. */
export type BalancedMeter = { meter: EstateMeter; quantity: Decimal | null; coverage: Coverage | null };

/**
 * A meter against the ones it feeds in one slice of time. `remainder` is main less the sum of the others; null where one of
 * them should have data and has none: missing is never zero.
 */
export type BalanceRow = {
  bucket: Bucket;
  main: BalancedMeter;
  subs: BalancedMeter[];
  subTotal: Decimal | null;
  remainder: Decimal | null;
  /** Something is missing or pending: meters that are known over different days are not quite comparable. */
  incomplete: boolean;
  subExceedsMain: boolean;
};

/** What has to be read for a balance: a stream for each meter, the main one first, and a cell for each elapsed bucket. */
export type BalancePlan = CompletenessPlan & { meters: readonly EstateMeter[]; cells: UsageRequest['cells'] };

/** The meters that a meter feeds directly and that count the same thing in the same unit. */
export function metersBelow(main: EstateMeter, estate: Estate): EstateMeter[] {
  return estate.meters.filter(
    (meter) =>
      meter.parentKey === main.key &&
      meter.activity === main.activity &&
      meter.unit === main.unit &&
      meter.direction === 'import',
  );
}

function cellsOf(buckets: readonly Bucket[], window: DaySpan | null): UsageRequest['cells'] {
  if (window === null) return [];
  return buckets.flatMap((bucket, number) => {
    const days = intersect(bucket, window);
    return days === null ? [] : [{ ...days, bucket: number }];
  });
}

/** Plans the balance of a meter over a period. */
export function planBalance(
  estate: Estate,
  main: EstateMeter,
  period: Period,
  interval: Interval,
  today: LocalDay,
): BalancePlan {
  const buckets = bucketsOf(period, interval, estate.settings.reportingYearStart);
  const end = elapsedEnd(period.end, today);
  const window = end <= period.start ? null : { start: period.start, end };
  const meters = [main, ...metersBelow(main, estate)];
  const segments = meters.flatMap((meter, stream) =>
    window === null ? [] : segmentsOf(meter, estate, window).map((segment) => ({ segment, stream })),
  );
  return { window, buckets, cells: cellsOf(buckets, window), segments, streams: meters, meters };
}

function isLacking(entry: BalancedMeter): boolean {
  const { quantity, coverage } = entry;
  return quantity === null && coverage !== null;
}

function isPartial({ coverage }: BalancedMeter): boolean {
  return coverage !== null && (coverage.missing > 0 || (coverage.pending ?? 0) > 0);
}

function balanceRow(bucket: Bucket, main: BalancedMeter, subs: BalancedMeter[]): BalanceRow {
  const known = subs.flatMap(({ quantity }) => quantity ?? []);
  const subTotal = known.length === 0 ? null : known.reduce((sum, quantity) => sum.plus(quantity), ZERO);
  const comparable = main.quantity !== null && subTotal !== null && !subs.some(isLacking);
  const remainder = comparable && main.quantity !== null ? main.quantity.minus(subTotal ?? ZERO) : null;
  return {
    bucket,
    main,
    subs,
    subTotal,
    remainder,
    incomplete: [main, ...subs].some(isPartial),
    subExceedsMain: remainder?.isNegative() === true && !remainder.isZero(),
  };
}

/** A meter's balance, slice by slice. */
export function balanceRows(plan: BalancePlan, usage: Usage, today: LocalDay): BalanceRow[] {
  const completeness = completenessOf(plan, usage, new Map(), expectedData(plan, today));
  const quantities = new Map<string, Decimal>();
  for (const { stream, cell, quantity } of usage.cells)
    quantities.set(`${stream} ${plan.cells[cell]?.bucket ?? -1}`, quantity);
  return plan.buckets.flatMap((bucket, number) => {
    const [main, ...subs] = plan.meters.map((meter, stream): BalancedMeter => {
      const sums = completeness(stream, number);
      const quantity = quantities.get(`${stream} ${number}`) ?? null;
      return { meter, quantity, coverage: sums === null ? null : coverageOf(sums) };
    });
    return main === undefined ? [] : [balanceRow(bucket, main, subs)];
  });
}
