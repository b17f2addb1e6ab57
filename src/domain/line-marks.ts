import type { Line } from './activities.ts';
import type { LineEmission } from './emissions.ts';
import type { FigureFlag } from './figure-flags.ts';
import type { Stream } from './figure-plan.ts';

/** A factor taken from an earlier set because its own year's set lacks the line (rule A4). */
export type CarriedForward = { line: string; fromSet: string };

/**
 * What is to be said of the lines behind a row or total. It follows from bases and factors, not from quantities, so most
 * rows of an answer have the same: one object that is never altered.
 */
export type LineMarks = {
  lines: ReadonlySet<Line>;
  /** Lines without a factor, with why. */
  notQuantified: ReadonlyMap<string, string>;
  carriedForward: ReadonlyMap<string, CarriedForward>;
  provisional: ReadonlySet<string>;
  sets: ReadonlySet<string>;
  flags: ReadonlySet<FigureFlag>;
  /** A scope 1 or 2 line has no factor: the total is too small by an unknown amount. */
  incomplete: boolean;
};

/** Nothing to be said. */
export const NO_MARKS: LineMarks = {
  lines: new Set(),
  notQuantified: new Map(),
  carriedForward: new Map(),
  provisional: new Set(),
  sets: new Set(),
  flags: new Set(),
  incomplete: false,
};

function isSaid(a: LineMarks, b: LineMarks): boolean {
  const has = <T>(set: ReadonlySet<T>, others: ReadonlySet<T>): boolean => [...others].every((other) => set.has(other));
  return (
    has(a.lines, b.lines) &&
    [...b.notQuantified].every(([name, reason]) => a.notQuantified.get(name) === reason) &&
    [...b.carriedForward].every(([name, { fromSet }]) => a.carriedForward.get(name)?.fromSet === fromSet) &&
    has(a.provisional, b.provisional) &&
    has(a.sets, b.sets) &&
    has(a.flags, b.flags) &&
    (a.incomplete || !b.incomplete)
  );
}

function union(a: LineMarks, b: LineMarks): LineMarks {
  if (isSaid(a, b)) return a;
  return {
    lines: new Set([...a.lines, ...b.lines]),
    notQuantified: new Map([...a.notQuantified, ...b.notQuantified]),
    carriedForward: new Map([...a.carriedForward, ...b.carriedForward]),
    provisional: new Set([...a.provisional, ...b.provisional]),
    sets: new Set([...a.sets, ...b.sets]),
    flags: new Set([...a.flags, ...b.flags]),
    incomplete: a.incomplete || b.incomplete,
  };
}

const known = new WeakMap<LineMarks, WeakMap<LineMarks, LineMarks>>();

/** Both together. Asked again for the same two it gives the same object, so that rows share it. */
export function joinMarks(a: LineMarks, b: LineMarks): LineMarks {
  if (a === b || b === NO_MARKS) return a;
  if (a === NO_MARKS) return b;
  const withA = known.get(a) ?? new WeakMap<LineMarks, LineMarks>();
  known.set(a, withA);
  const both = withA.get(b) ?? union(a, b);
  withA.set(b, both);
  return both;
}

type Marked = Pick<Stream, 'split'> & { basis: Pick<Stream['basis'], 'activity' | 'heatEfficiency'> };

/** What is to be said where lines apply to a stream; a line without a factor is listed, never added as 0 (rule A4). */
export function marksOf({ basis, split }: Marked, lines: readonly LineEmission[]): LineMarks {
  const notQuantified = new Map<string, string>();
  const carriedForward = new Map<string, CarriedForward>();
  const provisional = new Set<string>();
  const flags = new Set<FigureFlag>(lines.flatMap((line) => line.flags ?? []));
  for (const line of lines) {
    const isScope1Or2 = line.scope === 1 || line.scope === 2;
    const name = `${basis.activity}.${line.line}`;
    for (const source of line.factor?.sources ?? []) {
      if (source.notPublished) provisional.add('factor-set-not-published');
      if (!source.carriedForward) continue;
      carriedForward.set(name, { line: name, fromSet: source.set.id });
      if (isScope1Or2) provisional.add('line-carried-forward');
    }
    if (line.kg === null) notQuantified.set(name, line.reason ?? 'no factor');
  }
  if (lines.length > 0 && basis.heatEfficiency !== null) flags.add('estimated-from-heat');
  if (lines.length > 0 && split?.floor != null) flags.add('estimated-by-floor-area');
  return {
    lines: new Set(lines.map(({ line }) => line)),
    notQuantified,
    carriedForward,
    provisional,
    sets: new Set(lines.flatMap(({ factor }) => factor?.sources.map(({ set }) => set.id) ?? [])),
    flags,
    incomplete: lines.some(({ kg, scope }) => kg === null && (scope === 1 || scope === 2)),
  };
}
