import type pg from 'pg';
import { localPosition } from '../../domain/calendar.ts';
import { dayNumber } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createMeterLookup } from '../../domain/upload/meter-lookup.ts';
import { createUploadTables, type TablesSink, type UploadTables } from '../../domain/upload/upload-tables.ts';
import { LIMITS } from '../../limits.ts';
import type { UploadSettings } from '../../services/uploads/ports.ts';
import { type KeptLayoutRow, LIST_KEPT_LAYOUTS_SQL, toKeptLayout } from '../queries/list-kept-layouts.ts';
import { LIST_UPLOAD_METERS_SQL, toUploadMeter, type UploadMeterRow } from '../queries/list-upload-meters.ts';

/** What is read, and when. */
export type ReaderRequest = UploadSettings & { fileName: string | null; now: Date };

/**
 * Makes the reader of the tables of one file with what is known of the world: the meters and the kept layouts as they stand now.
 * @throws Refusal `unknown-layout` where the sender names a layout that is not kept.
 */
export async function openTables(
  client: pg.PoolClient,
  { layout: name, meter, now, ...hints }: ReaderRequest,
  isTrial: boolean,
  sink: TablesSink,
): Promise<UploadTables> {
  const meters = await client.query<UploadMeterRow>(LIST_UPLOAD_METERS_SQL);
  const keptLayouts = (await client.query<KeptLayoutRow>(LIST_KEPT_LAYOUTS_SQL, [name])).rows.map(toKeptLayout);
  const layout = name === null ? null : (keptLayouts.find((kept) => kept.name === name) ?? null);
  if (name !== null && layout === null) {
    const detail = `There is no layout '${name}'`;
    throw new Refusal('unknown-layout', detail, [{ pointer: '?layout', code: 'unknown-layout', detail }]);
  }
  const options = {
    ...hints,
    layout,
    keptLayouts,
    isTrial,
    meterKey: meter,
    nowMs: now.getTime(),
    readsMax: LIMITS.uploadRegisterReadsMax,
    billsMax: LIMITS.uploadBillsMax,
    today: dayNumber(localPosition(now.getTime()).day),
    faultsMax: LIMITS.uploadRefusalsMax,
    sampleBytesMax: LIMITS.uploadSampleBytesMax,
  };
  return createUploadTables(options, createMeterLookup(meters.rows.map(toUploadMeter)), sink);
}
