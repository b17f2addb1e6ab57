import { ZERO } from '../decimal.ts';
import type { Figure } from '../figure.ts';
import type { FigureQuestion } from '../figure-question.ts';
import type { FigureRow } from '../figure-table.ts';
import type { RowSums } from '../row-sums.ts';
import type { ChangeEnds } from './change-answer.ts';
import type { ChangeBasis } from './change-question.ts';
import { type ChangeSums, noChange } from './change-sums.ts';
import { exactKg } from './exact-kg.ts';
import { rowName, type SplitChange } from './split-change.ts';

/** The figures that a change lies between; `published` is the first one as it was known to an earlier moment. */
export type ChangeFigures = { first: Figure; second: Figure; published: Figure | null };

/** A change on a basis: the figures it lies between, and the parts in between. Exact. */
export type SplitEnds = { ends: ChangeEnds; sums: ChangeSums };

/** What is made on the basis that an answer leads with, and on the other one where the question asks for both. */
export type OnBases<Made> = { lead: Made; beside: Made | null };

/** A row of a change: a row of one of the figures or of both, with the change in between. */
export type MergedRow = OnBases<SplitEnds> & {
  dims: FigureRow['dims'];
  from: FigureRow | null;
  to: FigureRow | null;
};

/** A change that was split on a basis. */
export type BasisSplit = { basis: ChangeBasis; split: SplitChange };

type Asked = Pick<FigureQuestion, 'groupBy' | 'scopes'>;
type Ended<Row> = { first: Row | undefined; second: Row | undefined; published: Row | undefined | null };

/** Rows that count in the total, by name. */
function rowsByName(figure: Figure | null, { groupBy }: Asked): Map<string, FigureRow> {
  const rows = figure?.rows.filter(({ flow }) => flow === 'use') ?? [];
  return new Map(rows.map((row) => [rowName(row.dims, groupBy), row]));
}

/** The ends of a change: with a published first figure, what came of it since is the revision. */
function endsOf({ first, second, published }: Ended<RowSums>, question: Asked, basis: ChangeBasis): ChangeEnds {
  const kg = (sums: RowSums | undefined) => (sums === undefined ? ZERO : exactKg(sums, question, basis));
  if (published === null) return { from: kg(first), to: kg(second), revision: null };
  return { from: kg(published), to: kg(second), revision: kg(first).minus(kg(published)) };
}

function onBases<From, Made>({ lead, beside }: OnBases<From>, make: (from: From) => Made): OnBases<Made> {
  return { lead: make(lead), beside: beside === null ? null : make(beside) };
}

/** The change of the totals, on each basis. */
export function totalChange(
  { first, second, published }: ChangeFigures,
  question: Asked,
  splits: OnBases<BasisSplit>,
): OnBases<SplitEnds> {
  const totals = { first: first.total, second: second.total, published: published === null ? null : published.total };
  return onBases(splits, ({ basis, split }) => ({ ends: endsOf(totals, question, basis), sums: split.total }));
}

/** Sets the rows of two figures beside each other, with the parts of the change between them; in order of their names. */
export function mergeRows(figures: ChangeFigures, question: Asked, splits: OnBases<BasisSplit>): MergedRow[] {
  const first = rowsByName(figures.first, question);
  const second = rowsByName(figures.second, question);
  const published = rowsByName(figures.published, question);
  const isRevised = figures.published !== null;
  const parted = [splits.lead, ...(splits.beside === null ? [] : [splits.beside])].map(({ split }) => split.rows);
  const names = new Set([first, second, published, ...parted].flatMap((rows) => [...rows.keys()]));
  return [...names].sort().map((name): MergedRow => {
    const [before, after, was] = [first.get(name), second.get(name), published.get(name)];
    const rows = { first: before?.sums, second: after?.sums, published: isRevised ? was?.sums : null };
    const other = parted.map((made) => made.get(name)).find((row) => row !== undefined);
    return {
      dims: after?.dims ?? before?.dims ?? was?.dims ?? other?.dims ?? {},
      from: (isRevised ? was : before) ?? null,
      to: after ?? null,
      ...onBases(splits, ({ basis, split }) => {
        return { ends: endsOf(rows, question, basis), sums: split.rows.get(name)?.sums ?? noChange() };
      }),
    };
  });
}
