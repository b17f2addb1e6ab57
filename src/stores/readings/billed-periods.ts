import type { Pool, PoolClient } from 'pg';
import {
  type ArrivingBill,
  type BilledVolume,
  judgeBill,
  type StoredBilledPeriod,
} from '../../domain/billed-period.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { VolumeUnit } from '../../domain/gas/volume-units.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { Quality } from '../../domain/interval-profile.ts';
import { fromMicro, toMicro } from '../../domain/micro.ts';

/** Columns of a bill `b` and of the bill `o` that it cancels; what its volume came to, where it states no energy. */
export const BILL_COLUMNS = `b.id, b.meter_id, b.start_day, b.end_day, b.quantity, b.quality, b.quality_stated, b.opening_read,
  b.closing_read, b.invoice, b.cost_gbp, b.is_delivery, b.credits, o.invoice as credited_invoice, b.volume, b.volume_unit, b.calorific_value,
  b.correction_factor, case when b.quantity is null then (
    select g.computed_kwh from gas_conversion g
    where g.meter_id = b.meter_id and g.evidence = 'billed' and g.start_day = b.start_day and g.end_day = b.end_day
      and g.volume = b.volume and g.volume_unit = b.volume_unit
    order by g.superseded_by is null desc, g.id desc limit 1) end as converted_kwh`;

const CURRENT_BILLS = `
select ${BILL_COLUMNS}
from billed_period b
left join billed_period o on o.id = b.credits
where b.meter_id = any($1::integer[]) and b.superseded_by is null
order by b.meter_id, b.start_day, b.id`;

/** A row of those columns. */
export type BillRow = {
  id: string;
  meter_id: number;
  start_day: string;
  end_day: string;
  quantity: string | null;
  converted_kwh: string | null;
  volume: string | null;
  volume_unit: VolumeUnit | null;
  calorific_value: string | null;
  correction_factor: string | null;
  quality: Quality;
  quality_stated: boolean;
  opening_read: Quality | null;
  closing_read: Quality | null;
  invoice: string | null;
  cost_gbp: string | null;
  is_delivery: boolean;
  credits: string | null;
  credited_invoice: string | null;
};

const decimalOrNull = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));

function volumeOf(row: BillRow): BilledVolume | null {
  if (row.volume === null || row.volume_unit === null) return null;
  return {
    micro: toMicro(row.volume),
    unit: row.volume_unit,
    calorificValue: decimalOrNull(row.calorific_value),
    correctionFactor: decimalOrNull(row.correction_factor),
    energyStated: row.quantity !== null,
  };
}

/** A bill as the store holds it. */
export function billFromRow(row: BillRow): StoredBilledPeriod {
  return {
    id: row.id,
    meterId: row.meter_id,
    start: row.start_day,
    end: row.end_day,
    totalMicro: toMicro(row.quantity ?? row.converted_kwh ?? '0'),
    volume: volumeOf(row),
    quality: row.quality,
    qualityStated: row.quality_stated,
    openingRead: row.opening_read ?? (row.closing_read === null && row.quality === 'A' ? 'A' : null),
    closingRead: row.closing_read ?? row.quality,
    invoice: row.invoice,
    costGbp: row.cost_gbp,
    ...(row.is_delivery && { isDelivery: true }),
    credits: row.credits === null ? null : { id: row.credits, invoice: row.credited_invoice },
  };
}

/** The billed periods that stand now, by meter. A write reads them after the meters are locked. */
export async function currentBills(
  client: Pool | PoolClient,
  meterIds: readonly number[],
): Promise<Map<number, StoredBilledPeriod[]>> {
  const { rows } = await client.query<BillRow>({ name: 'current-bills', text: CURRENT_BILLS, values: [meterIds] });
  return groupBy(rows.map(billFromRow), (bill) => bill.meterId);
}

const DRAW_IDS = `select nextval('billed_period_id_seq')::text as id from generate_series(1, $1::integer)`;

