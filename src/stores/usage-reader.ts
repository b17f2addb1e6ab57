import type pg from 'pg';
import { addUpUsage, expectedMinutes, type ShortSlot, type SlotSums, suspectSegments } from '../domain/add-up-usage.ts';
import { Decimal } from '../domain/decimal.ts';
import type { LocalDay } from '../domain/local-day.ts';
import type { MeterPair, UsageRequest } from '../domain/usage.ts';
import type { UsageReader } from '../services/usage-reader.ts';
import { type CutSpansReader, makeCutSpansReader } from './cut-spans-reader.ts';
import { dailyMeansQuery } from './queries/daily-means-query.ts';
import { pairDaysQuery } from './queries/pair-days-query.ts';
import { preparedForFew } from './queries/prepared-query.ts';
import { type Query, shortSegmentsQuery, slotSumsQuery } from './queries/usage-query.ts';

/** The queries that sums of meter-days are read with; they say what is known when. */
export type UsageQueries = {
  /** Sums by stream and slot, a slot being a whole month or a single day. */
  slotSums(request: UsageRequest): Query;
  /** The slots of those segments that hold less than they should. */
  shortSegments(request: UsageRequest, numbers: readonly number[], expectedMinutes: readonly number[]): Query;
  /** The days on which the first meter of a pair has a quantity, with the second one's. */
  pairDays(pairs: readonly MeterPair[]): Query;
  /** Mean use a day of meters over the days known in [start, end). */
  dailyMeans(meterIds: readonly number[], start: LocalDay, end: LocalDay): Query;
};

const CURRENT: UsageQueries = {
  slotSums: (request) => preparedForFew(slotSumsQuery(request), request.segments.length),
  shortSegments: (request, numbers, minutes) =>
    preparedForFew(shortSegmentsQuery(request, numbers, minutes), numbers.length),
  pairDays: pairDaysQuery,
  dailyMeans: dailyMeansQuery,
};

type SlotRow = {
  stream: number;
  slot: LocalDay;
  quantity: string | null;
  estimated: string | null;
  actual_minutes: number;
  estimated_minutes: number;
};

type PairRow = { pair: number; day: LocalDay; main: string; sub: string | null };
type ShortRow = { number: number; slot: LocalDay | null; quantity: number | null; minutes: number | null };

const decimalOrNull = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));

async function readSlots(pool: pg.Pool, queries: UsageQueries, request: UsageRequest): Promise<SlotSums[]> {
  const { rows } = await pool.query<SlotRow>(queries.slotSums(request));
  return rows.map((row) => ({
    stream: row.stream,
    slot: row.slot,
    quantity: decimalOrNull(row.quantity),
    estimated: decimalOrNull(row.estimated),
    actualMinutes: row.actual_minutes,
    estimatedMinutes: row.estimated_minutes,
  }));
}

/** Reads, of the streams that hold too little, the segments that do. Most questions have none, and then nothing is read. */
async function readShort(
  pool: pg.Pool,
  queries: UsageQueries,
  request: UsageRequest,
  slots: readonly SlotSums[],
): Promise<ShortSlot[]> {
  const { minutes } = expectedMinutes(request);
  const suspects = suspectSegments(request, slots, minutes);
  if (suspects.length === 0) return [];
  const query = queries.shortSegments(
    request,
    suspects,
    suspects.map((number) => minutes[number] ?? 0),
  );
  const { rows } = await pool.query<ShortRow>(query);
  return rows.map((row) => ({
    segment: suspects[row.number] ?? -1,
    slot: row.slot,
    quantity: row.quantity,
    minutes: row.minutes ?? 0,
  }));
}

/** Reads sums of meter-days from PostgreSQL, as they stand now unless other queries are given. */
export function makeUsageReader(
  pool: pg.Pool,
  queries: UsageQueries = CURRENT,
  readCutSpans: CutSpansReader = makeCutSpansReader(pool),
): UsageReader {
  return {
    async readUsage(request) {
      if (request.cells.length === 0 || request.segments.length === 0) return { cells: [], completeness: [], gaps: [] };
      const cutting = readCutSpans(request);
      // Where the sums cannot be read, their failure is the one to tell of.
      cutting.catch(() => undefined);
      const slots = await readSlots(pool, queries, request);
      const usage = addUpUsage(request, slots, await readShort(pool, queries, request, slots));
      return (await cutting)(usage);
    },
    async readPairDays(pairs) {
      if (pairs.length === 0) return [];
      const { rows } = await pool.query<PairRow>(queries.pairDays(pairs));
      return rows.map(({ main, sub, ...row }) => ({ ...row, main: new Decimal(main), sub: decimalOrNull(sub) }));
    },
    async readDailyMeans(meterIds, start, end) {
      if (meterIds.length === 0) return [];
      const { rows } = await pool.query<{ meter_id: number; mean_per_day: number; days_known: number }>(
        queries.dailyMeans(meterIds, start, end),
      );
      return rows.map((row) => ({ meterId: row.meter_id, meanPerDay: row.mean_per_day, daysKnown: row.days_known }));
    },
  };
}
