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

/** What is known of a meter that its fit can be made of. */
export type WeatherEvidence = { days: ReadonlyMap<LocalDay, EvidenceDay>; spans: readonly MeasuredSpan[] };

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
function totalOf(span: DaySpan, days: WeatherEvidence['days']): Decimal | null {
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
    const quantity = totalOf(span, evidence.days);
    if (quantity === null) return null;
    for (const day of days) taken.add(day);
    return { ...span, source: 'span' as const, days: days.length, degreeDays: ZERO, quantity };
  });
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
    const open = daysOf(part).filter((day) => !taken.has(day));
    const measured = open.flatMap((day) => {
      const known = evidence.days.get(day);
      return isActual(known) && known.origin === 'interval' ? [known] : [];
    });
    if (measured.length === 0) continue;
    const quantity = measured.reduce((sum, day) => sum.plus(day.quantity), ZERO);
    const point = { ...part, source: 'month' as const, days: measured.length, degreeDays: ZERO, quantity };
    if (measured.length < whole * shareMin && measured.length < lengthDays(part)) {
      found.measuredDays += measured.length;
      continue;
    }
    const isWhole = measured.length === lengthDays(part) && weather.isMeasured(part);
    const byDay = weather.isMeasured({ start: month, end: addDays(month, 1) });
    const degreeDays = isWhole ? weather.of(part) : byDay ? degreeDaysOn(measured, weather) : null;
    add(point, degreeDays);
  }
  found.points.sort((a, b) => (a.start < b.start ? -1 : 1));
  return found;
}

function degreeDaysOn(days: readonly EvidenceDay[], weather: WeatherCalendar): Decimal | null {
  let sum = ZERO;
  for (const { day } of days) {
    const value = weather.ofDay(day);
    if (value === null) return null;
    sum = sum.plus(value);
  }
  return sum;
}
