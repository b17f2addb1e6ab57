import type pg from 'pg';
import { touchedOne } from '../../domain/change-log/touched.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { DegreeDayKind } from '../../domain/weather/degree-days.ts';
import type { Reference } from '../../domain/weather/reference-degree-days.ts';
import type { ReferenceStore } from '../../services/weather/references.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { inChange, withConnection } from '../change.ts';
import { knownWhen } from '../past/known-when.ts';

const COLUMNS = 'r.key, r.name, r.source, r.series';

const FIND = `select ${COLUMNS} from reference_degree_days r where r.key = $1 and ${knownWhen('r', '$2::bigint')}`;

const LIST = `
select ${COLUMNS}
from reference_degree_days r
where ${knownWhen('r', '$3::bigint')} and ($1::text is null or r.key collate "C" > $1::text collate "C")
order by r.key collate "C"
limit $2`;

const IS_SAME = `
select r.name = $2 and r.source = $3 and r.series = $4::jsonb as same
from reference_degree_days r
where r.key = $1 and r.superseded_by is null`;

const END = 'update reference_degree_days r set superseded_by = $2 where r.key = $1 and r.superseded_by is null';

const INSERT = `
insert into reference_degree_days (key, change_id, name, source, series) values ($1, $2::bigint, $3, $4, $5::jsonb)`;

/** Numbers are kept as text, so that they come back with the digits they were sent in. */
type SeriesRow = { region: string; kind: DegreeDayKind; baseTemperatureC: string; months: string[] };
type Row = { key: string; name: string; source: string; series: SeriesRow[] };

function fromRow({ key, name, source, series }: Row): Reference {
  return {
    key,
    name,
    source,
    series: series.map(({ baseTemperatureC, months, ...row }) => ({
      ...row,
      baseTemperatureC: new Decimal(baseTemperatureC),
      months: months.map((month) => new Decimal(month)),
    })),
  };
}

function seriesText({ series }: Reference): string {
  const rows = series.map(({ region, kind, baseTemperatureC, months }): SeriesRow => {
    const texts = months.map((month) => month.toFixed());
    return { region, kind, baseTemperatureC: baseTemperatureC.toFixed(), months: texts };
  });
  return JSON.stringify(rows);
}

/** Reference degree days in the database. */
export function makeReferenceStore(pool: pg.Pool): ReferenceStore {
  const stamp = (principal: string) => ({
    kind: 'reference-degree-days' as const,
    principal,
    uploadId: null,
    config: false,
  });
  const lock = `select pg_advisory_xact_lock(${ADVISORY_LOCKS.degreeDays})`;
  return {
    write: (reference, principal) =>
      withConnection(pool, async (client) => {
        const { key, name, source } = reference;
        const series = seriesText(reference);
        const { result } = await inChange(client, stamp(principal), async (drawChangeId) => {
          await client.query(lock);
          const { rows } = await client.query<{ same: boolean }>(IS_SAME, [key, name, source, series]);
          const created = rows.length === 0;
          if (rows[0]?.same === true) return { touched: null, result: { created } };
          const changeId = await drawChangeId();
          await client.query(END, [key, changeId]);
          await client.query(INSERT, [key, changeId, name, source, series]);
          return { touched: touchedOne('reference-degree-days', key), result: { created } };
        });
        return result;
      }),

    end: (key, principal) =>
      withConnection(pool, async (client) => {
        const { result } = await inChange(client, stamp(principal), async (drawChangeId) => {
          await client.query(lock);
          const { rows } = await client.query<Row>(FIND, [key, null]);
          if (rows.length === 0) return { touched: null, result: false };
          await client.query(END, [key, await drawChangeId()]);
          return { touched: touchedOne('reference-degree-days', key), result: true };
        });
        return result;
      }),

    async find(key, atSeq) {
      const { rows } = await pool.query<Row>({ name: 'reference-degree-days', text: FIND, values: [key, atSeq] });
      const row = rows[0];
      return row === undefined ? null : fromRow(row);
    },

    async list({ after, limit }, atSeq) {
      const values = [after, limit + 1, atSeq];
      const { rows } = await pool.query<Row>({ name: 'references', text: LIST, values });
      return rows.map(fromRow);
    },
  };
}
