import type { Activity, Direction, MeterKind, Unit } from '../../domain/activities.ts';
import type { UploadMeter } from '../../domain/upload/meter-lookup.ts';

/** The meters that stand now, with every name that a file may use for them. */
export const LIST_UPLOAD_METERS_SQL = `
select m.id, m.key, v.activity, v.unit, v.direction, v.kind, v.aliases, v.serials
from meter m
join meter_version v on v.meter_id = m.id and v.superseded_by is null`;

/** A row of that query. */
export type UploadMeterRow = {
  id: number;
  key: string;
  activity: Activity;
  unit: Unit;
  direction: Direction;
  kind: MeterKind;
  aliases: string[];
  serials: string[];
};

/** A meter as the reader of an upload knows it. */
export function toUploadMeter(row: UploadMeterRow): UploadMeter {
  return {
    id: row.id,
    key: row.key,
    activity: row.activity,
    unit: row.unit,
    direction: row.direction,
    kind: row.kind,
    aliases: row.aliases,
    serials: row.serials,
  };
}
