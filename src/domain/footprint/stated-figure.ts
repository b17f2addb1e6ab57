import { Decimal, sum, ZERO } from '../decimal.ts';
import type { Gas } from '../factor-resolution.ts';
import { type DaySpan, earlier, intersect, type LocalDay, lengthDays } from '../local-day.ts';
import { Refusal } from '../refusal.ts';
import { namedSpan, type OtherEmission } from './other-emission.ts';

/** What is stated of one line for some days. Nothing is apportioned: a figure that the days cut is in `cut` and nowhere else. */
export type StatedFigure = {
  line: string;
  span: DaySpan;
  /** Figures that lie in the days whole, in order. */
  entries: readonly OtherEmission[];
  cut: readonly OtherEmission[];
  /** How many of the days have a figure, of those that are over. */
  statedDays: number;
  days: number;
};

/** What is stated of a line for the days of a span, of which those before `today` are over. */
export function statedIn(line: string, all: readonly OtherEmission[], span: DaySpan, today: LocalDay): StatedFigure {
  const touching = all.filter((entry) => entry.line === line && intersect(entry, span) !== null);
  const isWhole = ({ start, end }: DaySpan): boolean => span.start <= start && end <= span.end;
  const entries = touching.filter(isWhole).sort((a, b) => (a.start < b.start ? -1 : 1));
  return {
    line,
    span,
    entries,
    cut: touching.filter((entry) => !isWhole(entry)),
    statedDays: entries.reduce((days, entry) => days + lengthDays(entry), 0),
    days: lengthDays({ start: span.start, end: earlier(span.end, today) }),
  };
}

/** True where every day that is over has a figure. */
export function isWholeFigure({ cut, statedDays, days }: StatedFigure): boolean {
  return cut.length === 0 && statedDays === days && days > 0;
}

/** The figure that an entry has on a basis: CO2 alone where that is asked; null where it is not stated. */
export function entryKg({ kgCo2e, kgCo2 }: OtherEmission, gas: Gas): number | null {
  return gas === 'co2' ? kgCo2 : kgCo2e;
}

/** Kilograms of a figure, exact; null where nothing is stated, or a part has no CO2 and CO2 is asked. */
export function statedKg({ entries }: StatedFigure, gas: Gas): Decimal | null {
  const amounts = entries.map((entry) => entryKg(entry, gas));
  if (amounts.length === 0 || amounts.includes(null)) return null;
  return sum(amounts.map((kg) => (kg === null ? ZERO : new Decimal(kg))));
}

/** Why a figure does not stand for its days, with what to do about it; null where it does. */
export function gapOf(figure: StatedFigure): string | null {
  const { line, span, cut, statedDays, days } = figure;
  const { label } = namedSpan(span);
  const address = `PUT /v1/other-emissions/${line}/{period}`;
  if (cut.length > 0) {
    const names = cut.map((entry) => namedSpan(entry).label).join(' and ');
    return `${line} is stated for ${names}, which ${label} cuts: ask for a period that holds it whole, or state it by the months or quarters in it`;
  }
  if (statedDays === 0) return `${line} has no figure for ${label}: state it with ${address}, 0 where there was none`;
  return statedDays === days
    ? null
    : `${line} is stated for ${statedDays} of the ${days} days of ${label}: state the rest with ${address}`;
}

/**
 * Refuses days that cut a figure: nobody knows how much of it lies in them.
 * @throws Refusal `period-cuts-figures` naming each figure, and what to ask instead.
 */
export function refuseCut(figures: readonly StatedFigure[]): void {
  const faults = figures
    .filter(({ cut }) => cut.length > 0)
    .map((figure) => ({ pointer: '?period', code: 'cuts-a-figure', detail: gapOf(figure) ?? '' }));
  if (faults[0] !== undefined) throw new Refusal('period-cuts-figures', faults[0].detail, faults);
}
