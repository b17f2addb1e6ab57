import type { Activity } from '../../domain/activities.ts';
import type { Estate } from '../../domain/estate.ts';
import { checkInstrument } from '../../domain/supply/check-instrument.ts';
import type { Instrument } from '../../domain/supply/instrument.ts';
import type { ChangeConfiguration } from '../change-configuration.ts';
import { createSupplyRecords, type SupplyRecords } from './supply-records.ts';
import type { SupplyReads } from './supply-store.ts';

/** What was bought to cover the use of electricity and gas. */
export type Instruments = SupplyRecords<Instrument>;

/**
 * Builds the use cases of instruments. The meters one names must exist when it is written; a meter that is deleted later
 * had no readings, and leaves nothing uncovered.
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
    },
    reads,
    change,
  );
}
