import type { PoolClient } from 'pg';
import { hullOf, type Touched } from '../../domain/change-log/touched.ts';
import { addDays, type LocalDay } from '../../domain/local-day.ts';

/** A meter of a change with the first and the last of the days of its own that the change is about. */
export type TouchedMeter = { meter: string; first: LocalDay; last: LocalDay };

const EVIDENCE = `
select m.key as meter, min(e.first) as first, max(e.last) as last
from (
  select b.meter_id, b.start_day as first, b.end_day - 1 as last
  from billed_period b
  where b.meter_id = any($1::integer[]) and (b.change_id = $2::bigint or b.superseded_by = $2::bigint)
  union all
  select r.meter_id, r.day, r.day
  from register_reading r
  where r.meter_id = any($1::integer[]) and (r.change_id = $2::bigint or r.superseded_by = $2::bigint)
  union all
  select g.meter_id, g.start_day, g.end_day - 1
  from gas_conversion g
  where g.meter_id = any($1::integer[]) and (g.change_id = $2::bigint or g.superseded_by = $2::bigint)
) e
join meter m on m.id = e.meter_id
group by m.key`;

/** The meters of which a change has written bills, register reads or volumes of gas, or ended some. */
export async function touchedEvidence(
  client: PoolClient,
  meterIds: readonly number[],
  changeId: string,
): Promise<TouchedMeter[]> {
  const { rows } = await client.query<TouchedMeter>({
    name: 'touched-evidence',
    text: EVIDENCE,
    values: [meterIds, changeId],
  });
  return rows;
}

/** What a change of readings touched; a meter may be told more than once. */
export function touchedMeters(meters: readonly TouchedMeter[]): Touched {
  const keys = [...new Set(meters.map(({ meter }) => meter))];
  const spans = meters.map(({ first, last }) => ({ start: first, end: addDays(last, 1) }));
  return { keys: keys.map((key) => ({ subject: 'meter', key })), days: hullOf(spans) };
}
