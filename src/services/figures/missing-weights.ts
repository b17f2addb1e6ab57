import type { Estate, EstateMeter } from '../../domain/estate.ts';
import { ALL_BUCKETS, type MissingWeights } from '../../domain/figure-completeness.ts';
import type { FigurePlan, PlannedSegment } from '../../domain/figure-plan.ts';
import { groupBy } from '../../domain/group-by.ts';
import { addDays, type DaySpan, intersect, lengthDays } from '../../domain/local-day.ts';
import type { Usage } from '../../domain/usage.ts';
import type { UsageReader } from '../usage-reader.ts';

/** A meter needs this many days of data in the year before to weigh itself by its own mean (rule F1). */
const OWN_DAYS_MIN = 90;
const OWN_WINDOW_DAYS = 365;

/** A meter segment with no data in a slot of time in which it should have some. */
type Gap = { planned: PlannedSegment; bucket: number; days: DaySpan };

function gapsOf(plan: FigurePlan, usage: Usage): Gap[] {
  return usage.gaps.flatMap(({ segment: number, bucket }): Gap[] => {
    const planned = plan.segments[number];
    const slot = bucket === null ? plan.window : plan.buckets[bucket];
    const days = planned === undefined || slot == null ? null : intersect(planned.segment, slot);
    return planned === undefined || days === null ? [] : [{ planned, bucket: bucket ?? ALL_BUCKETS, days }];
  });
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

const bySpan = (gaps: readonly Gap[]) => groupBy(gaps, ({ days }) => `${days.start} ${days.end}`);

/**
 * Expected quantity of meters of which a slot of time holds nothing (rule F1): their own daily mean in the 365 days
 * before, else the median of their activity and category, else none, counted as `unweighted`.
 */
export async function missingWeightsOf(
  reader: UsageReader,
  estate: Estate,
  plan: FigurePlan,
  usage: Usage,
): Promise<MissingWeights> {
  const weights = new Map<string, { weight: number; unweighted: number }>();
  for (const gaps of bySpan(gapsOf(plan, usage)).values()) {
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
