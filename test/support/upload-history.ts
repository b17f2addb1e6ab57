import type pg from 'pg';
import type { IntervalProfile } from '../../src/domain/interval-profile.ts';
import { toMicro } from '../../src/domain/micro.ts';
import type { MeterDay, MeterEvidence, Origin } from '../../src/domain/settle-meter.ts';
import { withConnection } from '../../src/stores/change.ts';
import { currentBills } from '../../src/stores/readings/billed-periods.ts';
import { spansByMeter } from '../../src/stores/readings/evidence-spans.ts';
import { currentReads, registerMeters } from '../../src/stores/readings/register-reads.ts';

/** A small generator of repeatable numbers (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Gives a change the record of an upload, as if a file had made it; returns the upload's number. */
export async function asUpload(pool: pg.Pool, seq: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into upload (received_at, finished_at, principal, media_type, mode, status, result, change_id)
     select c.recorded_at, c.recorded_at, c.principal, 'text/csv', 'strict', 'stored', '{}', c.id from change c where c.seq = $1
     returning id`,
    [seq],
  );
  return rows[0]?.id ?? '';
}

type Day = Record<string, unknown>;

/** What is known of every day, and which bills and dial reads stand. */
export type State = { days: Day[]; bills: Day[]; reads: Day[] };

const DAY_COLUMNS = `meter_id, day, origin, actual_minutes, estimated_minutes, resolution_minutes,
  trim_scale(quantity) as quantity, trim_scale(estimated_quantity) as estimated_quantity, quality`;
const BILL_COLUMNS = 'meter_id, start_day, end_day, quantity, quality, quality_stated, invoice, cost_gbp';
const BILL_ORDER = 'order by meter_id, start_day, quality, quantity';
const READ_COLUMNS = 'r.meter_id, r.serial, r.register, r.read_at, r.day, r.value, r.read_type, r.opening';
const READ_ORDER = 'order by r.meter_id, r.register, r.day, r.opening';

/** The state as it stands. A day of which nothing is known is as good as none. */
export async function currentState(pool: pg.Pool): Promise<State> {
  const days = await pool.query<Day>(
    `select ${DAY_COLUMNS}, intervals from meter_day
     where quantity is not null or intervals is not null order by meter_id, day`,
  );
  const bills = await pool.query<Day>(
    `select ${BILL_COLUMNS} from billed_period where superseded_by is null ${BILL_ORDER}`,
  );
  const reads = await pool.query<Day>(
    `select ${READ_COLUMNS} from register_reading r where r.superseded_by is null ${READ_ORDER}`,
  );
  return { days: days.rows, bills: bills.rows, reads: reads.rows };
}

type Version = Day & {
  meter_id: number;
  day: string;
  positions: number[] | null;
  intervals: (number | null)[] | null;
  from_seq: string;
  to_seq: string | null;
};

const VERSIONS = `
select ${DAY_COLUMNS}, null::smallint[] as positions, intervals, f.seq as from_seq, null::bigint as to_seq
from meter_day d join change f on f.id = d.change_id
union all
select ${DAY_COLUMNS}, positions, intervals, f.seq, u.seq
from meter_day_revision r join change f on f.id = r.change_id join change u on u.id = r.superseded_by
order by meter_id, day, to_seq desc nulls first`;

/** The state as of a reading of the clock, from the stored history alone. */
export async function stateAt(pool: pg.Pool, seq: string): Promise<State> {
  const { rows } = await pool.query<Version>(VERSIONS);
  const days: Day[] = [];
  let after: Version | null = null;
  for (const row of rows) {
    const isOfSameDay = after !== null && after.meter_id === row.meter_id && after.day === row.day;
    if (row.positions !== null) {
      const full: (number | null)[] = isOfSameDay ? [...(after?.intervals ?? [])] : [];
      row.positions.forEach((position, index) => {
        full[position - 1] = row.intervals?.[index] ?? null;
      });
      row.intervals = full;
    }
    after = row;
    const isVisible = BigInt(row.from_seq) <= BigInt(seq) && (row.to_seq === null || BigInt(seq) < BigInt(row.to_seq));
    const { positions: _positions, from_seq: _from, to_seq: _to, ...day } = row;
    if (isVisible && (day.quantity !== null || day.intervals !== null)) days.push(day);
  }
  const bills = await pool.query<Day>(
    `select ${BILL_COLUMNS} from billed_period b join change f on f.id = b.change_id
     left join change u on u.id = b.superseded_by
     where f.seq <= $1 and (u.seq is null or u.seq > $1) ${BILL_ORDER}`,
    [seq],
  );
  const reads = await pool.query<Day>(
    `select ${READ_COLUMNS} from register_reading r join change f on f.id = r.change_id
     left join change u on u.id = r.superseded_by
     where f.seq <= $1 and (u.seq is null or u.seq > $1) ${READ_ORDER}`,
    [seq],
  );
  return { days, bills: bills.rows, reads: reads.rows };
}

type StandingRow = {
  meter_id: number;
  day: string;
  origin: Origin;
  actual_minutes: number;
  estimated_minutes: number;
  resolution_minutes: number | null;
  quantity: string | null;
  estimated_quantity: string | null;
  quality: string | null;
  intervals: (number | null)[] | null;
};

function standingDay(row: StandingRow): MeterDay {
  const { resolution_minutes: resolutionMinutes, intervals: values, quality } = row;
  const micro = (text: string | null) => (text === null ? null : toMicro(text));
  return {
    meterId: row.meter_id,
    day: row.day,
    profile: resolutionMinutes === null || values === null ? null : { resolutionMinutes, values, quality },
    origin: row.origin,
    quantityMicro: micro(row.quantity),
    estimatedMicro: micro(row.estimated_quantity),
    actualMinutes: row.actual_minutes,
    estimatedMinutes: row.estimated_minutes,
  };
}

/** The days of every meter as they stand, and all the evidence there is about them. */
export function evidenceOf(pool: pg.Pool): Promise<{ standing: MeterDay[]; evidence: MeterEvidence }[]> {
  return withConnection(pool, async (client) => {
    const { rows: meters } = await client.query<{ id: number }>('select id from meter order by id');
    const ids = meters.map(({ id }) => id);
    const reads = await currentReads(client, ids);
    const bills = await currentBills(client, ids);
    const { spans: spansOf } = spansByMeter({ bills, reads, meters: await registerMeters(client, ids) }, new Map());
    const found: { standing: MeterDay[]; evidence: MeterEvidence }[] = [];
    for (const { id: meterId } of meters) {
      const { rows } = await client.query<StandingRow>('select * from meter_day where meter_id = $1 order by day', [
        meterId,
      ]);
      const all = rows.map(standingDay);
      const stored = new Map<string, IntervalProfile>();
      for (const { day, profile } of all) if (profile !== null) stored.set(day, profile);
      const spans = spansOf.get(meterId) ?? [];
      const evidence = { meterId, stored, received: new Map(), spans, days: all.map(({ day }) => day) };
      const standing = all.filter(({ quantityMicro, profile }) => quantityMicro !== null || profile !== null);
      found.push({ standing, evidence });
    }
    return found;
  });
}
