import type pg from 'pg';
import { spansOfBills } from '../domain/bill-spans.ts';
import { boundariesOf, cutPieces, placesOf, type RankedSpan, withApportioned } from '../domain/cut-spans.ts';
import { cutDays, cutTerms, sumsByPlace } from '../domain/cut-terms.ts';
import { groupBy } from '../domain/group-by.ts';
import type { DaySpan } from '../domain/local-day.ts';
import { spansOfReads } from '../domain/registers/register-spans.ts';
import type { Usage, UsageRequest } from '../domain/usage.ts';
import {
  type BillDaysRow,
  cutBilledMetersQuery,
  cutRegisterMetersQuery,
  standingBillsQuery,
  standingReadsQuery,
  termSumsQuery,
} from './queries/cut-spans-query.ts';
import { preparedForFew } from './queries/prepared-query.ts';
import type { Query } from './queries/usage-query.ts';
import { type ReadRow, readFromRow, registerMeters } from './readings/register-reads.ts';

type Spans = Map<number, RankedSpan[]>;

function add(spans: Spans, meterId: number, own: readonly RankedSpan[]): void {
  spans.set(meterId, [...(spans.get(meterId) ?? []), ...own]);
}

const meterOf = ({ meterId }: { meterId: number }): number => meterId;

/** A bill of which only the days matter. */
function billDays(row: BillDaysRow) {
  const { opening_read: opening, closing_read: closing, quality, credits } = row;
  return {
    meterId: row.meter_id,
    start: row.start_day,
    end: row.end_day,
    totalMicro: 0n,
    volume: null,
    quality,
    qualityStated: true,
    openingRead: opening ?? (closing === null && quality === 'A' ? ('A' as const) : null),
    closingRead: closing ?? quality,
    invoice: null,
    costGbp: null,
    credits: credits === null ? null : { id: credits, invoice: null },
    ...(row.is_delivery && { isDelivery: true }),
  };
}

/** The totals of meters that a boundary may cut. */
async function spansOf(
  pool: pg.Pool,
  meterIds: readonly number[],
  window: DaySpan,
  seq: string | null,
): Promise<Spans> {
  const [bills, reads, meters] = await Promise.all([
    pool.query<BillDaysRow>(standingBillsQuery(meterIds, window, seq)),
    pool.query<ReadRow>(standingReadsQuery(meterIds, seq)),
    registerMeters(pool, meterIds),
  ]);
  const spans: Spans = new Map();
  for (const [meterId, own] of groupBy(bills.rows.map(billDays), meterOf))
    add(
      spans,
      meterId,
      spansOfBills(own).map(({ span }) => span),
    );
  for (const [meterId, own] of groupBy(reads.rows.map(readFromRow), meterOf)) {
    const meter = meters.get(meterId);
    if (meter !== undefined) add(spans, meterId, spansOfReads(own, meter));
  }
  return spans;
}

/** Says of usage which of it is a share of totals that the answer cuts (rule F4). */
export type CutSpansReader = (request: UsageRequest) => Promise<(usage: Usage) => Usage>;

/**
 * Makes a reader, of what stands now or stood at a clock reading. Most questions cut nothing: their boundaries are where
 * bills end and dials are read, or their meters have intervals alone. Then two look-ups are all it costs.
 */
export function makeCutSpansReader(pool: pg.Pool, seq: string | null = null): CutSpansReader {
  return async (request) => {
    const boundaries = boundariesOf(request);
    const look = (query: Query) => pool.query<{ meter_id: number }>(preparedForFew(query, boundaries.meters.length));
    const [billed, read] = await Promise.all([
      look(cutBilledMetersQuery(boundaries, seq)),
      look(cutRegisterMetersQuery(boundaries, seq)),
    ]);
    const meterIds = [...new Set([...billed.rows, ...read.rows].map((row) => row.meter_id))];
    if (meterIds.length === 0) return (usage) => usage;
    const pieces = cutPieces(request, await spansOf(pool, meterIds, boundaries.window, seq));
    if (pieces.every((alike) => alike.length === 0)) return (usage) => usage;
    const { numbers, places } = placesOf(pieces);
    const termsOf = seq === null ? cutTerms : cutDays;
    const terms = pieces.flatMap((alike, index) => termsOf(alike, numbers[index] ?? []));
    const { rows } = await pool.query<{ term: number; quantity: string }>(termSumsQuery(terms, seq));
    const quantities = sumsByPlace(terms, rows, places.length);
    return (usage) => withApportioned(usage, places, quantities);
  };
}
