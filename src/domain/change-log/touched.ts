import { groupBy } from '../group-by.ts';
import { type DaySpan, earlier, later } from '../local-day.ts';

/** What a change can touch, each with keys of its own; the last four are regions, zones and tables of reference data. */
export const SUBJECTS = [
  'meter',
  'site',
  'closure',
  'target',
  'statement',
  'heat-network',
  'instrument',
  'residual-mix',
  'other-emission',
  'measure',
  'grid-pathway',
  'factor-set',
  'certificate',
  'layout',
  'api-key',
  'reference-degree-days',
  'weather-region',
  'calorific-zone',
  'grid-region',
  'area-table',
  'benchmarks',
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Something that a change touched. */
export type TouchedKey = { subject: Subject; key: string };

/**
 * What a change touched, each once, and the first to the last of the days that it is about; null where it is about no days in
 * particular, as the name of a site.
 */
export type Touched = { keys: readonly TouchedKey[]; days: DaySpan | null };

/** A change that is about nothing in particular, as the settings are about everything. */
export const TOUCHES_ALL: Touched = { keys: [], days: null };

/** A change of one record. */
export function touchedOne(subject: Subject, key: string, days: DaySpan | null = null): Touched {
  return { keys: [{ subject, key }], days };
}

/** The days from the first to the last of any of some spans; null for none. */
export function hullOf(spans: readonly (DaySpan | null)[]): DaySpan | null {
  return spans.reduce<DaySpan | null>((hull, span) => {
    if (hull === null || span === null) return hull ?? span;
    return { start: earlier(hull.start, span.start), end: later(hull.end, span.end) };
  }, null);
}

/** What several parts of one change touched. */
export function touchedTogether(parts: readonly Touched[]): Touched {
  const keys = new Map(parts.flatMap((part) => part.keys).map((touched) => [JSON.stringify(touched), touched]));
  return { keys: [...keys.values()], days: hullOf(parts.map(({ days }) => days)) };
}

/** How many of one subject a change touched, and the first of their keys. */
export type TouchedCount = { subject: Subject; count: number; keys: readonly string[] };

/** What a change touched in short, in the order of `SUBJECTS`; at most `keysMax` keys are named of each, in their order. */
export function countTouched({ keys }: Touched, keysMax: number): TouchedCount[] {
  const bySubject = groupBy(keys, ({ subject }) => subject);
  return SUBJECTS.flatMap((subject): TouchedCount[] => {
    const own = bySubject.get(subject);
    if (own === undefined) return [];
    const names = own.map(({ key }) => key).sort();
    return [{ subject, count: names.length, keys: names.slice(0, keysMax) }];
  });
}
