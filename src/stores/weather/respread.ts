import type pg from 'pg';
import type { PoolClient } from 'pg';
import type { RespreadTotals } from '../../services/weather/respread-port.ts';
import { inChange, withConnection } from '../change.ts';
import { rederive } from '../gas/rederive.ts';
import { openStage } from '../readings/stage.ts';
import { lockMeters } from '../readings/write-meter-days.ts';

/** Meters that declare how much of their use heats, or have just ceased to: of one key, of one site, or all. */
const METERS = `
select m.id
from meter m
join meter_version v on v.meter_id = m.id and v.superseded_by is null
where ($1::text is null or m.key = $1)
  and ($1::text is not null or v.heating_share > 0)
  and ($2::text is null or exists (
    select from meter_placement p join site s on s.id = p.site_id
    where p.meter_id = m.id and p.change_id = v.change_id and s.key = $2))
order by m.id`;

/** The meters whose totals are spread over degree days: of one key, of one site, or all. */
export async function heatingMeters(
  client: PoolClient,
  { meter = null, site = null }: { meter?: string | null; site?: string | null } = {},
): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(METERS, [meter, site]);
  return rows.map(({ id }) => id);
}

/** Spreads the totals of heating meters anew, as one change; none where all comes out as before. */
export function makeRespread(pool: pg.Pool): RespreadTotals {
  return (asked, principal) =>
    withConnection(pool, async (client) => {
      const meterIds = await heatingMeters(client, asked);
      if (meterIds.length === 0) return;
      await openStage(client);
      const stamp = { kind: 'degree-days', principal, uploadId: null, config: false } as const;
      await inChange(client, stamp, async (drawChangeId) => {
        await lockMeters(client, meterIds);
        const { touched } = await rederive(client, meterIds, null, await drawChangeId(), 'spans');
        return { touched, result: null };
      });
    });
}
