import type { Activity } from '../../domain/activities.ts';
import type { Estate } from '../../domain/estate.ts';
import { usableProducts } from '../../domain/market/instrument-standing.ts';
import { checkInstrument } from '../../domain/supply/check-instrument.ts';
import type { Instrument } from '../../domain/supply/instrument.ts';
import { checkProduct } from '../../domain/supply/product-overlap.ts';
import type { ChangeConfiguration } from '../change-configuration.ts';
import type { KeyedRecords } from '../keyed-records.ts';
import { createSupplyRecords } from './supply-records.ts';
import type { SupplyReads } from './supply-store.ts';

/** What was bought to cover the use of electricity and gas. */
export type Instruments = KeyedRecords<Instrument>;

/**
 * Builds the use cases of instruments. The meters one names must exist when it is written; a meter that is deleted later
 * had no readings, and leaves nothing uncovered. A day of a meter has one supplier's product.
 */
export function createInstruments(
  reads: SupplyReads,
  change: ChangeConfiguration,
  currentEstate: () => Promise<Estate>,
): Instruments {
  return createSupplyRecords(
    {
      kind: 'instrument',
      unknown: 'unknown-instrument',
      noun: 'instrument',
      async prepare(instrument) {
        const { meters } = await currentEstate();
        checkInstrument(instrument, new Map(meters.map(({ key, activity }): [string, Activity] => [key, activity])));
      },
      async check(instrument, { supply, meters }) {
        if (usableProducts([instrument]).length === 0) return;
        // Meters with contracts are written under the same lock, so that both see what the other has written.
        const others = usableProducts(await supply.lockKind('instrument'));
        checkProduct(instrument, others, await meters.contracted());
      },
    },
    reads,
    change,
  );
}
