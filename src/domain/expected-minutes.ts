import { minutesSince } from './calendar.ts';
import { type DaySpan, dayNumber, type LocalDay } from './local-day.ts';

/** Minutes between days of a window, looked up instead of reckoned: questions ask for very many of them. */
export type MinuteTable = {
  /** Minutes of the days of `span` that lie in the window. */
  minutesOf(span: DaySpan): number;
  /** The place of a day in the window, 0 for its first. */
  indexOf(day: LocalDay): number;
};

/** The minute table of a window of local days. */
export function minuteTable(window: DaySpan): MinuteTable {
  const first = dayNumber(window.start);
  const days = dayNumber(window.end) - first;
  const elapsed = minutesSince(window.start, days);
  const places = new Map<LocalDay, number>();
  const indexOf = (day: LocalDay): number => {
    let place = places.get(day);
    if (place === undefined) {
      place = dayNumber(day) - first;
      places.set(day, place);
    }
    return place;
  };
  const clamp = (index: number): number => Math.min(Math.max(index, 0), days);
  return {
    indexOf,
    minutesOf: ({ start, end }) =>
      Math.max(0, (elapsed[clamp(indexOf(end))] ?? 0) - (elapsed[clamp(indexOf(start))] ?? 0)),
  };
}
