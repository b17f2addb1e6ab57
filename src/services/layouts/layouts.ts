import { touchedOne } from '../../domain/change-log/touched.ts';
import { Refusal } from '../../domain/refusal.ts';
import { checkLayout } from '../../domain/upload/check-layout.ts';
import type { KeptLayout } from '../../domain/upload/kept-layout.ts';
import type { ChangeConfiguration } from '../change-configuration.ts';
import type { KeyedRecords } from '../keyed-records.ts';
import { pageOf } from '../page.ts';
import { sameContent } from '../same-content.ts';
import type { LayoutReads } from './layout-store.ts';

/** Kept layouts of supplier files. Files that were read by one stay as they were read. */
export type Layouts = KeyedRecords<KeptLayout>;

function unknownLayout(name: string): Refusal {
  return new Refusal('unknown-layout', `There is no layout '${name}'`);
}

/** Builds the use cases of layouts. */
export function createLayouts(reads: LayoutReads, change: ChangeConfiguration): Layouts {
  return {
    async get(name, { seq }) {
      const layout = await reads.find(name, seq);
      if (layout === null) throw unknownLayout(name);
      return layout;
    },

    async put(layout, principal) {
      checkLayout(layout);
      return change(
        { kind: 'layout', principal, touched: touchedOne('layout', layout.name) },
        async ({ layouts, changeId }) => {
          const { id, current } = await layouts.claim(layout.name);
          if (!sameContent(current, layout)) await layouts.write(id, await changeId(), layout);
          return { created: current === null, value: layout };
        },
      );
    },

    list: async (page, { seq }) => pageOf(await reads.list(page, seq), page.limit, ({ name }) => name),

    async remove(name, principal) {
      await change(
        { kind: 'layout', principal, touched: touchedOne('layout', name) },
        async ({ layouts, changeId }) => {
          const { id, current } = await layouts.claim(name);
          if (current === null) throw unknownLayout(name);
          await layouts.end(id, await changeId());
        },
      );
    },
  };
}
