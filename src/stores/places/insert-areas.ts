import type pg from 'pg';
import type { AreaRow, DeprivationRow, PostcodeRow } from '../../domain/places/area-table.ts';
import { Refusal } from '../../domain/refusal.ts';

/** The transaction and the table that rows are inserted into. */
export type AreaInsert = { client: pg.PoolClient; tableId: number };

const INSERT_POSTCODES = `
insert into area_postcode (table_id, postcode, lsoa)
select $1::integer, w.postcode, w.lsoa from unnest($2::text[], $3::text[]) w(postcode, lsoa)
on conflict (table_id, postcode) do nothing`;

const INSERT_DEPRIVATION = `
insert into area_deprivation (table_id, lsoa, rank, decile)
select $1::integer, w.lsoa, w.rank, w.decile from unnest($2::text[], $3::integer[], $4::smallint[]) w(lsoa, rank, decile)
on conflict (table_id, lsoa) do nothing`;

/** Rows given twice that do not say the same; a row given twice that does is harmless. */
const POSTCODE_CONFLICT = `
select w.postcode as name, w.lsoa as given, a.lsoa as before
from unnest($2::text[], $3::text[]) w(postcode, lsoa)
join area_postcode a on a.table_id = $1 and a.postcode = w.postcode
where a.lsoa <> w.lsoa
limit 1`;

const DEPRIVATION_CONFLICT = `
select w.lsoa as name, w.decile::text as given, a.decile::text as before
from unnest($2::text[], $3::integer[], $4::smallint[]) w(lsoa, rank, decile)
join area_deprivation a on a.table_id = $1 and a.lsoa = w.lsoa
where (a.decile, a.rank) is distinct from (w.decile, w.rank)
limit 1`;

type Conflict = { name: string; given: string; before: string };

async function insert(
  { client, tableId }: AreaInsert,
  [text, conflictText]: readonly [string, string],
  columns: readonly unknown[][],
  count: number,
): Promise<void> {
  const { rowCount } = await client.query(text, [tableId, ...columns]);
  if (rowCount === count) return;
  const conflict = (await client.query<Conflict>(conflictText, [tableId, ...columns])).rows[0];
  if (conflict === undefined) return;
  const detail = `the table gives ${conflict.name} twice, as ${conflict.before} and as ${conflict.given}: expected it once`;
  throw new Refusal('invalid-request', detail, [{ pointer: `/${conflict.name}`, code: 'conflicting-values', detail }]);
}

/**
 * Inserts one batch of rows of a table.
 * @throws Refusal `invalid-request` for a postcode or area that is given twice and not the same.
 */
export async function insertAreas(target: AreaInsert, rows: readonly AreaRow[]): Promise<void> {
  const postcodes = rows.filter((row): row is PostcodeRow => 'postcode' in row);
  const areas = rows.filter((row): row is DeprivationRow => 'decile' in row);
  if (postcodes.length > 0) {
    const columns = [postcodes.map(({ postcode }) => postcode), postcodes.map(({ lsoa }) => lsoa)];
    await insert(target, [INSERT_POSTCODES, POSTCODE_CONFLICT], columns, postcodes.length);
  }
  if (areas.length > 0) {
    const columns = [areas.map(({ lsoa }) => lsoa), areas.map(({ rank }) => rank), areas.map(({ decile }) => decile)];
    await insert(target, [INSERT_DEPRIVATION, DEPRIVATION_CONFLICT], columns, areas.length);
  }
}
