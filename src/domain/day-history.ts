import type { IntervalProfile } from './interval-profile.ts';

/** What was delivered for one meter-day as it stood from one change to the next; null where nothing was. */
export type DayVersion = { changeId: string; profile: IntervalProfile | null };

/** Which changes were taken back, and which ones took others back. */
export type UndoLog = { undone: ReadonlySet<string>; undos: ReadonlySet<string> };

/** What undoing a change does to the evidence of one meter-day. */
export type DayUndo =
  /** The change delivered nothing for the day: its quantity alone may follow from other evidence. */
  | { kind: 'untouched' }
  /** What the change delivered is not what stands now: `by` has changed it since. */
  | { kind: 'kept'; by: string }
  | { kind: 'restored'; profile: IntervalProfile | null };

function isSameProfile(a: IntervalProfile | null, b: IntervalProfile | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.resolutionMinutes === b.resolutionMinutes &&
    a.quality === b.quality &&
    a.values.length === b.values.length &&
    a.values.every((value, index) => value === b.values[index])
  );
}

/**
 * Who delivered what each version holds. A version that only got another quantity, because a bill over the day was shared
 * out again, still holds what the one before it held; one that an undo brought back holds what its first writer delivered.
 */
function writersOf(versions: readonly DayVersion[], undos: ReadonlySet<string>): (string | null)[] {
  const writers: (string | null)[] = [];
  versions.forEach(({ changeId, profile }, index) => {
    const before = versions[index - 1];
    if (profile === null) writers.push(null);
    else if (before !== undefined && isSameProfile(profile, before.profile)) writers.push(writers[index - 1] ?? null);
    else if (undos.has(changeId)) {
      const source = versions.findLastIndex((other, at) => at < index && isSameProfile(profile, other.profile));
      writers.push(writers[source] ?? changeId);
    } else writers.push(changeId);
  });
  return writers;
}

/**
 * Takes a change back from one meter-day. `versions` are all that the day has been, oldest first, the last one standing.
 * What stood before the change comes back where the change's own delivery still stands: the newest older version whose
 * writer has not itself been taken back. A day that another writer has changed since stays as it is.
 */
export function undoDay(versions: readonly DayVersion[], changeId: string, { undone, undos }: UndoLog): DayUndo {
  const writers = writersOf(versions, undos);
  if (writers.at(-1) !== changeId) {
    const last = writers.lastIndexOf(changeId);
    const next = versions[last + 1];
    return last < 0 || next === undefined ? { kind: 'untouched' } : { kind: 'kept', by: next.changeId };
  }
  let source = writers.indexOf(changeId) - 1;
  for (let writer = writers[source]; writer != null && undone.has(writer); writer = writers[source])
    source = writers.indexOf(writer) - 1;
  return { kind: 'restored', profile: versions[source]?.profile ?? null };
}
