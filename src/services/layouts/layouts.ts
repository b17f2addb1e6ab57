import type { Principal } from '../../domain/access.ts';
import { Refusal } from '../../domain/refusal.ts';
import { checkLayout } from '../../domain/upload/check-layout.ts';
import type { KeptLayout } from '../../domain/upload/kept-layout.ts';
import type { ChangeConfiguration, PutOutcome } from '../change-configuration.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import { sameContent } from '../same-content.ts';
import type { LayoutReads } from './layout-store.ts';

/** Kept layouts of supplier files. */
export type Layouts = {
  /** Keeps a layout. The same again changes nothing; a change keeps what it was before. */
  put(layout: KeptLayout, principal: Principal): Promise<PutOutcome<KeptLayout>>;
  /** @throws Refusal `unknown-layout`. */
  get(name: string): Promise<KeptLayout>;
  list(page: PageRequest): Promise<Page<KeptLayout>>;
  /** Files that were read by it stay as they were read. */
  remove(name: string, principal: Principal): Promise<void>;
};

function unknownLayout(name: string): Refusal {
  return new Refusal('unknown-layout', `There is no layout '${name}'`);
}

/** Builds the use cases of layouts. */
export function createLayouts(reads: LayoutReads, change: ChangeConfiguration): Layouts {
  return {
    async get(name) {
      const layout = await reads.find(name);
      if (layout === null) throw unknownLayout(name);
      return layout;
    },

    async put(layout, principal) {
      checkLayout(layout);
      return change({ kind: 'layout', principal }, async ({ layouts, changeId }) => {
        const { id, current } = await layouts.claim(layout.name);
        if (!sameContent(current, layout)) await layouts.write(id, await changeId(), layout);
        return { created: current === null, value: layout };
      });
    },

    list: async (page) => pageOf(await reads.list(page), page.limit, ({ name }) => name),

    async remove(name, principal) {
      await change({ kind: 'layout', principal }, async ({ layouts, changeId }) => {
        const { id, current } = await layouts.claim(name);
        if (current === null) throw unknownLayout(name);
        await layouts.end(id, await changeId());
      });
    },
  };
}
