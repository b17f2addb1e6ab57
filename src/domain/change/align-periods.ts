import { addDays, type DaySpan, daysBetween, earlier, type LocalDay, lengthDays } from '../local-day.ts';

/**
 * One of two periods that are laid side by side. Both share positions: a day of the one and a day of the other that
 * are compared have the same. A position of which a period has no day, as 29 February in most years, is empty there.
 */
export type AlignedLeg = {
  period: DaySpan;
  /** The position of a day; of the period's end, the number of positions. */
  positionOf(day: LocalDay): number;
  /** The first day at or after a position; the period's end where there is none. */
  dayAt(position: number): LocalDay;
};

/** Two periods with their days laid side by side, and how many days of either face none of the other. */
export type Alignment = { first: AlignedLeg; second: AlignedLeg; positions: number; unpaired: [number, number] };

const NEXT_MONTH_DAY = 32;

function nextMonthStart(day: LocalDay): LocalDay {
  return `${addDays(`${day.slice(0, 8)}01`, NEXT_MONTH_DAY - 1).slice(0, 8)}01`;
}

/** A period cut at the first of each month. */
function monthRuns(period: DaySpan): DaySpan[] {
  const runs: DaySpan[] = [];
  for (let start = period.start; start < period.end; ) {
    const end = earlier(nextMonthStart(start), period.end);
    runs.push({ start, end });
    start = end;
  }
  return runs;
}

function legOf(period: DaySpan, runs: readonly DaySpan[], starts: readonly number[], positions: number): AlignedLeg {
  const places = runs.flatMap((run, index) =>
    Array.from({ length: lengthDays(run) }, (_, day) => (starts[index] ?? 0) + day),
  );
  places.push(positions);
  const days: number[] = [];
  for (let day = places.length - 1, position = positions; position >= 0; position -= 1) {
    while (day > 0 && (places[day - 1] ?? 0) >= position) day -= 1;
    days[position] = day;
  }
  return {
    period,
    positionOf: (day) => places[daysBetween(period.start, day)] ?? positions,
    dayAt: (position) => addDays(period.start, days[position] ?? 0),
  };
}

function align(
  first: DaySpan,
  second: DaySpan,
  firstRuns: readonly DaySpan[],
  secondRuns: readonly DaySpan[],
): Alignment {
  const starts: number[] = [];
  let positions = 0;
  let paired = 0;
  for (let run = 0; run < Math.max(firstRuns.length, secondRuns.length); run += 1) {
    const lengths = [firstRuns[run], secondRuns[run]].map((days) => (days === undefined ? 0 : lengthDays(days)));
    starts.push(positions);
    positions += Math.max(...lengths);
    paired += Math.min(...lengths);
  }
  return {
    first: legOf(first, firstRuns, starts, positions),
    second: legOf(second, secondRuns, starts, positions),
    positions,
    unpaired: [lengthDays(first) - paired, lengthDays(second) - paired],
  };
}

const dayOfMonth = (day: LocalDay): string => day.slice(8);

/**
 * Lays two periods side by side: by the calendar where both begin and end on the same day of a month and hold as many
 * months, so that 3 April faces 3 April and 29 February faces nothing; day by day where they hold as many days. Two others
 * are laid side by side from their first day only if `anyLengths` says so; else the answer is null.
 */
export function alignPeriods(first: DaySpan, second: DaySpan, anyLengths: boolean): Alignment | null {
  const byCalendar = dayOfMonth(first.start) === dayOfMonth(second.start);
  const firstRuns = monthRuns(first);
  const secondRuns = monthRuns(second);
  const sameMonths = dayOfMonth(first.end) === dayOfMonth(second.end) && firstRuns.length === secondRuns.length;
  if (byCalendar && sameMonths) return align(first, second, firstRuns, secondRuns);
  if (lengthDays(first) === lengthDays(second)) return align(first, second, [first], [second]);
  if (!anyLengths) return null;
  return byCalendar ? align(first, second, firstRuns, secondRuns) : align(first, second, [first], [second]);
}
