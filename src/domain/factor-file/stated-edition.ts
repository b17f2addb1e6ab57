import { isLocalDay, type LocalDay } from '../local-day.ts';
import { cellAt, type FactorSheet } from './factor-sheet.ts';

/** What a file says of itself, on its front page or above its table; null where it does not. */
export type StatedEdition = {
  title: string | null;
  year: number | null;
  version: string | null;
  updatedOn: LocalDay | null;
};

/** Rows at the top of each sheet that may speak of the edition. */
const STATED_WITHIN = 60;
const UK_TITLE = /government (?:ghg|greenhouse gas) conversion factors/i;

type Labels = { year: Set<string>; version: Set<string>; updated: Set<string> };
const LABELS: Readonly<Record<keyof Labels, RegExp>> = {
  year: /^(?:factor set )?year:?$/i,
  version: /^version:?$/i,
  updated: /^(?:last )?updated(?: on)?:?$/i,
};

/** The one value that a file states, or null where it states none or several. */
function only(values: ReadonlySet<string>): string | null {
  const [first] = values;
  return values.size === 1 && first !== undefined ? first : null;
}

/** Reads what a file says of its edition: a title, and the cells behind the labels Year, Version and Updated. */
export function statedEdition(sheets: readonly FactorSheet[]): StatedEdition {
  const labels: Labels = { year: new Set(), version: new Set(), updated: new Set() };
  let title: string | null = null;
  for (const { rows } of sheets)
    for (const row of rows.slice(0, STATED_WITHIN))
      row.cells.forEach((_, column) => {
        const text = cellAt(row, column);
        if (title === null && UK_TITLE.test(text)) title = text;
        for (const name of ['year', 'version', 'updated'] as const)
          if (LABELS[name].test(text)) {
            const value = cellAt(row, column + 1);
            if (value !== '') labels[name].add(value);
          }
      });
  const year = only(labels.year);
  const updated = only(labels.updated);
  return {
    title,
    year: year !== null && /^\d{4}$/.test(year) ? Number(year) : null,
    version: only(labels.version),
    updatedOn: updated !== null && isLocalDay(updated) ? updated : null,
  };
}
