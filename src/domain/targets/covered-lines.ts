import { Decimal, sum, ZERO } from '../decimal.ts';
import type { OtherEmission } from '../footprint/other-emission.ts';
import { gapOf, isWholeFigure, type StatedFigure, statedIn } from '../footprint/stated-figure.ts';
import type { DaySpan, LocalDay } from '../local-day.ts';
import { judgedScopes, type Target } from './target.ts';

/** One stated line in a year: what is known of it on the target's basis, null where nothing is. */
export type CoveredLine = { stated: StatedFigure; kg: Decimal | null };

/** What a target covers beside the estate in a year (rule H8). */
export type CoveredLines = {
  lines: readonly CoveredLine[];
  /** The known part of all of them. */
  kg: Decimal;
  /** Why the year is not of what the target covers: a line has no figure, or none that can stand for the year. */
  notComparable: readonly string[];
  /** What is missing of lines of which something is known. */
  gaps: readonly string[];
  isProvisional: boolean;
};

/** A figure on the basis and gas of a target; null where it is not stated on them. */
function judgedEntryKg(entry: OtherEmission, { gas, basis }: Target): number | null {
  if (gas === 'co2') return basis === 'market' && entry.scope === 2 ? null : entry.kgCo2;
  return basis === 'market' && entry.scope === 2 ? entry.kgCo2eMarket : entry.kgCo2e;
}

function coveredLine(stated: StatedFigure, target: Target): CoveredLine {
  const known = stated.entries.flatMap((entry) => judgedEntryKg(entry, target) ?? []);
  return { stated, kg: known.length === 0 ? null : sum(known.map((kg) => new Decimal(kg))) };
}

/** Figures that are not of what the target counts: in another scope, or not stated on its basis. */
function foreignTo(target: Target, { line, entries }: StatedFigure): string[] {
  const scopes: readonly number[] = judgedScopes(target);
  const strange = entries.find(({ scope }) => !scopes.includes(scope));
  if (strange !== undefined)
    return [`${line} is stated in scope ${strange.scope}, and the target is of scope ${scopes.join(' and ')}`];
  if (entries.every((entry) => judgedEntryKg(entry, target) !== null)) return [];
  const wanted = target.gas === 'co2' ? 'CO2 alone' : 'the market basis';
  return [`${line} is stated without a figure of ${wanted}, which the target is about`];
}

/**
 * What a target covers beside the estate in a span of days. A line without a figure is never nothing: the year is not
 * comparable, or lacks data where the line is stated for a part of its days (rule H8).
 */
export function coveredLines(
  target: Target,
  all: readonly OtherEmission[],
  span: DaySpan,
  today: LocalDay,
): CoveredLines {
  const lines = target.otherEmissions.map((line) => coveredLine(statedIn(line, all, span, today), target));
  const figures = lines.map(({ stated }) => stated);
  const isPart = (figure: StatedFigure): boolean => figure.cut.length === 0 && figure.statedDays > 0;
  const reasonsOf = (some: readonly StatedFigure[]): string[] => some.flatMap((figure) => gapOf(figure) ?? []);
  return {
    lines,
    kg: sum(lines.map(({ kg }) => kg ?? ZERO)),
    notComparable: [
      ...reasonsOf(figures.filter((figure) => !isPart(figure) && !isWholeFigure(figure))),
      ...figures.flatMap((figure) => foreignTo(target, figure)),
    ],
    gaps: reasonsOf(figures.filter(isPart)),
    isProvisional: figures.some(({ entries }) => entries.some(({ provisional }) => provisional)),
  };
}
