import type { Pool, PoolClient } from 'pg';
import type { StoredBilledPeriod } from '../domain/billed-period.ts';
import type { CheckedDay } from '../domain/checks/meter-series.ts';
import { type FactorsByDay, kwhPerUnit } from '../domain/gas/kept-factors.ts';
import { groupBy } from '../domain/group-by.ts';
import type { DaySpan, LocalDay } from '../domain/local-day.ts';
import type { StoredRead } from '../domain/registers/register-read.ts';
import { ORIGIN_NAMES } from '../domain/stored-readings.ts';
import type { EvidenceReader, MeterTotals } from '../services/data-quality/evidence-reader.ts';
import { makeClosureStore } from './closures/closure-store.ts';
import { readKeptFactors } from './gas/conversions-reader.ts';
import { readGasContexts } from './gas/gas-contexts.ts';
import { currentBills } from './readings/billed-periods.ts';
import { spansByMeter } from './readings/evidence-spans.ts';
import { knownEstimates } from './readings/gap-estimates.ts';
import { currentReads, registerMeters } from './readings/register-reads.ts';

const DAYS = (intervals: string): string => `
select d.meter_id, d.day, d.origin, d.quantity::float8 as quantity, d.actual_minutes, d.estimated_minutes,
  d.resolution_minutes, d.quality, ${intervals} as intervals
from meter_day d
where d.meter_id = any($1::integer[]) and d.day >= $2::date and d.day < $3::date
order by d.meter_id, d.day`;

const WITH_INTERVALS = DAYS('d.intervals');
const DAYS_ALONE = DAYS('null::float8[]');

type Row = {
  meter_id: number;
  day: LocalDay;
  origin: number;
  quantity: number | null;
  actual_minutes: number;
  estimated_minutes: number;
  resolution_minutes: number | null;
  quality: string | null;
  intervals: (number | null)[] | null;
};

function fromRow(row: Row, factors: FactorsByDay | undefined): CheckedDay {
  const { day, quantity, intervals, quality, resolution_minutes: resolutionMinutes } = row;
  const profile =
    intervals === null || resolutionMinutes === null ? null : { resolutionMinutes, values: intervals, quality };
  const own = factors?.get(day);
  return {
    day,
    origin: ORIGIN_NAMES[row.origin - 1] ?? 'interval',
    quantity,
    actualMinutes: row.actual_minutes,
    estimatedMinutes: row.estimated_minutes,
    profile,
    perUnit: own?.evidence === 'interval' ? kwhPerUnit(own) : 1,
  };
}

/**
 * Reads the stored days of some meters; `factors` are what turned the volumes of those among them that count gas into
 * energy. A write reads them after the meters are locked.
 */
export async function readCheckedDays(
  db: Pool | PoolClient,
  meterIds: readonly number[],
  { start, end }: DaySpan,
  withIntervals: boolean,
  factors: ReadonlyMap<number, FactorsByDay>,
): Promise<Map<number, CheckedDay[]>> {
  const text = withIntervals ? WITH_INTERVALS : DAYS_ALONE;
  const { rows } = await db.query<Row>({ text, values: [meterIds, start, end] });
  const byMeter = groupBy(rows, (row) => row.meter_id);
  return new Map([...byMeter].map(([meterId, own]) => [meterId, own.map((row) => fromRow(row, factors.get(meterId)))]));
}

/** What bills and register reads say of some meters. */
export async function totalsOf(
  db: Pool | PoolClient,
  meterIds: readonly number[],
  bills: ReadonlyMap<number, readonly StoredBilledPeriod[]>,
  reads: ReadonlyMap<number, readonly StoredRead[]>,
): Promise<Map<number, MeterTotals>> {
  // Bills come with their energy; only what registers count may be a volume still.
  const gas = await readGasContexts(db, [...reads.keys()], new Set());
  const totals = spansByMeter({ bills, reads, meters: await registerMeters(db, meterIds) }, gas).spans;
  return new Map(
    meterIds.map((meterId) => {
      const own = (bills.get(meterId) ?? []).filter(({ credits }) => credits === null);
      return [meterId, { bills: own, totals: totals.get(meterId) ?? [] }];
    }),
  );
}

/** Reads what bills and register reads say of some meters. A write reads it after the meters are locked. */
export async function readMeterTotals(
  db: Pool | PoolClient,
  meterIds: readonly number[],
): Promise<Map<number, MeterTotals>> {
  return totalsOf(db, meterIds, await currentBills(db, meterIds), await currentReads(db, meterIds));
}

/** Reads evidence from PostgreSQL. */
export function makeEvidenceReader(pool: Pool): EvidenceReader {
  return {
    readDays: async (meterIds, span, withIntervals) => {
      const factors = withIntervals ? await readKeptFactors(pool, meterIds, span) : new Map<number, FactorsByDay>();
      return readCheckedDays(pool, meterIds, span, withIntervals, factors);
    },
    readTotals: (meterIds) => readMeterTotals(pool, meterIds),
    readClosures: () => makeClosureStore(pool).current(),
    readEstimates: (meterIds, span) => knownEstimates(pool, meterIds, span),
  };
}
