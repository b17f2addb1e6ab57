import type pg from 'pg';
import type { ClockReading, InstantOnClock, PastStore } from '../../services/past/past-store.ts';
import { toRefusal } from '../errors.ts';
import type { RoutedReads } from '../reads/read-servers.ts';

const UTC = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Where an instant lies: in one statement, so that the clock and the changes are of one moment. */
const FIND_READING = `
select c.recorded_at >= $1::timestamptz as settled, clock_timestamp() >= $1::timestamptz as passed,
  ${UTC('clock_timestamp()')} as now, ${UTC('f.recorded_at')} as first, k.seq::text as seq, ${UTC('k.recorded_at')} as recorded_at
from clock c
left join lateral (select h.recorded_at from change h order by h.recorded_at limit 1) f on true
left join lateral (
  select h.seq, h.recorded_at from change h where h.recorded_at <= $1::timestamptz order by h.recorded_at desc limit 1
) k on true`;

/**
 * Moves the clock's instant, not its reading, up to one that is asked about. Whoever stamps a change takes an instant later
 * than the clock's, whatever their own machine says, so none can be recorded at or before it any more. A lock alone would
 * not do: a writer that waits for it has read the time already.
 */
const SETTLE_INSTANT = `
update clock c set recorded_at = $1::timestamptz
where c.recorded_at < $1::timestamptz and clock_timestamp() >= $1::timestamptz`;

type Row = {
  settled: boolean;
  passed: boolean;
  now: string;
  first: string | null;
  seq: string | null;
  recorded_at: string | null;
};

/** Reads which change was the newest at an instant; what it answers stays true. */
function makeClockReader(pool: pg.Pool): (instant: string) => Promise<InstantOnClock> {
  const find = async (instant: string): Promise<Row> => {
    const { rows } = await pool.query<Row>({ name: 'find-reading', text: FIND_READING, values: [instant] });
    const row = rows[0];
    if (row === undefined) throw new Error('The clock has no row: the database is not migrated.');
    return row;
  };
  return async (instant) => {
    try {
      let row = await find(instant);
      if (!row.settled) {
        if (!row.passed) return { kind: 'future', now: row.now };
        await pool.query(SETTLE_INSTANT, [instant]);
        row = await find(instant);
      }
      const { seq, recorded_at: recordedAt, first } = row;
      if (seq === null || recordedAt === null) return { kind: 'before-first', first };
      return { kind: 'known', seq, recordedAt };
    } catch (error) {
      throw toRefusal(error);
    }
  };
}

/** The present instant on the clock, settled as an instant that is asked about is. */
const SETTLE_NOW = `
update clock c set recorded_at = greatest(clock_timestamp(), c.recorded_at)
returning ${UTC('c.recorded_at')} as instant`;

/** Settles the present instant, and says which it is. */
function makeSettleNow(pool: pg.Pool): () => Promise<string> {
  return async () => {
    try {
      const { rows } = await pool.query<{ instant: string }>({ name: 'settle-now', text: SETTLE_NOW });
      const row = rows[0];
      if (row === undefined) throw new Error('The clock has no row: the database is not migrated.');
      return row.instant;
    } catch (error) {
      throw toRefusal(error);
    }
  };
}

const NEWEST = `
select h.seq::text as seq, ${UTC('h.recorded_at')} as "recordedAt" from change h order by h.seq desc limit 1`;

function makeNewestReader(pool: pg.Pool): () => Promise<ClockReading> {
  return async () => {
    const { rows } = await pool.query<ClockReading>({ name: 'newest-reading', text: NEWEST });
    const row = rows[0];
    if (row === undefined) throw new Error('There is no change: the database is not prepared.');
    return row;
  };
}

/** Finds readings of the clock and settles instants. */
export type Clock = Pick<PastStore, 'readingAt' | 'settleNow' | 'newest'>;

/**
 * The clock of the primary server, which alone can settle an instant. What is read at a reading that it found has to come
 * from a server that has got so far: `reads` is told. Whoever asks for the newest one asks all the rest as of it.
 */
export function makeClock(primary: pg.Pool, reads: Pick<RoutedReads, 'reach' | 'settleOn'> | null): Clock {
  const readingAt = makeClockReader(primary);
  const newest = makeNewestReader(primary);
  return {
    readingAt: async (instant) => {
      const found = await readingAt(instant);
      if (found.kind === 'known') await reads?.reach(BigInt(found.seq));
      return found;
    },
    settleNow: makeSettleNow(primary),
    newest: async () => {
      const found = await newest();
      await reads?.settleOn(BigInt(found.seq));
      return found;
    },
  };
}
