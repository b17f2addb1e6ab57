import type { PoolClient } from 'pg';
import type { Touched } from '../../domain/change-log/touched.ts';
import { addDays, type DaySpan, intersect, type LocalDay } from '../../domain/local-day.ts';
import { spansByMeter } from '../readings/evidence-spans.ts';
import { settleStage } from '../readings/settle-stage.ts';
import { standingEvidence, storeSpanConversions } from '../readings/standing-evidence.ts';
import { touchedEvidence, touchedMeters } from '../readings/touched-meters.ts';
import { writeStagedDays } from '../readings/write-meter-days.ts';

const EXTENTS = 'select e.meter_id, e.first_day, e.last_day from meter_extent e where e.meter_id = any($1::integer[])';

type ExtentRow = { meter_id: number; first_day: LocalDay; last_day: LocalDay };

/**
 * Settles the days of locked meters anew from their stored evidence, because what turns their volumes of gas into energy,
 * or what their totals are spread by, has changed: of the meters with volumes, or of those with totals of spans. `days`
 * limits the days whose factors have changed; null: all of them. The stage of the connection must be
 * open and empty. What comes out as before is not written; `touched` is null where all does.
 */
export async function rederive(
  client: PoolClient,
  meterIds: readonly number[],
  days: DaySpan | null,
  changeId: string,
  those: 'volumes' | 'spans' = 'volumes',
): Promise<{ daysChanged: number; touched: Touched | null }> {
  const { standing, stored, meters: registers, gas } = await standingEvidence(client, meterIds, [], []);
  const { spans, conversions } = spansByMeter({ bills: standing, reads: stored, meters: registers }, gas);
  const converted = await storeSpanConversions(client, gas, conversions, changeId);
  const meters = [...(those === 'spans' ? spans : gas).keys()];
  const { rows } = await client.query<ExtentRow>({ name: 'extents-of', text: EXTENTS, values: [meters] });
  const windows = new Map<number, DaySpan[]>();
  for (const row of rows) {
    const known = { start: row.first_day, end: addDays(row.last_day, 1) };
    const window = days === null ? known : intersect(known, days);
    if (window !== null) windows.set(row.meter_id, [window]);
  }
  const { conversionsWritten } = await settleStage(client, spans, windows, gas, changeId);
  const { daysChanged, touched: changed } = await writeStagedDays(client, changeId);
  const evidence = converted + conversionsWritten === 0 ? [] : await touchedEvidence(client, meterIds, changeId);
  const all = [...changed, ...evidence];
  return { daysChanged, touched: all.length === 0 ? null : touchedMeters(all) };
}
