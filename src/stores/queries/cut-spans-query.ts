import type { boundariesOf, CutPiece } from '../../domain/cut-spans.ts';
import type { DaySpan, LocalDay } from '../../domain/local-day.ts';
import { READ_TYPE_NAMES, READ_TYPES } from '../../domain/registers/read-types.ts';
import { SPREAD_ORIGINS } from '../../domain/settle-meter.ts';
import { isLater, laterChanges } from '../past/days-as-of.ts';
import { READ_COLUMNS } from '../readings/register-reads.ts';
import { monthsWithin, type Query } from './usage-query.ts';

/**
 * The queries that tell where an answer cuts bills and register advances, now or as of a clock reading. As of a reading,
 * its parameter comes last and `later` lists the changes after it.
 */

const ACTUAL_READS = READ_TYPE_NAMES.filter((name) => READ_TYPES[name].evidence === 'actual');

/** Whether a row of evidence stands. */
const standing = (row: string, seq: string | null): string =>
  seq === null
    ? `${row}.superseded_by is null`
    : `not ${isLater(`${row}.change_id`)} and (${row}.superseded_by is null or ${isLater(`${row}.superseded_by`)})`;

const withLater = (seq: string | null, parameter: number): string =>
  seq === null ? '' : `with ${laterChanges(`$${parameter}::bigint`)}`;

const withSeq = (values: unknown[], seq: string | null): unknown[] => (seq === null ? values : [...values, seq]);

/**
 * Meters that may have a bill which a boundary cuts. A bill that begins on an estimated read may be one total with the bill
 * before it, whose boundaries are not its own (rule E3).
 */
export function cutBilledMetersQuery(boundaries: ReturnType<typeof boundariesOf>, seq: string | null): Query {
  const { meters, ownMeters, days, window } = boundaries;
  const text = `${withLater(seq, 6)}
select distinct b.meter_id
from billed_period b
where b.meter_id = any($1::integer[]) and b.start_day <= $5::date and b.end_day >= $4::date and ${standing('b', seq)}
  and (b.opening_read is distinct from 'A' or b.meter_id = any($2::integer[])
    or exists (select from unnest($3::date[]) x(day) where b.start_day < x.day and x.day < b.end_day))`;
  return { text, values: withSeq([meters, ownMeters, days, window.start, window.end], seq) };
}

/**
 * Meters that may have a register advance which a boundary cuts: a register that was read before and after it, but by nobody
 * on the very day. Registers are found by one step along the index for each, however many reads they have.
 */
export function cutRegisterMetersQuery(boundaries: ReturnType<typeof boundariesOf>, seq: string | null): Query {
  const { meters, ownMeters, days } = boundaries;
  const later = seq === null ? '' : `${laterChanges('$5::bigint')}, `;
  const text = `with recursive ${later}register as (
  (select r.meter_id, r.serial, r.register from register_reading r
    where ${seq === null ? 'r.superseded_by is null' : 'true'} order by 1, 2, 3 limit 1)
  union all
  select n.meter_id, n.serial, n.register
  from register g
  cross join lateral (
    select r.meter_id, r.serial, r.register from register_reading r
    where ${seq === null ? 'r.superseded_by is null' : 'true'} and (r.meter_id, r.serial, r.register) > (g.meter_id, g.serial, g.register)
    order by 1, 2, 3 limit 1
  ) n
)
select distinct g.meter_id
from register g
where g.meter_id = any($1::integer[]) and (g.meter_id = any($2::integer[]) or exists (
  select from unnest($3::date[]) x(day)
  where not exists (select from register_reading r
      where r.meter_id = g.meter_id and r.serial = g.serial and r.register = g.register and r.day = x.day
        and r.read_type = any($4::text[]) and ${standing('r', seq)})
    and exists (select from register_reading r where r.meter_id = g.meter_id and r.day < x.day and ${standing('r', seq)})
    and exists (select from register_reading r where r.meter_id = g.meter_id and r.day > x.day and ${standing('r', seq)})))`;
  return { text, values: withSeq([meters, ownMeters, days, ACTUAL_READS], seq) };
}

/** What of a bill decides which days its total has. */
export type BillDaysRow = {
  meter_id: number;
  start_day: LocalDay;
  end_day: LocalDay;
  quality: 'A' | 'E';
  opening_read: 'A' | 'E' | null;
  closing_read: 'A' | 'E' | null;
  credits: string | null;
};

