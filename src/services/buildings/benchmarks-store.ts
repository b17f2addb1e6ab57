import type { BenchmarkEdition } from '../../domain/buildings/benchmarks.ts';

/** What became of an edition that was sent. */
export type EditionOutcome = 'created' | 'unchanged';

/** Where a list of editions goes on: after this table and edition. */
export type EditionPosition = { table: string; edition: string };

/** Keeps editions of benchmarks. `atSeq` null: as they stand now. */
export type BenchmarkStore = {
  /**
   * Keeps an edition. The same again writes nothing.
   * @throws Refusal `conflict` where the name was given to another content before, or another edition of the table is
   * valid from the same day.
   */
  write(edition: BenchmarkEdition, principal: string): Promise<EditionOutcome>;
  /** Ends an edition; false where there is none. */
  end(position: EditionPosition, principal: string): Promise<boolean>;
  find(position: EditionPosition, atSeq: string | null): Promise<BenchmarkEdition | null>;
  /** Up to `limit + 1` editions after a position, by table and edition in byte order. */
  list(after: EditionPosition | null, limit: number, atSeq: string | null): Promise<BenchmarkEdition[]>;
  /** All editions that stand or stood. */
  all(atSeq: string | null): Promise<BenchmarkEdition[]>;
};
