import type { Principal } from '../../domain/access.ts';
import { type BenchmarkEdition, checkBenchmarkEdition } from '../../domain/buildings/benchmarks.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { BenchmarkStore, EditionOutcome, EditionPosition } from './benchmarks-store.ts';

/** Editions of benchmarks, which are never edited. */
export type Benchmarks = {
  put(edition: BenchmarkEdition, principal: Principal): Promise<EditionOutcome>;
  /** @throws Refusal `unknown-benchmarks`. */
  get(position: EditionPosition, atSeq: string | null): Promise<BenchmarkEdition>;
  list(
    after: EditionPosition | null,
    limit: number,
    atSeq: string | null,
  ): Promise<{ items: BenchmarkEdition[]; next: EditionPosition | null }>;
  /** @throws Refusal `unknown-benchmarks`. */
  remove(position: EditionPosition, principal: Principal): Promise<void>;
  all(atSeq: string | null): Promise<BenchmarkEdition[]>;
};

function unknown({ table, edition }: EditionPosition): Refusal {
  return new Refusal('unknown-benchmarks', `There is no edition '${edition}' of the benchmarks '${table}'`);
}

/** Builds the use cases of benchmarks. */
export function createBenchmarks(store: BenchmarkStore): Benchmarks {
  return {
    async put(edition, principal) {
      checkBenchmarkEdition(edition);
      return store.write(edition, principal.label);
    },

    async get(position, atSeq) {
      const edition = await store.find(position, atSeq);
      if (edition === null) throw unknown(position);
      return edition;
    },

    async list(after, limit, atSeq) {
      const found = await store.list(after, limit, atSeq);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const next = found.length > limit && last !== undefined ? { table: last.table, edition: last.edition } : null;
      return { items, next };
    },

    async remove(position, principal) {
      if (!(await store.end(position, principal.label))) throw unknown(position);
    },

    all: (atSeq) => store.all(atSeq),
  };
}
