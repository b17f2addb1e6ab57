import { minutesOfDay } from '../calendar.ts';
import { type Decimal, ZERO } from '../decimal.ts';
import { addDays, type DaySpan, type LocalDay, lengthDays } from '../local-day.ts';
import type { OriginName } from '../stored-readings.ts';
import type { FitPoint } from './fit-line.ts';
import { monthParts, type WeatherCalendar } from './weather-calendar.ts';

/** A stored day of a meter, as far as it is evidence of what was used. */
export type EvidenceDay = {
  day: LocalDay;
  origin: OriginName;
  quantity: Decimal | null;
  actualMinutes: number;
  estimatedMinutes: number;
};

/** A span whose total is actual: a bill, or two register readings with what lies between them. */
export type MeasuredSpan = DaySpan & { rank: number };

/** The days of a month that are measured by themselves, within the period that was read; `listed` is null where all are. */
export type MeasuredMonth = { days: number; quantity: Decimal; listed: readonly LocalDay[] | null };

/**
 * What is known of a meter that its fit can be made of. A meter without totals of spans may come with its months, by their
 * first days, in place of its days.
 */
export type WeatherEvidence = {
  days: ReadonlyMap<LocalDay, EvidenceDay>;
  spans: readonly MeasuredSpan[];
  months?: ReadonlyMap<LocalDay, MeasuredMonth>;
  /** Of a meter of which no day is measured by itself: the totals of its spans of actual days, in place of its days. */
  totals?: ReadonlyMap<string, Decimal>;
};

/** Names a span among the totals of a meter. */
export function spanName({ start, end }: DaySpan): string {
  return `${start}/${end}`;
}

/** A month by its measured days, or the span of a bill or of two readings. */
export type PeriodPoint = FitPoint & DaySpan & { source: 'month' | 'span' };

/** Points, and how many days of the period they stand on. */
export type PointsFound = { points: PeriodPoint[]; measuredDays: number; daysWithoutWeather: number };

/** Whether a day is known whole and measured, nothing of it estimated. */
function isActual(day: EvidenceDay | undefined): day is EvidenceDay & { quantity: Decimal } {
  if (day === undefined || day.quantity === null) return false;
  return day.estimatedMinutes === 0 && day.actualMinutes >= minutesOfDay(day.day);
}

function daysOf({ start, end }: DaySpan): LocalDay[] {
  const days: LocalDay[] = [];
  for (let day = start; day < end; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * The quantity of a span of which only the total is measured: its days were spread from it, and add up to it. Null where one
 * is not known, or where all of them are measured by themselves and need no total.
 */
function totalOf(span: DaySpan, { days, totals }: WeatherEvidence): Decimal | null {
  if (totals !== undefined) return totals.get(spanName(span)) ?? null;
  let total = ZERO;
  let isSpread = false;
  for (const day of daysOf(span)) {
    const known = days.get(day);
    if (!isActual(known)) return null;
    if (known.origin !== 'interval') isSpread = true;
    total = total.plus(known.quantity);
  }
  return isSpread ? total : null;
}

function spanPoints(evidence: WeatherEvidence, period: DaySpan, taken: Set<LocalDay>): (PeriodPoint | null)[] {
  const within = evidence.spans.filter(({ start, end }) => period.start <= start && end <= period.end);
  const ordered = [...within].sort((a, b) => a.rank - b.rank || (a.start < b.start ? -1 : 1));
  return ordered.map(({ start, end }) => {
    const span = { start, end };
    const days = daysOf(span);
    if (days.some((day) => taken.has(day))) return null;
    const quantity = totalOf(span, evidence);
    if (quantity === null) return null;
    for (const day of days) taken.add(day);
    return { ...span, source: 'span' as const, days: days.length, degreeDays: ZERO, quantity };
  });
}

/** What of the days of a month is measured by itself and in no span; null for none. */
function measuredIn(
  { days, months, totals }: WeatherEvidence,
  month: LocalDay,
  part: DaySpan,
  taken: ReadonlySet<LocalDay>,
): MeasuredMonth | null {
  if (months !== undefined) return months.get(month) ?? null;
  if (totals !== undefined) return null;
  const measured = daysOf(part).flatMap((day) => {
    const known = days.get(day);
    return !taken.has(day) && isActual(known) && known.origin === 'interval' ? [known] : [];
  });
  if (measured.length === 0) return null;
  const quantity = measured.reduce((sum, day) => sum.plus(day.quantity), ZERO);
  return { days: measured.length, quantity, listed: measured.map(({ day }) => day) };
}

/**
 * The points that a meter can be fitted over in a period. Only what is measured counts: days by their own intervals,
 * gathered into months, and the totals of bills and register readings as a whole. A day that was spread from a total is no
 * evidence by itself, an estimate none at all. Months of which the degree days are known as a total alone, and spans that cut
 * such a month, count only where they are whole. A month counts if `shareMin` of its days are measured.
 */
export function pointsOf(
  evidence: WeatherEvidence,
  weather: WeatherCalendar,
  period: DaySpan,
  shareMin: number,
): PointsFound {
  const taken = new Set<LocalDay>();
  const found: PointsFound = { points: [], measuredDays: 0, daysWithoutWeather: 0 };
  const add = (point: PeriodPoint, degreeDays: Decimal | null): void => {
    found.measuredDays += point.days;
    if (degreeDays === null) found.daysWithoutWeather += point.days;
    else found.points.push({ ...point, degreeDays });
  };
  for (const point of spanPoints(evidence, period, taken))
    if (point !== null) add(point, weather.isMeasured(point) ? weather.of(point) : null);

  for (const { month, whole, part } of monthParts(period)) {
    const measured = measuredIn(evidence, month, part, taken);
    if (measured === null) continue;
    const { days, quantity, listed } = measured;
    const point = { ...part, source: 'month' as const, days, degreeDays: ZERO, quantity };
    if (days < whole * shareMin && days < lengthDays(part)) {
      found.measuredDays += days;
      continue;
    }
    const isWhole = days === lengthDays(part) && weather.isMeasured(part);
    const byDay = weather.isMeasured({ start: month, end: addDays(month, 1) });
    const degreeDays = isWhole ? weather.of(part) : byDay ? degreeDaysOn(listed ?? daysOf(part), weather) : null;
    add(point, degreeDays);
  }
  found.points.sort((a, b) => (a.start < b.start ? -1 : 1));
  return found;
}

function degreeDaysOn(days: readonly LocalDay[], weather: WeatherCalendar): Decimal | null {
  let sum = ZERO;
  for (const day of days) {
    const value = weather.ofDay(day);
    if (value === null) return null;
    sum = sum.plus(value);
  }
  return sum;
}
