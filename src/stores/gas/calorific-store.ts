import type pg from 'pg';
import { TOUCHES_ALL, touchedOne, touchedTogether } from '../../domain/change-log/touched.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { CalorificValue } from '../../domain/gas/calorific-values.ts';
import { addDays, type DaySpan, type LocalDay } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { CalorificStore } from '../../services/gas/calorific-port.ts';
import { inChange, withConnection } from '../change.ts';
import { knownWhen } from '../past/known-when.ts';
import { openStage } from '../readings/stage.ts';
import { lockMeters } from '../readings/write-meter-days.ts';
import { lockCalorificValues } from './calorific-lock.ts';
import { rederive } from './rederive.ts';

/** What differs from what stands: `known` says whether the day had a value before. */
const DIFFERING = `
select w.zone, w.day, w.mj_per_m3, c.zone is not null as known
from unnest($1::text[], $2::date[], $3::numeric[]) w(zone, day, mj_per_m3)
left join calorific_value c on c.zone = w.zone and c.day = w.day and c.superseded_by is null
where c.mj_per_m3 is distinct from w.mj_per_m3`;

const END = `
update calorific_value c set superseded_by = $3
from unnest($1::text[], $2::date[]) w(zone, day)
where c.zone = w.zone and c.day = w.day and c.superseded_by is null`;

const INSERT = `
insert into calorific_value (zone, day, mj_per_m3, change_id)
select w.zone, w.day, w.mj_per_m3, $4::bigint from unnest($1::text[], $2::date[], $3::numeric[]) w(zone, day, mj_per_m3)`;

const LIST = `
select c.zone, c.day, c.mj_per_m3
from calorific_value c
where ${knownWhen('c', '$7::bigint')}
  and ($1::text is null or c.zone = $1)
  and ($2::date is null or c.day >= $2) and ($3::date is null or c.day < $3)
  and ($4::text is null or (c.zone collate "C", c.day) > ($4::text collate "C", $5::date))
order by c.zone collate "C", c.day
limit $6`;

type Row = { zone: string; day: LocalDay; mj_per_m3: string };

const METERS_OF_ZONES = `
select v.meter_id from meter_version v
where v.calorific_zone = any($1::text[]) and v.superseded_by is null
order by v.meter_id`;

async function metersOf(client: pg.PoolClient, zones: readonly string[]): Promise<number[]> {
  const { rows } = await client.query<{ meter_id: number }>(METERS_OF_ZONES, [zones]);
  return rows.map((row) => row.meter_id);
}

/**
 * Locks the meters of the zones, then the values. Meters come first in every writer of readings; one that came to a zone
 * between the two was not locked, so the caller has to come again.
 */
async function lockZones(client: pg.PoolClient, zones: readonly string[]): Promise<number[]> {
  const meterIds = await metersOf(client, zones);
  await lockMeters(client, meterIds);
  await lockCalorificValues(client, 'write');
  const now = await metersOf(client, zones);
  if (now.every((id) => meterIds.includes(id))) return now;
  throw new Refusal('busy', 'Meters were given to these zones at this moment; send the table again');
}

type Written = { new: number; changed: number; zones: readonly string[]; days: DaySpan | null };

async function writeValues(
  client: pg.PoolClient,
  values: readonly CalorificValue[],
  drawChangeId: () => Promise<string>,
): Promise<Written> {
  const { rows } = await client.query<Row & { known: boolean }>(DIFFERING, [
    values.map(({ zone }) => zone),
    values.map(({ day }) => day),
    values.map(({ mjPerM3 }) => mjPerM3.toFixed()),
  ]);
  if (rows.length === 0) return { new: 0, changed: 0, zones: [], days: null };
  const zones = rows.map(({ zone }) => zone);
  const days = rows.map(({ day }) => day);
  const changeId = await drawChangeId();
  await client.query(END, [zones, days, changeId]);
  await client.query(INSERT, [zones, days, rows.map((row) => row.mj_per_m3), changeId]);
  const changed = rows.filter(({ known }) => known).length;
  const ordered = [...days].sort();
  const span = { start: ordered[0] ?? '', end: addDays(ordered.at(-1) ?? '', 1) };
  return { new: rows.length - changed, changed, zones: [...new Set(zones)], days: span };
}

/** Daily calorific values in the database. */
export function makeCalorificStore(pool: pg.Pool): CalorificStore {
  return {
    write: (values, principal) =>
      withConnection(pool, async (client) => {
        await openStage(client);
        const stamp = { kind: 'calorific-values', principal, uploadId: null, config: false } as const;
        const { result, stamped } = await inChange(client, stamp, async (drawChangeId) => {
          const meterIds = await lockZones(client, [...new Set(values.map(({ zone }) => zone))]);
          const written = await writeValues(client, values, drawChangeId);
          if (written.days === null) return { touched: null, result: { ...written, daysChanged: 0 } };
          const { daysChanged, touched } = await rederive(client, meterIds, written.days, await drawChangeId());
          const zones = written.zones.map((zone) => touchedOne('calorific-zone', zone, written.days));
          return { touched: touchedTogether([...zones, touched ?? TOUCHES_ALL]), result: { ...written, daysChanged } };
        });
        const { daysChanged } = result;
        const unchanged = values.length - result.new - result.changed;
        const seq = stamped?.seq.toString() ?? null;
        return { new: result.new, changed: result.changed, unchanged, daysChanged, seq };
      }),

    async list({ zone, span }, after, limit, atSeq) {
      const { rows } = await pool.query<Row>({
        name: 'calorific-values',
        text: LIST,
        values: [zone, span?.start ?? null, span?.end ?? null, after?.zone ?? null, after?.day ?? null, limit, atSeq],
      });
      return rows.map((row) => ({ zone: row.zone, day: row.day, mjPerM3: new Decimal(row.mj_per_m3) }));
    },
  };
}
