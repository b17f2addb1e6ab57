import type pg from 'pg';
import type { RederiveGas } from '../../services/meters.ts';
import { inChange, withConnection } from '../change.ts';
import { openStage } from '../readings/stage.ts';
import { lockMeters } from '../readings/write-meter-days.ts';
import { rederive } from './rederive.ts';

const METER_OF_KEY = 'select m.id from meter m where m.key = $1';

/** Derives the days of a gas meter anew from its stored evidence, as one change; none where all comes out as before. */
export function makeGasDerivation(pool: pg.Pool): RederiveGas {
  return (key, principal) =>
    withConnection(pool, async (client) => {
      await openStage(client);
      const stamp = { kind: 'gas-conversion', principal, uploadId: null, config: false } as const;
      await inChange(client, stamp, async (drawChangeId) => {
        const { rows } = await client.query<{ id: number }>({
          name: 'meter-of-key',
          text: METER_OF_KEY,
          values: [key],
        });
        const meterIds = rows.map(({ id }) => id);
        await lockMeters(client, meterIds);
        const { touched } = await rederive(client, meterIds, null, await drawChangeId());
        return { touched, result: null };
      });
    });
}
