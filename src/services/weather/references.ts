import type { Principal } from '../../domain/access.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Reference } from '../../domain/weather/reference-degree-days.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';

/** Keeps reference degree days. `atSeq` null: as they stand now. */
export type ReferenceStore = {
  /** Replaces a reference, or makes it. The same again writes nothing. */
  write(reference: Reference, principal: string): Promise<{ created: boolean }>;
  /** Ends a reference; false where there is none. */
  end(key: string, principal: string): Promise<boolean>;
  find(key: string, atSeq: string | null): Promise<Reference | null>;
  list(page: PageRequest, atSeq: string | null): Promise<Reference[]>;
};

/** Long-term degree days of regions, which weather is compared with. */
export type References = {
  put(reference: Reference, principal: Principal): Promise<{ created: boolean }>;
  /** @throws Refusal `unknown-reference`. */
  get(key: string, atSeq: string | null): Promise<Reference>;
  list(page: PageRequest, atSeq: string | null): Promise<Page<Reference>>;
  /** @throws Refusal `unknown-reference`. */
  remove(key: string, principal: Principal): Promise<void>;
};

/** The refusal of a reference that is not there. */
export function unknownReference(key: string, pointer?: string): Refusal {
  const detail = `There are no reference degree days '${key}': write them with PUT /v1/reference-degree-days/${key}`;
  return new Refusal(
    'unknown-reference',
    detail,
    pointer === undefined ? [] : [{ pointer, code: 'unknown-reference', detail }],
  );
}

/** Builds the use cases of reference degree days. */
export function createReferences(store: ReferenceStore): References {
  return {
    put: (reference, principal) => store.write(reference, principal.label),

    async get(key, atSeq) {
      const reference = await store.find(key, atSeq);
      if (reference === null) throw unknownReference(key);
      return reference;
    },

    async list(page, atSeq) {
      return pageOf(await store.list(page, atSeq), page.limit, ({ key }) => key);
    },

    async remove(key, principal) {
      if (!(await store.end(key, principal.label))) throw unknownReference(key);
    },
  };
}
