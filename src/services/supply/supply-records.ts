import { type Touched, touchedOne, touchedTogether } from '../../domain/change-log/touched.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import { Refusal, type RefusalCode } from '../../domain/refusal.ts';
import type { SupplyDocuments, SupplyKind } from '../../domain/supply/supply.ts';
import type { ChangeConfiguration, ConfigurationStores } from '../change-configuration.ts';
import type { KeyedRecords } from '../keyed-records.ts';
import { pageOf } from '../page.ts';
import { sameContent } from '../same-content.ts';
import type { SupplyReads } from './supply-store.ts';

/** What one kind is called in refusals, and what is checked of it. */
export type SupplyRules<Kind extends SupplyKind> = {
  kind: Kind;
  unknown: RefusalCode;
  noun: string;
  /** Looks at what the value names, before the transaction begins. */
  prepare?(value: SupplyDocuments[Kind]): Promise<void>;
  check?(value: SupplyDocuments[Kind], stores: ConfigurationStores): Promise<void>;
  checkRemoval?(key: string, stores: ConfigurationStores): Promise<void>;
};

/** The days that a record is about, where it says when they begin and end. */
function daysOf(value: SupplyDocuments[SupplyKind]): DaySpan | null {
  if ('start' in value) return { start: value.start, end: value.end };
  return 'from' in value && value.to !== null ? { start: value.from, end: value.to } : null;
}

/** A record, and the site that it is about. */
function touchedBy(kind: SupplyKind, value: SupplyDocuments[SupplyKind]): Touched {
  const record = touchedOne(kind, value.key, daysOf(value));
  return 'site' in value ? touchedTogether([record, touchedOne('site', value.site)]) : record;
}

/** Builds the use cases of one kind of supply record. */
export function createSupplyRecords<Kind extends SupplyKind>(
  rules: SupplyRules<Kind>,
  reads: SupplyReads,
  change: ChangeConfiguration,
): KeyedRecords<SupplyDocuments[Kind]> {
  const { kind } = rules;
  const unknown = (key: string): Refusal => new Refusal(rules.unknown, `There is no ${rules.noun} '${key}'`);
  return {
    async put(value, principal) {
      await rules.prepare?.(value);
      return change({ kind, principal, touched: touchedBy(kind, value) }, async (stores) => {
        const { supply, changeId } = stores;
        await rules.check?.(value, stores);
        const { id, current } = await supply.claim(kind, value.key);
        if (!sameContent(current, value)) await supply.write<Kind>(id, await changeId(), value);
        return { created: current === null, value };
      });
    },

    async get(key, { seq }) {
      const value = await reads.find(kind, key, seq);
      if (value === null) throw unknown(key);
      return value;
    },

    async list(page, { seq }) {
      return pageOf(await reads.list(kind, page, seq), page.limit, ({ key }) => key);
    },

    async remove(key, principal) {
      const known = await reads.find(kind, key, null);
      const touched = known === null ? touchedOne(kind, key) : touchedBy(kind, known);
      await change({ kind, principal, touched }, async (stores) => {
        const { id, current } = await stores.supply.claim(kind, key);
        if (current === null) throw unknown(key);
        await rules.checkRemoval?.(key, stores);
        await stores.supply.end(id, await stores.changeId());
      });
    },
  };
}
