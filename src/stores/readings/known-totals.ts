import type { Pool } from 'pg';
import type { StoredBilledPeriod } from '../../domain/billed-period.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { StoredRead } from '../../domain/registers/register-read.ts';
import { knownWhen } from '../past/known-when.ts';
import { BILL_COLUMNS, type BillRow, billFromRow } from './billed-periods.ts';
import { READ_COLUMNS, type ReadRow, readFromRow } from './register-reads.ts';

const BILLS = `
select ${BILL_COLUMNS}
from billed_period b
left join billed_period o on o.id = b.credits
where b.meter_id = any($1::integer[]) and ${knownWhen('b', '$2::bigint')}
order by b.meter_id, b.start_day, b.id`;

const READS = `
select ${READ_COLUMNS}
from register_reading r
where r.meter_id = any($1::integer[]) and ${knownWhen('r', '$2::bigint')}
order by r.meter_id, r.day, r.id`;

/** Bills of some meters as they stand, or stood at a clock reading, by meter. */
export async function knownBills(
  pool: Pool,
  meterIds: readonly number[],
  atSeq: string | null,
): Promise<Map<number, StoredBilledPeriod[]>> {
  const { rows } = await pool.query<BillRow>(BILLS, [meterIds, atSeq]);
  return groupBy(rows.map(billFromRow), ({ meterId }) => meterId);
}

/** Register reads of some meters as they stand, or stood at a clock reading, by meter. */
export async function knownReads(
  pool: Pool,
  meterIds: readonly number[],
  atSeq: string | null,
): Promise<Map<number, StoredRead[]>> {
  const { rows } = await pool.query<ReadRow>(READS, [meterIds, atSeq]);
  return groupBy(rows.map(readFromRow), ({ meterId }) => meterId);
}
