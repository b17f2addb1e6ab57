import { bucketsOf, type Interval } from '../../domain/buckets.ts';
import { localDayOf, startOfDayMs } from '../../domain/calendar.ts';
import { planFigure } from '../../domain/figure-plan.ts';
import { HALF_HOUR_MS } from '../../domain/grid/grid-intensity.ts';
import { addDay, type Intensities, noMatch, type TimeMatch } from '../../domain/grid/time-match.ts';
import { type LocalDay, lengthDays } from '../../domain/local-day.ts';
import type { Period } from '../../domain/period.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Segment } from '../../domain/segments.ts';
import { LIMITS } from '../../limits.ts';
import { refuseTooLong, refuseUnknown } from '../figures/answer-figure.ts';
import type { ClockReading } from '../past/past-store.ts';
import type { ReadReadingsDeps } from '../readings/read-readings.ts';
import type { IntensityStore } from './grid-intensity.ts';

/** A question about carbon by the time of use. */
export type TimeQuestion = {
  period: Period;
  interval: Interval;
  groupBy: 'none' | 'site' | 'meter';
  sites: readonly string[];
  meters: readonly string[];
  region: string;
};

/** One row: a bucket, and the site or meter that it is grouped by. */
export type TimeRow = { bucket: Period & { partial: boolean }; name: string | null; match: TimeMatch };

/** What carbon by the time of use came to. */
export type TimeMatched = {
  question: TimeQuestion;
  today: LocalDay;
  rows: TimeRow[];
  total: TimeMatch;
  /** Plain mean of the intensities of the elapsed half-hours, whenever energy was used; null where there is none. */
  timeMeanGPerKwh: number | null;
  /** Half-hours of the elapsed period, and those whose intensity is known. */
  halfHours: { expected: number; known: number };
};

type Deps = { readings: ReadReadingsDeps; intensities: IntensityStore; at: ClockReading | null };

function refuseTooMuch(segments: readonly Segment[]): void {
  const days = segments.reduce((sum, segment) => sum + lengthDays(segment), 0);
  if (days <= LIMITS.timeMatchedDaysMax) return;
  const detail = `${days} meter-days would be looked at interval by interval: expected at most ${LIMITS.timeMatchedDaysMax}; name sites or meters, or ask for a shorter period`;
  throw new Refusal('invalid-request', detail, [{ pointer: '?period', code: 'too-many-days', detail }]);
}

function meanOf(intensities: Intensities): number | null {
  const values = [...intensities.values()];
  return values.length === 0 ? null : values.reduce((sum, { gPerKwh }) => sum + gPerKwh, 0) / values.length;
}

/** A match for each bucket and name, made when it is first needed. */
function openRows(buckets: readonly (Period & { partial: boolean })[]) {
  const rows = new Map<string, TimeRow>();
  return {
    of(day: LocalDay, name: string | null): TimeMatch | null {
      const index = buckets.findIndex(({ start, end }) => start <= day && day < end);
      const bucket = buckets[index];
      if (bucket === undefined) return null;
      const key = `${String(index).padStart(6, '0')} ${name ?? ''}`;
      const row = rows.get(key) ?? { bucket, name, match: noMatch() };
      rows.set(key, row);
      return row.match;
    },
    list: () => [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
  };
}

/**
 * Matches each interval of electricity from the grid with the intensity of its own half-hour. Beside the official figures
 * and in none of them: the intensities are of CO2 alone and have losses and imports in them.
 * @throws Refusal `unknown-site`, `unknown-meter`, `invalid-period`; `invalid-request` for more meter-days than one answer
 * looks at.
 */
export async function timeMatched({ readings, intensities, at }: Deps, question: TimeQuestion): Promise<TimeMatched> {
  const { period, interval, groupBy, sites, meters, region } = question;
  refuseTooLong(period);
  const estate = await readings.currentEstate();
  const today = localDayOf(readings.now());
  const asked = {
    ...{ period, interval, sites, meters, groupBy: [], scopes: [], lines: [] },
    ...{ activities: ['electricity' as const], policy: { kind: 'reporting-year' as const }, gas: 'co2e' as const },
  };
  refuseUnknown(asked, estate);
  const { window, segments: planned, streams } = planFigure(estate, asked, today);
  // A share by floor area is no interval, and changes no total.
  const measured = planned.filter(({ stream }) => streams[stream]?.split?.floor == null);
  const segments = measured.map(({ segment }) => segment).filter(({ flow }) => flow === 'use');
  refuseTooMuch(segments);
  const known: Intensities = window === null ? new Map() : await intensities.read(region, window, at);
  const rows = openRows(bucketsOf(period, interval, estate.settings.reportingYearStart));
  const total = noMatch();
  for (const segment of segments) {
    const name = groupBy === 'none' ? null : segment[groupBy].key;
    for (const day of await readings.storedDays(segment.meter.key, segment)) {
      const match = rows.of(day.day, name);
      for (const sums of match === null ? [] : [match, total]) addDay(sums, day, known);
    }
  }
  const expected = window === null ? 0 : (startOfDayMs(window.end) - startOfDayMs(window.start)) / HALF_HOUR_MS;
  return {
    ...{ question, today, rows: rows.list(), total },
    timeMeanGPerKwh: meanOf(known),
    halfHours: { expected, known: known.size },
  };
}
