import type pg from 'pg';
import { Decimal } from '../domain/decimal.ts';
import type { CellUsage, CompletenessUsage, UsageReader } from '../domain/usage.ts';
import { dailyMeansQuery } from './queries/daily-means-query.ts';
import { seenQuery, usageQuery } from './queries/usage-query.ts';

type UsageRow = {
  kind: 'cell' | 'bucket';
  stream: number;
  slot: number;
  quantity: string | null;
  actual_weight: number | null;
  estimated_weight: number | null;
  missing_weight: number | null;
  actual_minutes: number | null;
  estimated_minutes: number | null;
  meters_seen: number | null;
};

function completenessOf(row: UsageRow): CompletenessUsage {
  return {
    stream: row.stream,
    bucket: row.slot < 0 ? null : row.slot,
    actualWeight: row.actual_weight ?? 0,
    estimatedWeight: row.estimated_weight ?? 0,
    missingWeight: row.missing_weight ?? 0,
    actualMinutes: row.actual_minutes ?? 0,
    estimatedMinutes: row.estimated_minutes ?? 0,
    metersSeen: row.meters_seen ?? 0,
  };
}

/** Reads sums of meter-days from PostgreSQL. */
export function makeUsageReader(pool: pg.Pool): UsageReader {
  return {
    async readUsage(request) {
      if (request.cells.length === 0 || request.segments.length === 0) return { cells: [], completeness: [] };
      const { rows } = await pool.query<UsageRow>(usageQuery(request));
      const cells: CellUsage[] = [];
      const completeness: CompletenessUsage[] = [];
      for (const row of rows) {
        if (row.kind === 'bucket') completeness.push(completenessOf(row));
        else if (row.quantity !== null)
          cells.push({ stream: row.stream, cell: row.slot, quantity: new Decimal(row.quantity) });
      }
      return { cells, completeness };
    },
    async readSeen(request) {
      const { rows } = await pool.query<{ segment: number; bucket: number }>(seenQuery(request));
      return rows;
    },
    async readDailyMeans(meterIds, start, end) {
      if (meterIds.length === 0) return [];
      const { rows } = await pool.query<{ meter_id: number; mean_per_day: number; days_known: number }>(
        dailyMeansQuery(meterIds, start, end),
      );
      return rows.map((row) => ({ meterId: row.meter_id, meanPerDay: row.mean_per_day, daysKnown: row.days_known }));
    },
  };
}
