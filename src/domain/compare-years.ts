import { type Decimal, roundKg, ZERO } from './decimal.ts';
import type { KgChange, YearChange } from './factor-account.ts';
import type { Figure } from './figure.ts';
import { exactTotalKg } from './figure-answer.ts';
import type { FigureRow } from './figure-table.ts';

/** Kilograms before and after on their way out: the difference is rounded from the exact one. */
export function kgChange(before: Decimal | null, after: Decimal | null): KgChange {
  return {
    kgBefore: before === null ? null : roundKg(before),
    kgAfter: after === null ? null : roundKg(after),
    kgDifference: before === null || after === null ? null : roundKg(after.minus(before)),
  };
}

/** A row of one line: its kilograms, or null where the line has no factor or nothing is known. */
function kgOf({ sums, dims }: FigureRow): Decimal | null {
  if (sums.marks.notQuantified.size > 0 || sums.quantities.size === 0) return null;
  return dims.scope === 'outsideOfScopes' ? sums.emissions.outsideOfScopes : exactTotalKg(sums);
}

const nameOf = ({ bucket, dims }: FigureRow): string =>
  [bucket.start, dims.site, dims.activity, dims.scope, dims.line].join(' ');

const differ = (a: Decimal | null, b: Decimal | null): boolean => (a === null || b === null ? a !== b : !a.eq(b));

type YearSums = { label: string; end: string; before: Decimal; after: Decimal; lines: YearChange['lines'][number][] };

/**
 * What changes from one figure to another of the same data and groups (activity, scope and line, perhaps site), by year.
 * Totals are scopes 1 to 3; CO2 outside of scopes is among the lines alone (rule B1).
 */
export function compareYears(before: Figure, after: Figure): YearChange[] {
  const pairs = new Map<string, { row: FigureRow; before: Decimal | null; after: Decimal | null }>();
  const used = (figure: Figure) => figure.rows.filter(({ flow, dims }) => flow === 'use' && dims.line != null);
  for (const row of used(before)) pairs.set(nameOf(row), { row, before: kgOf(row), after: null });
  for (const row of used(after)) {
    const name = nameOf(row);
    pairs.set(name, { row, before: pairs.get(name)?.before ?? null, after: kgOf(row) });
  }
  const years = new Map<string, YearSums>();
  for (const { row, before: old, after: now } of pairs.values()) {
    const { bucket, dims } = row;
    const year = years.get(bucket.start) ?? {
      label: bucket.label,
      end: bucket.end,
      before: ZERO,
      after: ZERO,
      lines: [],
    };
    years.set(bucket.start, year);
    if (dims.scope !== 'outsideOfScopes') {
      year.before = year.before.plus(old ?? ZERO);
      year.after = year.after.plus(now ?? ZERO);
    }
    if (!differ(old, now)) continue;
    const { activity, line, scope, site } = dims;
    year.lines.push({
      activity: activity ?? '',
      line: String(line),
      scope: String(scope),
      ...(site != null && { site }),
      ...kgChange(old, now),
    });
  }
  return [...years].map(([start, { label, end, before: old, after: now, lines }]) => ({
    year: label,
    start,
    end,
    ...kgChange(old, now),
    lines,
  }));
}
