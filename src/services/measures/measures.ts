import { checkMeasure } from '../../domain/measures/check-measure.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ChangeConfiguration } from '../change-configuration.ts';
import type { KeyedRecords } from '../keyed-records.ts';
import { createSupplyRecords } from '../supply/supply-records.ts';
import type { SupplyReads } from '../supply/supply-store.ts';

/** What may be done at sites. No figure of the past rests on it. */
export type Measures = KeyedRecords<Measure>;

/** Builds the use cases of measures. The site must exist when one is written. */
export function createMeasures(reads: SupplyReads, change: ChangeConfiguration): Measures {
  return createSupplyRecords(
    {
      kind: 'measure',
      unknown: 'unknown-measure',
      noun: 'measure',
      prepare: async (measure) => checkMeasure(measure),
      async check({ site }, { sites }) {
        if ((await sites.hold([site])).has(site)) return;
        const detail = `there is no site '${site}'`;
        throw new Refusal('unknown-site', detail, [{ pointer: '/site', code: 'unknown-site', detail }]);
      },
    },
    reads,
    change,
  );
}
