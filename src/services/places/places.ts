import type { AreaTable } from '../../domain/places/area-table.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ClockReading } from '../past/past-store.ts';
import type { PlacesReader, SitePlace } from './area-tables-port.ts';

/**
 * The table of deprivation that a question is answered by: the one it names, else the newest.
 * @throws Refusal `unknown-area-table` where there is none.
 */
export async function deprivationTable(
  reader: PlacesReader,
  key: string | null,
  at: ClockReading | null,
): Promise<AreaTable> {
  const tables = await reader.deprivationTables(at);
  const found = key === null ? tables[0] : tables.find((table) => table.key === key);
  if (found !== undefined) return found;
  const kept = tables.map((table) => table.key).join(', ');
  const detail =
    tables.length === 0
      ? 'No table of deprivation is kept: upload an edition of the index with PUT /v1/area-tables/{table}'
      : `There is no table of deprivation '${key}': expected one of ${kept}`;
  throw new Refusal('unknown-area-table', detail);
}

/** Where the sites stand by a table of deprivation: the one named, else the newest. */
export async function placesBy(
  reader: PlacesReader,
  key: string | null,
  at: ClockReading | null,
): Promise<{ table: AreaTable; rows: SitePlace[] }> {
  const table = await deprivationTable(reader, key, at);
  return { table, rows: await reader.places(table.key, at) };
}
