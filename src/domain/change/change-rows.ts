import { ZERO } from '../decimal.ts';
import type { Figure } from '../figure.ts';
import type { FigureQuestion } from '../figure-question.ts';
import type { FigureRow } from '../figure-table.ts';
import type { RowSums } from '../row-sums.ts';
import type { ChangeEnds } from './change-answer.ts';
import { type ChangeSums, noChange } from './change-sums.ts';
import { exactKg } from './exact-kg.ts';
import { rowName, type SplitChange } from './split-change.ts';

/** The figures that a change lies between; `published` is the first one as it was known to an earlier moment. */
export type ChangeFigures = { first: Figure; second: Figure; published: Figure | null };

/** A row of a change: a row of one of the figures or of both, and the parts that lie between. Exact. */
export type MergedRow = {
  dims: FigureRow['dims'];
  from: FigureRow | null;
  to: FigureRow | null;
  ends: ChangeEnds;
  sums: ChangeSums;
};

type Asked = Pick<FigureQuestion, 'groupBy' | 'scopes'>;

/** Rows that count in the total, by name. */
function rowsByName(figure: Figure | null, { groupBy }: Asked): Map<string, FigureRow> {
  const rows = figure?.rows.filter(({ flow }) => flow === 'use') ?? [];
  return new Map(rows.map((row) => [rowName(row.dims, groupBy), row]));
}

/** The ends of a change: with a published first figure, what came of it since is the revision. */
function endsOf(
  question: Asked,
  first: RowSums | undefined,
  second: RowSums | undefined,
  published: RowSums | undefined | null,
): ChangeEnds {
  const kg = (sums: RowSums | undefined) => (sums === undefined ? ZERO : exactKg(sums, question));
  if (published === null) return { from: kg(first), to: kg(second), revision: null };
  return { from: kg(published), to: kg(second), revision: kg(first).minus(kg(published)) };
}

/** The ends of the change of the totals. */
export function totalEnds({ first, second, published }: ChangeFigures, question: Asked): ChangeEnds {
  return endsOf(question, first.total, second.total, published === null ? null : published.total);
}

/** Sets the rows of two figures beside each other, with the parts of the change between them; in order of their names. */
export function mergeRows(figures: ChangeFigures, question: Asked, split: SplitChange): MergedRow[] {
  const first = rowsByName(figures.first, question);
  const second = rowsByName(figures.second, question);
  const published = rowsByName(figures.published, question);
  const isRevised = figures.published !== null;
  const names = new Set([...first.keys(), ...second.keys(), ...published.keys(), ...split.rows.keys()]);
  return [...names].sort().map((name): MergedRow => {
    const [before, after, was] = [first.get(name), second.get(name), published.get(name)];
    const parts = split.rows.get(name);
    return {
      dims: after?.dims ?? before?.dims ?? was?.dims ?? parts?.dims ?? {},
      from: (isRevised ? was : before) ?? null,
      to: after ?? null,
      ends: endsOf(question, before?.sums, after?.sums, isRevised ? was?.sums : null),
      sums: parts?.sums ?? noChange(),
    };
  });
}
