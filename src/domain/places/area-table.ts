import type { LocalDay } from '../local-day.ts';

/** What a look-up table of areas tells: the small area of a postcode, or how deprived a small area is. */
export const AREA_TABLE_KINDS = ['postcodes', 'deprivation'] as const;
export type AreaTableKind = (typeof AREA_TABLE_KINDS)[number];

/**
 * The census whose lower layer super output areas (LSOA) the codes of a table are of. The areas of 2021 split and merged some
 * of those of 2011: the index of 2019 stands on the former, that of 2025 on the latter. Tables of two geographies are never
 * joined.
 */
export const GEOGRAPHIES = [2011, 2021] as const;
export type Geography = (typeof GEOGRAPHIES)[number];

/** One edition of a table, such as `imd-2025`. */
export type AreaTable = {
  key: string;
  kind: AreaTableKind;
  geography: Geography;
  /** Where it was published. */
  source: string;
  publishedOn: LocalDay | null;
  /** SHA-256 of the file as it came. */
  digest: string;
  rows: number;
};

/** One row of a table: a postcode with its area, or an area with its national rank and decile. */
export type PostcodeRow = { postcode: string; lsoa: string };
export type DeprivationRow = { lsoa: string; rank: number | null; decile: number };
export type AreaRow = PostcodeRow | DeprivationRow;
