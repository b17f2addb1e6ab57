import type pg from 'pg';
import { meterDayOf } from '../../domain/settle-meter.ts';
import type { ReadingsStore } from '../../services/readings-port.ts';
import { withConnection } from '../change.ts';
import { applyStage } from './apply-stage.ts';
import { openStage, stageDays } from './stage.ts';

/** Stores batches of readings that fit in memory. */
export function makeReadingsStore(pool: pg.Pool): ReadingsStore {
  return {
    write: (profiles, totals, context) =>
      withConnection(pool, async (client) => {
        await openStage(client);
        const days = profiles.map(({ meterId, day, profile, line }) => ({
          ...meterDayOf(meterId, day, profile),
          line,
        }));
        await stageDays(client, days);
        return applyStage(client, totals, context);
      }),
  };
}
