import type { UndoLog } from './day-history.ts';

/** A row of evidence as it stood from `changeId` until `supersededBy`: a bill, or a dial read. */
export type EvidenceVersion = {
  id: string;
  changeId: string;
  supersededBy: string | null;
  /** All that it says, as text: two rows with the same say the same. */
  content: string;
};

/** How rows of one kind relate. */
export type EvidenceKind<Row> = {
  /** Whether one can have replaced the other. */
  meets: (a: Row, b: Row) => boolean;
  /** Whether the two cannot stand beside each other. */
  excludes: (a: Row, b: Row) => boolean;
};

/** What undoing a change does to the rows of one meter: those that end, those that come back, and how many stay. */
export type EvidenceUndo<Row> = { ended: Row[]; restored: Row[]; kept: number };

/** Who first wrote what each row says: a row that an undo brought back says what another had said. */
function writersOf<Row extends EvidenceVersion>(
  versions: readonly Row[],
  undos: ReadonlySet<string>,
): ReadonlyMap<Row, string> {
  const writers = new Map<Row, string>();
  versions.forEach((row, index) => {
    const isBroughtBack = undos.has(row.changeId);
    const source = isBroughtBack
      ? versions.findLast((other, at) => at < index && other.content === row.content)
      : undefined;
    writers.set(row, (source === undefined ? undefined : writers.get(source)) ?? row.changeId);
  });
  return writers;
}

/**
 * Takes a change back from the bills or the reads of one meter. `versions` are all there ever were, oldest first. What the
 * change wrote and still stands ends; what it replaced comes back, or what that had replaced where its own writer has been
 * taken back too, unless something else stands in its place by now.
 */
export function undoEvidence<Row extends EvidenceVersion>(
  versions: readonly Row[],
  changeId: string,
  { undone, undos }: UndoLog,
  { meets, excludes }: EvidenceKind<Row>,
): EvidenceUndo<Row> {
  const writers = writersOf(versions, undos);
  const before = (row: Row): Row[] => {
    const writer = writers.get(row);
    // A bill and the credit note that cancels it may have come in one delivery.
    const replaced = versions.filter(
      (other) => other.supersededBy === writer && writers.get(other) !== writer && meets(other, row),
    );
    return replaced.flatMap((other) => (undone.has(writers.get(other) ?? '') ? before(other) : [other]));
  };
  const standing = versions.filter((row) => row.supersededBy === null);
  const ended = standing.filter((row) => writers.get(row) === changeId);
  const left = standing.filter((row) => writers.get(row) !== changeId);
  const restored: Row[] = [];
  for (const row of ended.flatMap(before))
    if (![...left, ...restored].some((other) => excludes(other, row))) restored.push(row);
  const written = versions.filter((row) => row.changeId === changeId && row.supersededBy !== changeId);
  return { ended, restored, kept: written.length - ended.length };
}
