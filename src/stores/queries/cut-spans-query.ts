import type { boundariesOf } from '../../domain/cut-spans.ts';
import type { CutTerm } from '../../domain/cut-terms.ts';
import type { DaySpan, LocalDay } from '../../domain/local-day.ts';
import { READ_TYPE_NAMES, READ_TYPES } from '../../domain/registers/read-types.ts';
import { SPREAD_ORIGINS } from '../../domain/settle-meter.ts';
import { isLater, laterChanges } from '../past/days-as-of.ts';
import { READ_COLUMNS } from '../readings/register-reads.ts';
import type { Query } from './usage-query.ts';

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
 * before it, whose boundaries are not its own (rule E3); a delivery lasts until what comes after it (rule B2).
 */
export function cutBilledMetersQuery(boundaries: ReturnType<typeof boundariesOf>, seq: string | null): Query {
  const { meters, ownMeters, days, window } = boundaries;
  const text = `${withLater(seq, 6)}
select distinct b.meter_id
from billed_period b
where b.meter_id = any($1::integer[]) and b.start_day <= $5::date and b.end_day >= $4::date and ${standing('b', seq)}
  and (b.opening_read is distinct from 'A' or b.meter_id = any($2::integer[])
    or exists (select from unnest($3::date[]) x(day) where b.start_day < x.day and x.day < b.end_day))
union
select b.meter_id from billed_period b
where b.meter_id = any($1::integer[]) and b.is_delivery and b.start_day <= $5::date and ${standing('b', seq)}`;
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
  is_delivery: boolean;
};

/**
 * The bills of some meters that stand: those about the window, and of meters where one of these was estimated all, because
 * such bills may be one total with others (rule E3). Of a meter with deliveries too: each lasts until the next (rule B2).
 */
export function standingBillsQuery(meterIds: readonly number[], window: DaySpan, seq: string | null): Query {
  const columns =
    'b.meter_id, b.start_day, b.end_day, b.quality, b.opening_read, b.closing_read, b.credits, b.is_delivery';
  const isNear = 'b.start_day <= $3::date and b.end_day >= $2::date and not b.is_delivery';
  const text = `with ${seq === null ? '' : `${laterChanges('$4::bigint')}, `}near as materialized (
  select ${columns} from billed_period b
  where b.meter_id = any($1::integer[]) and ${isNear} and ${standing('b', seq)}
)
select ${columns} from near b
union all
select ${columns} from billed_period b
where b.meter_id in (select n.meter_id from near n where n.quality = 'E'
    union select v.meter_id from billed_period v where v.meter_id = any($1::integer[]) and v.is_delivery)
  and not (${isNear}) and ${standing('b', seq)}
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

/** Terms, and the meters of each set of meters that terms are over: a set stands once, however many terms share it. */
const TERMS = `term as (
  select t.number::integer - 1 as number, t.set_number, t.start_day, t.end_day
  from unnest($1::integer[], $2::date[], $3::date[]) with ordinality as t(set_number, start_day, end_day, number)
), member as (
  select s.set_number, s.meter_id from unnest($4::integer[], $5::integer[]) as s(set_number, meter_id)
)`;

/**
 * Months of each set of meters at once, from the first one that a term has to the last; days by the index of each meter:
 * joined, PostgreSQL would read every day of every meter.
 */
const CURRENT_FACTS = `
  select t.number, x.quantity
  from (
    select s.set_number, m.month, sum(m.spread_quantity) as quantity
    from member s
    join meter_month m on m.meter_id = s.meter_id
    where m.month >= $7::date and m.month <= $8::date
    group by s.set_number, m.month
  ) x
  join term t on t.set_number = x.set_number and t.start_day = x.month
  where t.end_day is null
  union all
  select t.number, x.quantity
  from term t
  join member s on s.set_number = t.set_number
  cross join lateral (
    select sum(d.quantity) as quantity from meter_day d
    where d.meter_id = s.meter_id and d.day >= t.start_day and d.day < t.end_day and d.origin = any($6::smallint[])
  ) x
  where t.end_day is not null`;

const FACTS_THEN = `
  select t.number, d.quantity
  from term t
  join member s on s.set_number = t.set_number
  join meter_day d on d.meter_id = s.meter_id and d.day >= t.start_day and d.day < t.end_day
  where d.origin = any($6::smallint[]) and not ${isLater('d.change_id')}
  union all
  select t.number, r.quantity
  from term t
  join member s on s.set_number = t.set_number
  join meter_day_revision r on r.meter_id = s.meter_id and r.day >= t.start_day and r.day < t.end_day
  where r.origin = any($6::smallint[]) and ${isLater('r.superseded_by')} and not ${isLater('r.change_id')}`;

/** Sums of what terms take from totals, by their numbers. As of a clock reading, terms are of days alone. */
export function termSumsQuery(terms: readonly CutTerm[], seq: string | null): Query {
  const sets = new Map<readonly number[], number>();
  const setOf = terms.map(({ meterIds }) => {
    const number = sets.get(meterIds) ?? sets.size;
    sets.set(meterIds, number);
    return number;
  });
  const members = [...sets].flatMap(([meterIds, number]) => meterIds.map((meterId) => ({ number, meterId })));
  const text = `with ${seq === null ? '' : `${laterChanges('$7::bigint')}, `}${TERMS}, fact as (${seq === null ? CURRENT_FACTS : FACTS_THEN}
)
select f.number as term, sum(f.quantity)::text as quantity from fact f where f.quantity is not null group by f.number`;
  const values = [
    setOf,
    terms.map(({ start }) => start),
    terms.map(({ end }) => end),
    members.map(({ number }) => number),
    members.map(({ meterId }) => meterId),
    SPREAD_ORIGINS,
  ];
  if (seq !== null) return { text, values: withSeq(values, seq) };
  const months = terms.flatMap(({ start, end }) => (end === null ? [start] : [])).sort();
  return { text, values: [...values, months[0] ?? null, months.at(-1) ?? null] };
}
