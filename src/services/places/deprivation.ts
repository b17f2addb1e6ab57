import type { Deciles } from '../../domain/figure-plan.ts';
import type { AreaTable } from '../../domain/places/area-table.ts';
import type { FloorAreas } from '../../domain/places/place-cells.ts';
import type { ClockReading } from '../past/past-store.ts';
import type { PlacesReader } from './area-tables-port.ts';
import { placesBy } from './places.ts';

/** One table of deprivation over the estate: what rows by decile are made with. */
export type Deprivation = { table: AreaTable; deciles: Deciles; floorAreas: ReadonlyMap<string, FloorAreas> };

/**
 * The table that is named, or the newest, with the decile of every site.
 * @throws Refusal `unknown-area-table`.
 */
export type DeprivationReader = (table: string | null) => Promise<Deprivation>;

/** Deprivation as it is known now (`null`) or was at a reading of the clock. */
export function deprivationAt(reader: PlacesReader, at: ClockReading | null): DeprivationReader {
  return async (key) => {
    const [{ table, rows }, floorAreas] = await Promise.all([placesBy(reader, key, at), reader.floorAreas(at)]);
    const known = rows.flatMap(({ site, decile }) =>
      decile === null ? [] : [[site, String(decile).padStart(2, '0')] as const],
    );
    return { table, deciles: new Map(known), floorAreas };
  };
}
