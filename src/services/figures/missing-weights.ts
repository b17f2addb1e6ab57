import type { Estate, EstateMeter } from '../../domain/estate.ts';
import { ALL_BUCKETS, type MissingWeights } from '../../domain/figure-completeness.ts';
import { expectedIn, type FigurePlan, type PlannedSegment } from '../../domain/figure-plan.ts';
import { addDays, type DaySpan, intersect, type LocalDay, lengthDays } from '../../domain/local-day.ts';
import type { Usage, UsageReader } from '../../domain/usage.ts';
import { usageRequest } from './answer-figure.ts';

/** A meter needs this many days of data in the year before to weigh itself by its own mean (rule F1). */
const OWN_DAYS_MIN = 90;
const OWN_WINDOW_DAYS = 365;

/** A meter segment with no data in a slot of time in which it should have some. */
type Gap = { planned: PlannedSegment; bucket: number; days: DaySpan };

/** Streams and buckets in which fewer meters have data than should. */
function isShort(plan: FigurePlan, usage: Usage, today: LocalDay): boolean {
  const seen = new Map(usage.completeness.map((row) => [`${row.stream} ${row.bucket ?? ALL_BUCKETS}`, row.metersSeen]));
  const shortIn = (bucket: number, days: DaySpan): boolean =>
    expectedIn(plan, days, today).some((due, stream) => due.meters > (seen.get(`${stream} ${bucket}`) ?? 0));
  if (plan.window !== null && shortIn(ALL_BUCKETS, plan.window)) return true;
  return plan.buckets.some((bucket, index) => shortIn(index, bucket));
}

async function gapsOf(reader: UsageReader, plan: FigurePlan): Promise<Gap[]> {
  const seen = await reader.readSeen(usageRequest(plan));
  const byBucket = new Set(seen.map(({ segment, bucket }) => `${segment} ${bucket}`));
  const ever = new Set(seen.map(({ segment }) => segment));
  const gaps: Gap[] = [];
  plan.segments.forEach((planned, index) => {
    plan.buckets.forEach((span, bucket) => {
      const days = intersect(planned.segment, span);
      if (days !== null && !byBucket.has(`${index} ${bucket}`)) gaps.push({ planned, bucket, days });
    });
    if (!ever.has(index)) gaps.push({ planned, bucket: ALL_BUCKETS, days: planned.segment });
  });
  return gaps;
}

const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
};

/** Meters of the same activity at sites of the same category. */
function peersOf(meter: EstateMeter, category: string | null, estate: Estate): number[] {
  const peers = estate.meters.filter(
    (other) =>
      other.id !== meter.id &&
      other.activity === meter.activity &&
      other.direction === meter.direction &&
      other.placements.some((placement) => estate.sites.get(placement.site)?.category === category),
  );
  return peers.map((peer) => peer.id);
}

type Means = ReadonlyMap<number, { meanPerDay: number; daysKnown: number }>;

async function meansOf(reader: UsageReader, meterIds: readonly number[], days: DaySpan): Promise<Means> {
  const means = await reader.readDailyMeans([...new Set(meterIds)], days.start, days.end);
  return new Map(means.map((mean) => [mean.meterId, mean]));
}

/** Mean use a day of each meter of `gaps`, all over the same days; null where nothing tells. */
async function meansForGaps(
  reader: UsageReader,
  estate: Estate,
  gaps: readonly Gap[],
  days: DaySpan,
): Promise<(number | null)[]> {
  const yearBefore = { start: addDays(days.start, -OWN_WINDOW_DAYS), end: days.start };
  const own = await meansOf(
    reader,
    gaps.map((gap) => gap.planned.segment.meter.id),
    yearBefore,
  );
  const byOwn = gaps.map(({ planned }) => {
    const mean = own.get(planned.segment.meter.id);
    return mean !== undefined && mean.daysKnown >= OWN_DAYS_MIN ? mean.meanPerDay : null;
  });
  const peers = gaps.map(({ planned: { segment } }, index) =>
    byOwn[index] === null ? peersOf(segment.meter, segment.site.category, estate) : [],
  );
  const others = await meansOf(reader, peers.flat(), days);
  return byOwn.map((mean, index) => {
    if (mean !== null) return mean;
    return median((peers[index] ?? []).flatMap((peer) => others.get(peer)?.meanPerDay ?? []));
  });
}

function bySpan(gaps: readonly Gap[]): Map<string, Gap[]> {
  const groups = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const key = `${gap.days.start} ${gap.days.end}`;
    groups.set(key, [...(groups.get(key) ?? []), gap]);
  }
  return groups;
}

/**
 * Expected quantity of meters of which a slot of time holds nothing (rule F1): their own daily mean in the 365 days
 * before, else the median of their activity and category, else none, counted as `unweighted`.
 */
export async function missingWeightsOf(
  reader: UsageReader,
  estate: Estate,
  plan: FigurePlan,
  usage: Usage,
  today: LocalDay,
): Promise<MissingWeights> {
  const weights = new Map<string, { weight: number; unweighted: number }>();
  if (!isShort(plan, usage, today)) return weights;
  for (const gaps of bySpan(await gapsOf(reader, plan)).values()) {
    const days = gaps[0]?.days;
    if (days === undefined) continue;
    const means = await meansForGaps(reader, estate, gaps, days);
    gaps.forEach(({ planned, bucket }, index) => {
      const key = `${planned.stream} ${bucket}`;
      const mean = means[index] ?? null;
      const sum = weights.get(key) ?? { weight: 0, unweighted: 0 };
      if (mean === null) sum.unweighted += 1;
      else sum.weight += mean * lengthDays(days);
      weights.set(key, sum);
    });
  }
  return weights;
}
