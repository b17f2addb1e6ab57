import type pg from 'pg';
import type { IntervalProfile } from '../domain/interval-profile.ts';
import type { LocalDay } from '../domain/local-day.ts';
import type { KeptTotals } from '../services/readings/meter-totals.ts';
import { BILL_COLUMNS, type BillRow, billFromRow } from './readings/billed-periods.ts';
import { READ_COLUMNS, type ReadRow, readFromRow, registerMeters } from './readings/register-reads.ts';
import { withSnapshot } from './snapshot.ts';

const WHEN = `
  c.recorded_at, c.upload_id, s.recorded_at as superseded_at`;

const ALL_BILLS = `
select ${BILL_COLUMNS}, ${WHEN}
from billed_period b
left join billed_period o on o.id = b.credits
join change c on c.id = b.change_id
left join change s on s.id = b.superseded_by
where b.meter_id = $1
order by b.start_day, b.id`;

const ALL_READS = `
select ${READ_COLUMNS}, ${WHEN}
from register_reading r
join change c on c.id = r.change_id
left join change s on s.id = r.superseded_by
where r.meter_id = $1
order by r.day, r.id`;

const PROFILES = `
select d.day, d.resolution_minutes, d.quality, d.intervals
from meter_day d
where d.meter_id = $1 and d.intervals is not null
  and d.day >= (select min(b.start_day) from billed_period b where b.meter_id = $1 and b.superseded_by is null)
  and d.day < (select case when bool_or(b.is_delivery) then 'infinity'::date else max(b.end_day) end
    from billed_period b where b.meter_id = $1 and b.superseded_by is null)`;

type When = { recorded_at: Date; upload_id: string | null; superseded_at: Date | null };
type ProfileRow = { day: LocalDay; resolution_minutes: number; quality: string | null; intervals: (number | null)[] };

const when = (row: When) => ({
  recordedAt: row.recorded_at,
  upload: row.upload_id,
  supersededAt: row.superseded_at,
});

const NO_REGISTERS = { serials: [], dials: null, multiplier: '1' };

/** Reads all bills and register reads of a meter, and the intervals that its bills are weighed against, in one snapshot. */
export function makeKeptTotalsReader(pool: pg.Pool): (meterId: number) => Promise<KeptTotals> {
  return (meterId) =>
    withSnapshot(pool, async (client) => {
      const bills = await client.query<BillRow & When>(ALL_BILLS, [meterId]);
      const reads = await client.query<ReadRow & When>(ALL_READS, [meterId]);
      const days = await client.query<ProfileRow>(PROFILES, [meterId]);
      const profiles = days.rows.map(({ day, resolution_minutes: resolutionMinutes, quality, intervals: values }) => {
        const profile: IntervalProfile = { resolutionMinutes, values, quality };
        return [day, profile] as const;
      });
      return {
        bills: bills.rows.map((row) => ({ ...billFromRow(row), ...when(row) })),
        reads: reads.rows.map((row) => ({ ...readFromRow(row), ...when(row) })),
        meter: (await registerMeters(client, [meterId])).get(meterId) ?? NO_REGISTERS,
        profiles: new Map(profiles),
      };
    });
}
