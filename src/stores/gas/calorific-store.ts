import type pg from 'pg';
import { Decimal } from '../../domain/decimal.ts';
import type { CalorificValue } from '../../domain/gas/calorific-values.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { CalorificStore } from '../../services/gas/calorific-port.ts';
import { inChange, withConnection } from '../change.ts';
import { lockCalorificValues } from './calorific-lock.ts';

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
where c.superseded_by is null
  and ($1::text is null or c.zone = $1)
  and ($2::date is null or c.day >= $2) and ($3::date is null or c.day < $3)
  and ($4::text is null or (c.zone collate "C", c.day) > ($4::text collate "C", $5::date))
order by c.zone collate "C", c.day
limit $6`;

type Row = { zone: string; day: LocalDay; mj_per_m3: string };

async function writeValues(
  client: pg.PoolClient,
  values: readonly CalorificValue[],
  drawChangeId: () => Promise<string>,
): Promise<{ new: number; changed: number }> {
  const { rows } = await client.query<Row & { known: boolean }>(DIFFERING, [
    values.map(({ zone }) => zone),
    values.map(({ day }) => day),
    values.map(({ mjPerM3 }) => mjPerM3.toFixed()),
  ]);
  if (rows.length === 0) return { new: 0, changed: 0 };
  const zones = rows.map(({ zone }) => zone);
  const days = rows.map(({ day }) => day);
  const changeId = await drawChangeId();
  await client.query(END, [zones, days, changeId]);
  await client.query(INSERT, [zones, days, rows.map((row) => row.mj_per_m3), changeId]);
  const changed = rows.filter(({ known }) => known).length;
  return { new: rows.length - changed, changed };
}

/** Daily calorific values in the database. */
export function makeCalorificStore(pool: pg.Pool): CalorificStore {
  return {
    write: (values, principal) =>
      withConnection(pool, async (client) => {
        const stamp = { kind: 'calorific-values', principal, uploadId: null, config: false };
        const { result, stamped } = await inChange(client, stamp, async (drawChangeId) => {
          await lockCalorificValues(client, 'write');
          const written = await writeValues(client, values, drawChangeId);
          return { changed: written.new + written.changed > 0, result: written };
        });
        const unchanged = values.length - result.new - result.changed;
        return { ...result, unchanged, seq: stamped?.seq.toString() ?? null };
      }),

    async list({ zone, span }, after, limit) {
      const { rows } = await pool.query<Row>({
        name: 'calorific-values',
        text: LIST,
        values: [zone, span?.start ?? null, span?.end ?? null, after?.zone ?? null, after?.day ?? null, limit],
      });
      return rows.map((row) => ({ zone: row.zone, day: row.day, mjPerM3: new Decimal(row.mj_per_m3) }));
    },
  };
}
