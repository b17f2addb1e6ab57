/**
 * Pieces of SQL for meter-days as they stood at a clock reading S. A stored day stands there where its change is not
 * later than S; a kept state where its own change is not later and the change that replaced, or ended, it is. Changes
 * later than S are the few to look for, so both are asked of them.
 */

/** After every change there will ever be: what is known now. */
export const NOW_SEQ = '9223372036854775807';

/** `later`: the changes after S, which the parameter `seq` (such as `$2::bigint`) names. */
export const laterChanges = (seq: string): string =>
  `later as materialized (select c.id from change c where c.seq > ${seq})`;

/** Whether the change of a column came after S. Needs `later`. */
export const isLater = (column: string): string => `${column} in (select l.id from later l)`;

const SUMMED = (row: string) =>
  `${row}.quantity, ${row}.estimated_quantity, ${row}.actual_minutes, ${row}.estimated_minutes`;

/** Days of pieces as they stood after the changes that `later` lists, under a name of their own. */
const factsAfter = (name: string, later: string): string => {
  const isAfter = (column: string): string => `${column} in (select l.id from ${later} l)`;
  return `
${name} as (
  select p.number, p.slot, d.day, d.origin, ${SUMMED('d')}
  from piece p
  join meter_day d on d.meter_id = p.meter_id and d.day >= p.start_day and d.day < p.end_day
  where not ${isAfter('d.change_id')}
  union all
  select p.number, p.slot, r.day, r.origin, ${SUMMED('r')}
  from piece p
  join meter_day_revision r on r.meter_id = p.meter_id and r.day >= p.start_day and r.day < p.end_day
  where ${isAfter('r.superseded_by')} and not ${isAfter('r.change_id')}
)`;
};

/** The origin of days that this service estimated: they stand until anything is known of them (rule E11). */
const OWN_ESTIMATE = 5;

/**
 * `fact` once more: what the days held at an earlier reading (`later` are the changes after it), and of days of which
 * nothing was known then but what this service had estimated, what they held at a later one (`later_still`).
 */
export const FACTS_WITH_LATE = `${factsAfter('fact_then', 'later')}, ${factsAfter('fact_now', 'later_still')}, fact as (
  select t.number, coalesce(t.slot, t.day) as slot, ${SUMMED('t')}
  from fact_then t
  where t.quantity is not null and t.origin <> ${OWN_ESTIMATE}
  union all
  select n.number, coalesce(n.slot, n.day), ${SUMMED('n')}
  from fact_now n
  left join fact_then t on t.number = n.number and t.day = n.day and t.quantity is not null and t.origin <> ${OWN_ESTIMATE}
  where t.number is null
)`;

/**
 * `fact`: what the days of `piece(number, slot, meter_id, start_day, end_day)` held at S, each with its piece's number and
 * slot; the slot is the day itself where the piece has none. Needs `later`.
 */
export const FACTS_OF_PIECES = `
fact as (
  select p.number, coalesce(p.slot, d.day) as slot, ${SUMMED('d')}
  from piece p
  join meter_day d on d.meter_id = p.meter_id and d.day >= p.start_day and d.day < p.end_day
  where not ${isLater('d.change_id')}
  union all
  select p.number, coalesce(p.slot, r.day), ${SUMMED('r')}
  from piece p
  join meter_day_revision r on r.meter_id = p.meter_id and r.day >= p.start_day and r.day < p.end_day
  where ${isLater('r.superseded_by')} and not ${isLater('r.change_id')}
)`;
