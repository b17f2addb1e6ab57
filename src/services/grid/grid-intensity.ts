import type { Now } from '../../clock.ts';
import type { Principal } from '../../domain/access.ts';
import { checkIntensities, type GridIntensity, type IntensityEntry } from '../../domain/grid/grid-intensity.ts';
import type { Intensities } from '../../domain/grid/time-match.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';
import type { ClockReading } from '../past/past-store.ts';

/** What a table of intensities did. `seq` is null when nothing new was written. */
export type IntensityOutcome = { new: number; changed: number; unchanged: number; seq: string | null };

/** A position in the list: region, then instant. */
export type IntensityPosition = { region: string; start: string };
export type IntensityFilter = { region: string | null; span: DaySpan | null };

/** Keeps intensities by half-hour, each version of them. */
export type IntensityStore = {
  write(values: readonly GridIntensity[], principal: string): Promise<IntensityOutcome>;
  /** Intensities that stand now, or stood at a clock reading. */
  list(
    filter: IntensityFilter,
    after: IntensityPosition | null,
    limit: number,
    atSeq: string | null,
  ): Promise<GridIntensity[]>;
  /** The intensities of a region over local days, as known now or at a reading of the clock. */
  read(region: string, span: DaySpan, at: ClockReading | null): Promise<Intensities>;
};

/** Carbon intensity of the grid. */
export type GridIntensities = {
  put(entries: readonly IntensityEntry[], principal: Principal): Promise<IntensityOutcome>;
  list(
    filter: IntensityFilter,
    after: IntensityPosition | null,
    limit: number,
    atSeq: string | null,
  ): Promise<{ items: GridIntensity[]; next: IntensityPosition | null }>;
};

/** Builds the use cases of grid intensities. */
export function createGridIntensities(store: IntensityStore, now: Now): GridIntensities {
  return {
    async put(entries, principal) {
      if (entries.length > LIMITS.gridIntensitiesMax)
        throw new Refusal(
          'payload-too-large',
          `The table holds ${entries.length} half-hours: expected at most ${LIMITS.gridIntensitiesMax}; send it in parts`,
        );
      return store.write(checkIntensities(entries, now().getTime()), principal.label);
    },

    async list(filter, after, limit, atSeq) {
      const found = await store.list(filter, after, limit + 1, atSeq);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const next =
        found.length > limit && last !== undefined
          ? { region: last.region, start: new Date(last.startMs).toISOString() }
          : null;
      return { items, next };
    },
  };
}