const INSERT_BILLS = `
insert into billed_period (id, meter_id, start_day, end_day, quantity, quality, quality_stated, opening_read, closing_read,
  invoice, cost_gbp, credits, superseded_by, change_id, volume, volume_unit, calorific_value, correction_factor, is_delivery)
select b.id, b.meter_id, b.start_day, b.end_day, b.quantity, b.quality, b.quality_stated, b.opening_read, b.closing_read,
  b.invoice, b.cost_gbp, b.credits, case when b.is_cancelled then $14::bigint end, $14::bigint,
  b.volume, b.volume_unit, b.calorific_value, b.correction_factor, b.is_delivery
from unnest($1::bigint[], $2::integer[], $3::date[], $4::date[], $5::numeric[], $6::text[], $7::boolean[], $8::text[],
  $9::text[], $10::text[], $11::numeric[], $12::bigint[], $13::boolean[], $15::numeric[], $16::text[], $17::numeric[],
  $18::numeric[], $19::boolean[])
  as b(id, meter_id, start_day, end_day, quantity, quality, quality_stated, opening_read, closing_read, invoice, cost_gbp,
  credits, is_cancelled, volume, volume_unit, calorific_value, correction_factor, is_delivery)`;

const SUPERSEDE_BILLS = 'update billed_period b set superseded_by = $2 where b.id = any($1::bigint[])';

/** A bill that cannot be stored: it overlaps a stored one, or corrects an invoice that is not there (null). */
export type RefusedBill = { bill: ArrivingBill; overlaps: StoredBilledPeriod | null };

type Arrived = StoredBilledPeriod & { isCancelled: boolean };

async function insertBills(client: PoolClient, bills: readonly Arrived[], changeId: string): Promise<void> {
  if (bills.length === 0) return;
  await client.query(INSERT_BILLS, [
    bills.map((bill) => bill.id),
    bills.map((bill) => bill.meterId),
    bills.map((bill) => bill.start),
    bills.map((bill) => bill.end),
    bills.map((bill) => (bill.volume?.energyStated === false ? null : fromMicro(bill.totalMicro))),
    bills.map((bill) => bill.quality),
    bills.map((bill) => bill.qualityStated),
    bills.map((bill) => bill.openingRead),
    bills.map((bill) => bill.closingRead),
    bills.map((bill) => bill.invoice),
    bills.map((bill) => bill.costGbp),
    bills.map((bill) => bill.credits?.id ?? null),
    bills.map((bill) => bill.isCancelled),
    changeId,
    bills.map(({ volume }) => (volume === null ? null : fromMicro(volume.micro))),
    bills.map(({ volume }) => volume?.unit ?? null),
    bills.map(({ volume }) => volume?.calorificValue?.toFixed() ?? null),
    bills.map(({ volume }) => volume?.correctionFactor?.toFixed() ?? null),
    bills.map(({ isDelivery }) => isDelivery === true),
  ]);
}

/**
 * Stores arriving bills beside, or instead of, those that stand; `standing` is brought up to date. Those that cannot be
 * stored are returned.
 */
export async function storeBills(
  client: PoolClient,
  bills: readonly ArrivingBill[],
  standing: Map<number, StoredBilledPeriod[]>,
  changeId: string,
): Promise<{ written: number; refused: RefusedBill[] }> {
  if (bills.length === 0) return { written: 0, refused: [] };
  const drawn = (await client.query<{ id: string }>(DRAW_IDS, [bills.length])).rows.map(({ id }) => id);
  const refused: RefusedBill[] = [];
  const superseded: string[] = [];
  const arrived = new Map<string, Arrived>();
  for (const bill of bills) {
    const others = standing.get(bill.meterId) ?? [];
    const verdict = judgeBill(bill, others);
    if (verdict.kind === 'same') continue;
    if (verdict.kind === 'overlaps' || verdict.kind === 'unknown-invoice') {
      refused.push({ bill, overlaps: verdict.kind === 'overlaps' ? verdict.stored : null });
      continue;
    }
    const cancelled = verdict.kind === 'credits' ? verdict.stored : null;
    const gone = verdict.kind === 'replaces' ? verdict.stored : cancelled === null ? [] : [cancelled];
    for (const { id } of gone) {
      const sibling = arrived.get(id);
      if (sibling === undefined) superseded.push(id);
      else if (cancelled === null) arrived.delete(id);
      else sibling.isCancelled = true;
    }
    const credits = cancelled === null ? null : { id: cancelled.id, invoice: cancelled.invoice };
    const { replaces: _named, place: _place, replaceActual: _may, ...fields } = bill;
    const kept: Arrived = { ...fields, id: drawn.shift() ?? '', credits, isCancelled: false };
    arrived.set(kept.id, kept);
    standing.set(bill.meterId, [...others.filter((other) => !gone.includes(other)), kept]);
  }
  if (superseded.length > 0) await client.query(SUPERSEDE_BILLS, [superseded, changeId]);
  await insertBills(client, [...arrived.values()], changeId);
  return { written: arrived.size, refused };
}
