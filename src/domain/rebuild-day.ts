import type { IntervalProfile } from './interval-profile.ts';
import type { StoredDay } from './stored-readings.ts';

/** A state that a meter-day had. `positions` null: its profile is whole; otherwise the 1-based places it changed back. */
export type DayState = StoredDay & { positions: readonly number[] | null };

function patched(later: IntervalProfile | null, state: DayState): IntervalProfile | null {
  const { positions, profile } = state;
  if (positions === null || profile === null) return profile;
  if (later === null) throw new Error(`The kept state of ${state.day} has no later profile to be read against.`);
  const values = [...later.values];
  positions.forEach((position, index) => {
    values[position - 1] = profile.values[index] ?? null;
  });
  return { ...profile, values };
}

/**
 * The oldest of a day's states, which come newest first. A kept state holds only the intervals in which it differs from the
 * one that replaced it, so each is read against the next.
 */
export function oldestState(states: readonly DayState[]): StoredDay | null {
  return states.reduce<StoredDay | null>((later, { positions, ...state }) => {
    return { ...state, profile: patched(later?.profile ?? null, { ...state, positions }) };
  }, null);
}
