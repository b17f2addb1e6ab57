import type { AreaRow, AreaTable } from '../../domain/places/area-table.ts';
import type { AreaTableRead } from '../../domain/places/read-area-table.ts';
import type { PageRequest } from '../page.ts';
import type { ClockReading } from '../past/past-store.ts';

/** Rows of a table as they are read; what was read stands in the last value. */
export type AreaRows = AsyncGenerator<readonly AreaRow[], AreaTableRead & { digest: string }>;

/** What a table is called and where it comes from. */
export type AreaTableInput = Pick<AreaTable, 'key' | 'source' | 'publishedOn'>;

/** What became of a table that was sent. */
export type AreaTableOutcome = {
  table: AreaTable;
  read: AreaTableRead;
  /** `unchanged` where the same file stands already under the same name and source. */
  outcome: 'created' | 'replaced' | 'unchanged';
};

/** Keeps look-up tables of areas, whole or not at all. */
export type AreaTableStore = {
  write(input: AreaTableInput, rows: AreaRows, principal: string): Promise<AreaTableOutcome>;
  /** A table that stands now, or stood at a clock reading. */
  find(key: string, atSeq: string | null): Promise<AreaTable | null>;
  /** Up to `limit + 1` tables after `after`, by key in byte order. */
  list(page: PageRequest, atSeq: string | null): Promise<AreaTable[]>;
  /** Ends a table; false where there is none. */
  end(key: string, principal: string): Promise<boolean>;
};

/** Where one site stands by one table of deprivation. */
export type SitePlace = {
  site: string;
  postcode: string | null;
  /** The small area; null where none is known in the table's geography. */
  lsoa: string | null;
  /** How the area is known: `site` where the site names it, else the key of the table of postcodes. */
  via: string | null;
  rank: number | null;
  /** National decile, 1 the most deprived; null where the table does not hold the area. */
  decile: number | null;
};

/** Where sites stand, by the tables that are known now or were at a reading of the clock. */
export type PlacesReader = {
  /** The tables of deprivation, the newest first. */
  deprivationTables(at: ClockReading | null): Promise<AreaTable[]>;
  /** By site key in byte order. */
  places(table: string, at: ClockReading | null): Promise<SitePlace[]>;
  /** Floor areas by site, each from a day on. */
  floorAreas(at: ClockReading | null): Promise<ReadonlyMap<string, readonly { from: string | null; areaM2: number }[]>>;
};
