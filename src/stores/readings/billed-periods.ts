import type { PoolClient } from 'pg';
import { type BilledPeriod, judgeBill, type StoredBilledPeriod } from '../../domain/billed-period.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import { fromMicro, toMicro } from './micro.ts';

const CURRENT_BILLS = `
select b.id, b.meter_id, b.start_day, b.end_day, b.quantity, b.quality, b.quality_stated, b.invoice, b.cost_gbp
from billed_period b
where b.meter_id = any($1::integer[]) and b.superseded_by is null
order by b.meter_id, b.start_day`;

type Row = {
  id: string;
  meter_id: number;
  start_day: string;
  end_day: string;
  quantity: string;
  quality: 'A' | 'E';
  quality_stated: boolean;
  invoice: string | null;
  cost_gbp: string | null;
};

function fromRow(row: Row): StoredBilledPeriod {
  return {
    id: row.id,
    meterId: row.meter_id,
    start: row.start_day,
    end: row.end_day,
    totalMicro: toMicro(row.quantity),
    quality: row.quality,
    qualityStated: row.quality_stated,
    invoice: row.invoice,
    costGbp: row.cost_gbp,
  };
}

/** The billed periods that stand now, by meter. Read after the meters are locked. */
export async function currentBills(
  client: PoolClient,
  meterIds: readonly number[],
): Promise<Map<number, StoredBilledPeriod[]>> {
  const { rows } = await client.query<Row>({ name: 'current-bills', text: CURRENT_BILLS, values: [meterIds] });
  const byMeter = new Map<number, StoredBilledPeriod[]>();
  for (const bill of rows.map(fromRow)) byMeter.set(bill.meterId, [...(byMeter.get(bill.meterId) ?? []), bill]);
  return byMeter;
}

const INSERT_BILLS = `
insert into billed_period (meter_id, start_day, end_day, quantity, quality, quality_stated, invoice, cost_gbp, change_id)
select b.meter_id, b.start_day, b.end_day, b.quantity, b.quality, b.quality_stated, b.invoice, b.cost_gbp, $9::bigint
from unnest($1::integer[], $2::date[], $3::date[], $4::numeric[], $5::text[], $6::boolean[], $7::text[], $8::numeric[])
  as b(meter_id, start_day, end_day, quantity, quality, quality_stated, invoice, cost_gbp)`;

const SUPERSEDE_BILLS = 'update billed_period b set superseded_by = $2 where b.id = any($1::bigint[])';

/** A bill that overlaps a stored one of equal rank. */
export type BillOverlap = { bill: BilledPeriod; stored: StoredBilledPeriod };

/** What storing bills changed: the spans of days whose evidence moved, by meter, and the bills refused. */
export type BillsStored = {
  touched: Map<number, DaySpan[]>;
  written: number;
  unchanged: number;
  overlaps: BillOverlap[];
};

/** Bills of this batch have no number before they are written together at the end. */
const ARRIVING = '';

async function insertBills(client: PoolClient, bills: readonly BilledPeriod[], changeId: string): Promise<void> {
  if (bills.length === 0) return;
  await client.query(INSERT_BILLS, [
    bills.map((bill) => bill.meterId),
    bills.map((bill) => bill.start),
    bills.map((bill) => bill.end),
    bills.map((bill) => fromMicro(bill.totalMicro)),
    bills.map((bill) => bill.quality),
    bills.map((bill) => bill.qualityStated),
    bills.map((bill) => bill.invoice),
    bills.map((bill) => bill.costGbp),
    changeId,
  ]);
}

/**
 * Stores arriving bills beside, or instead of, those that stand. `standing` is brought up to date. Overlapping ones are
 * returned and not stored.
 */
export async function storeBills(
  client: PoolClient,
  bills: readonly BilledPeriod[],
  standing: Map<number, StoredBilledPeriod[]>,
  changeId: string,
): Promise<BillsStored> {
  const stored: BillsStored = { touched: new Map(), written: 0, unchanged: 0, overlaps: [] };
  const superseded: string[] = [];
  const arriving = new Set<StoredBilledPeriod>();
  for (const bill of bills) {
    const others = standing.get(bill.meterId) ?? [];
    const verdict = judgeBill(bill, others);
    if (verdict.kind === 'overlaps') stored.overlaps.push({ bill, stored: verdict.stored });
    if (verdict.kind === 'same') stored.unchanged += 1;
    if (verdict.kind === 'overlaps' || verdict.kind === 'same') continue;
    const replaced = verdict.kind === 'replaces' ? verdict.stored : null;
    if (replaced !== null && !arriving.delete(replaced)) superseded.push(replaced.id);
    const kept = { ...bill, id: ARRIVING };
    arriving.add(kept);
    standing.set(bill.meterId, [...others.filter((other) => other !== replaced), kept]);
    stored.touched.set(bill.meterId, [
      ...(stored.touched.get(bill.meterId) ?? []),
      { start: bill.start, end: bill.end },
    ]);
    stored.written += 1;
  }
  if (superseded.length > 0) await client.query(SUPERSEDE_BILLS, [superseded, changeId]);
  await insertBills(client, [...arriving], changeId);
  return stored;
}
