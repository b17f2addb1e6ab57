/**
 * Pieces of SQL for meter-days as they stood at a clock reading S. A stored day stands there where its change is not
 * later than S; a kept state where its own change is not later and the change that replaced, or ended, it is. Changes
 * later than S are the few to look for, so both are asked of them.
 */

/** `later`: the changes after S, which the parameter `seq` (such as `$2::bigint`) names. */
export const laterChanges = (seq: string): string =>
  `later as materialized (select c.id from change c where c.seq > ${seq})`;

/** Whether the change of a column came after S. Needs `later`. */
export const isLater = (column: string): string => `${column} in (select l.id from later l)`;

const SUMMED = (row: string) =>
  `${row}.quantity, ${row}.estimated_quantity, ${row}.actual_minutes, ${row}.estimated_minutes`;

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