/**
 * The bills of some meters that stand: those about the window, and of meters where one of these was estimated all, because
 * such bills may be one total with others (rule E3).
 */
export function standingBillsQuery(meterIds: readonly number[], window: DaySpan, seq: string | null): Query {
  const text = `with ${seq === null ? '' : `${laterChanges('$4::bigint')}, `}bill as (
  select b.id, b.meter_id, b.start_day, b.end_day, b.quality, b.opening_read, b.closing_read, b.credits
  from billed_period b
  where b.meter_id = any($1::integer[]) and ${standing('b', seq)}
), near as (
  select b.* from bill b where b.start_day <= $3::date and b.end_day >= $2::date
)
select n.meter_id, n.start_day, n.end_day, n.quality, n.opening_read, n.closing_read, n.credits from near n
union all
select b.meter_id, b.start_day, b.end_day, b.quality, b.opening_read, b.closing_read, b.credits
from bill b
where b.meter_id in (select n.meter_id from near n where n.quality = 'E')
  and not (b.start_day <= $3::date and b.end_day >= $2::date)
order by 1, 2, 3`;
  return { text, values: withSeq([meterIds, window.start, window.end], seq) };
}

/** The register reads of some meters that stand. */
export function standingReadsQuery(meterIds: readonly number[], seq: string | null): Query {
  const text = `${withLater(seq, 2)}
select ${READ_COLUMNS}
from register_reading r
where r.meter_id = any($1::integer[]) and ${standing('r', seq)}
order by r.meter_id, r.day, r.id`;
  return { text, values: withSeq([meterIds], seq) };
}

/** Pieces with the months that lie whole within them: such a month is read from its sums. */
const PIECES = `piece as (
  select p.number, p.meter_id, p.start_day, p.end_day, p.month_start, p.month_end
  from unnest($1::integer[], $2::integer[], $3::date[], $4::date[], $5::date[], $6::date[])
    as p(number, meter_id, start_day, end_day, month_start, month_end)
)`;

/** Each piece adds up its own rows, by its index entry: joined, PostgreSQL would read every day of every meter. */
const CURRENT_FACTS = `
  select p.number, x.quantity
  from piece p
  cross join lateral (
    select sum(m.spread_quantity) as quantity from meter_month m
    where m.meter_id = p.meter_id and m.month >= p.month_start and m.month < p.month_end
  ) x
  where p.month_start < p.month_end
  union all
  select p.number, x.quantity
  from piece p
  cross join lateral (values (p.start_day, p.month_start), (p.month_end, p.end_day)) as e(start_day, end_day)
  cross join lateral (
    select sum(d.quantity) as quantity from meter_day d
    where d.meter_id = p.meter_id and d.day >= e.start_day and d.day < e.end_day and d.origin = any($7::smallint[])
  ) x
  where e.start_day < e.end_day`;

const FACTS_THEN = `
  select p.number, d.quantity
  from piece p
  join meter_day d on d.meter_id = p.meter_id and d.day >= p.start_day and d.day < p.end_day
  where d.origin = any($7::smallint[]) and not ${isLater('d.change_id')}
  union all
  select p.number, r.quantity
  from piece p
  join meter_day_revision r on r.meter_id = p.meter_id and r.day >= p.start_day and r.day < p.end_day
  where r.origin = any($7::smallint[]) and ${isLater('r.superseded_by')} and not ${isLater('r.change_id')}`;

/** Sums of what the days of pieces take from totals, by the numbers that go with the pieces. */
export function pieceSumsQuery(pieces: readonly CutPiece[], numbers: readonly number[], seq: string | null): Query {
  const months = pieces.map((piece) => monthsWithin(piece.start, piece.end));
  const text = `with ${seq === null ? '' : `${laterChanges('$8::bigint')}, `}${PIECES}, fact as (${seq === null ? CURRENT_FACTS : FACTS_THEN}
)
select f.number, sum(f.quantity)::text as quantity from fact f where f.quantity is not null group by f.number`;
  const values = [
    numbers,
    pieces.map(({ meterId }) => meterId),
    pieces.map(({ start }) => start),
    pieces.map(({ end }) => end),
    months.map(({ start }) => start),
    months.map(({ end }) => end),
    SPREAD_ORIGINS,
  ];
  return { text, values: withSeq(values, seq) };
}
