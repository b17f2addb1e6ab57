import { type Closure, checkClosure } from '../../domain/closures.ts';
import type { Estate } from '../../domain/estate.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { KeyedRecords } from '../keyed-records.ts';
import { type PageRequest, pageOf } from '../page.ts';

/** Keeps closures. `atSeq` null: as they stand now. */
export type ClosureStore = {
  /** Replaces a closure, or makes it. The same again writes nothing. */
  write(closure: Closure, principal: string): Promise<{ created: boolean }>;
  /** Ends a closure; false where there is none. */
  end(key: string, principal: string): Promise<boolean>;
  find(key: string, atSeq: string | null): Promise<Closure | null>;
  list(page: PageRequest, atSeq: string | null): Promise<Closure[]>;
  /** All of them as they stand now. */
  current(): Promise<readonly Closure[]>;
};

/** Dated closures of sites. Days in the wrong order, no sites, and a site that is not there are refused. */
export type Closures = KeyedRecords<Closure>;

const unknown = (key: string): Refusal => new Refusal('unknown-closure', `There is no closure '${key}'`);

/** Builds the use cases of closures. */
export function createClosures(store: ClosureStore, currentEstate: () => Promise<Estate>): Closures {
  return {
    async put(closure, principal) {
      checkClosure(closure);
      const { sites } = await currentEstate();
      const faults = closure.sites.flatMap((site, index) =>
        sites.has(site)
          ? []
          : [{ pointer: `/sites/${index}`, code: 'unknown-site', detail: `there is no site '${site}'` }],
      );
      if (faults[0] !== undefined) throw new Refusal('unknown-site', faults[0].detail, faults);
      return { ...(await store.write(closure, principal.label)), value: closure };
    },

    async get(key, { seq }) {
      const closure = await store.find(key, seq);
      if (closure === null) throw unknown(key);
      return closure;
    },

    async list(page, { seq }) {
      return pageOf(await store.list(page, seq), page.limit, ({ key }) => key);
    },

    async remove(key, principal) {
      if (!(await store.end(key, principal.label))) throw unknown(key);
    },
  };
}
