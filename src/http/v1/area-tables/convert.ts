import type { AreaTable } from '../../../domain/places/area-table.ts';
import type { AreaTableOutcome, SitePlace } from '../../../services/places/area-tables-port.ts';
import type { CsvColumn } from '../../csv.ts';
import type { AreaTableOutcomeOutput, AreaTableOutput, PlaceOutput } from './schemas.ts';

/** A table for its answer. */
export function toAreaTable({ key, publishedOn, digest, ...table }: AreaTable): AreaTableOutput {
  return { table: key, ...table, sha256: digest, ...(publishedOn !== null && { publishedOn }) };
}

/** What a table came to, for its answer. */
export function toAreaTableOutcome({ table, read, outcome }: AreaTableOutcome): AreaTableOutcomeOutput {
  return { table: toAreaTable(table), outcome, skipped: read.skipped };
}

function reasonOf({ decile, lsoa, postcode }: SitePlace): PlaceOutput['reason'] {
  if (decile !== null) return undefined;
  if (lsoa !== null) return 'lsoa-not-in-index';
  return postcode === null ? 'no-postcode-or-lsoa' : 'postcode-not-found';
}

/** Where a site stands, for its answer. */
export function toPlace(place: SitePlace): PlaceOutput {
  const { site, postcode, lsoa, via, rank, decile } = place;
  const reason = reasonOf(place);
  return {
    site,
    ...(postcode !== null && { postcode }),
    ...(lsoa !== null && { lsoa }),
    ...(via !== null && { via }),
    ...(rank !== null && { rank }),
    imdDecile: decile,
    ...(reason !== undefined && { reason }),
  };
}

/** The columns of a list of tables as CSV. */
export const AREA_TABLE_COLUMNS: readonly CsvColumn<AreaTableOutput>[] = [
  { header: 'table', value: (row) => row.table },
  { header: 'kind', value: (row) => row.kind },
  { header: 'geography', value: (row) => row.geography },
  { header: 'source', value: (row) => row.source },
  { header: 'publishedOn', value: (row) => row.publishedOn },
  { header: 'sha256', value: (row) => row.sha256 },
  { header: 'rows', value: (row) => row.rows },
];

/** The columns of the places as CSV. */
export const PLACE_COLUMNS: readonly CsvColumn<PlaceOutput>[] = [
  { header: 'site', value: (row) => row.site },
  { header: 'postcode', value: (row) => row.postcode },
  { header: 'lsoa', value: (row) => row.lsoa },
  { header: 'via', value: (row) => row.via },
  { header: 'rank', value: (row) => row.rank },
  { header: 'imdDecile', value: (row) => row.imdDecile },
  { header: 'reason', value: (row) => row.reason },
];
