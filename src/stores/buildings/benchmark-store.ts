import type pg from 'pg';
import type { Activity } from '../../domain/activities.ts';
import type { BenchmarkEdition } from '../../domain/buildings/benchmarks.ts';
import { touchedOne } from '../../domain/change-log/touched.ts';
import { Decimal } from '../../domain/decimal.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { BenchmarkStore } from '../../services/buildings/benchmarks-store.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { inChange, withConnection } from '../change.ts';
import { knownWhen } from '../past/known-when.ts';

const COLUMNS = 'b.table_key, b.edition, b.source, b.valid_from, b.uses, b.conversions';

const FIND = `
select ${COLUMNS} from benchmark_edition b
where b.table_key = $1 and b.edition = $2 and ${knownWhen('b', '$3::bigint')}`;

const LIST = `
select ${COLUMNS}
from benchmark_edition b
where ${knownWhen('b', '$4::bigint')}
  and ($1::text is null or (b.table_key collate "C", b.edition collate "C") > ($1::text collate "C", $2::text collate "C"))
order by b.table_key collate "C", b.edition collate "C"
limit $3`;

/** What a name was given to, now or ever. */
const EVER = `
select b.superseded_by is null as stands,
  b.source = $3 and b.valid_from = $4 and b.uses = $5::jsonb and b.conversions = $6::jsonb as same
from benchmark_edition b
where b.table_key = $1 and b.edition = $2
order by b.change_id desc
limit 1`;

const SAME_DAY = `
select b.edition from benchmark_edition b
where b.table_key = $1 and b.edition <> $2 and b.valid_from = $3 and b.superseded_by is null
limit 1`;

const END = `
update benchmark_edition b set superseded_by = $3
where b.table_key = $1 and b.edition = $2 and b.superseded_by is null`;

const INSERT = `
insert into benchmark_edition (table_key, edition, change_id, source, valid_from, uses, conversions)
values ($1, $2, $7::bigint, $3, $4, $5::jsonb, $6::jsonb)`;

/** Numbers are kept as text, so that they come back with the digits they were sent in. */
type UseRow = {
  use: string;
  name: string;
  electricityKwhPerM2: string;
  fossilThermalKwhPerM2: string;
  siteCategories: string[];
};
type ConversionRow = { activity: Activity; heatNetwork: string | null; kgCo2PerKwh: string; source: string };
type Row = {
  table_key: string;
  edition: string;
  source: string;
  valid_from: LocalDay;
  uses: UseRow[];
  conversions: ConversionRow[];
};

function fromRow(row: Row): BenchmarkEdition {
  return {
    table: row.table_key,
    edition: row.edition,
    source: row.source,
    validFrom: row.valid_from,
    uses: row.uses.map(({ electricityKwhPerM2, fossilThermalKwhPerM2, ...use }) => ({
      ...use,
      electricityKwhPerM2: new Decimal(electricityKwhPerM2),
      fossilThermalKwhPerM2: new Decimal(fossilThermalKwhPerM2),
    })),
    conversions: row.conversions.map(({ kgCo2PerKwh, ...conversion }) => ({
      ...conversion,
      kgCo2PerKwh: new Decimal(kgCo2PerKwh),
    })),
  };
}

function conflict(pointer: string, detail: string): Refusal {
  return new Refusal('conflict', detail, [{ pointer, code: 'immutable', detail }]);
}

/** Editions of benchmarks in the database. */
export function makeBenchmarkStore(pool: pg.Pool): BenchmarkStore {
  const stamp = (principal: string) => ({ kind: 'benchmarks' as const, principal, uploadId: null, config: false });
  const lock = `select pg_advisory_xact_lock(${ADVISORY_LOCKS.benchmarks})`;
  const list = async (values: unknown[]) => {
    const { rows } = await pool.query<Row>({ name: 'benchmark-editions', text: LIST, values });
    return rows.map(fromRow);
  };
  return {
    write: (edition, principal) =>
      withConnection(pool, async (client) => {
        const { table, edition: name, source, validFrom, uses, conversions } = edition;
        const values = [table, name, source, validFrom, JSON.stringify(uses), JSON.stringify(conversions)];
        const { result } = await inChange(client, stamp(principal), async (drawChangeId) => {
          await client.query(lock);
          const before = (await client.query<{ stands: boolean; same: boolean }>(EVER, values)).rows[0];
          if (before !== undefined && !before.same)
            throw conflict(
              '',
              `Edition '${name}' of the benchmarks '${table}' was kept with another content: an edition is never edited; send the new one under a name of its own`,
            );
          if (before?.stands === true) return { touched: null, result: 'unchanged' as const };
          const rival = (await client.query<{ edition: string }>(SAME_DAY, [table, name, validFrom])).rows[0];
          if (rival !== undefined)
            throw conflict(
              '/validFrom',
              `validFrom is ${validFrom}, as that of edition '${rival.edition}': expected a day of its own, or delete that edition first`,
            );
          await client.query(INSERT, [...values, await drawChangeId()]);
          return { touched: touchedOne('benchmarks', table), result: 'created' as const };
        });
        return result;
      }),

    end: ({ table, edition }, principal) =>
      withConnection(pool, async (client) => {
        const { result } = await inChange(client, stamp(principal), async (drawChangeId) => {
          await client.query(lock);
          const { rows } = await client.query<Row>(FIND, [table, edition, null]);
          if (rows.length === 0) return { touched: null, result: false };
          await client.query(END, [table, edition, await drawChangeId()]);
          return { touched: touchedOne('benchmarks', table), result: true };
        });
        return result;
      }),

    async find({ table, edition }, atSeq) {
      const values = [table, edition, atSeq];
      const { rows } = await pool.query<Row>({ name: 'benchmark-edition', text: FIND, values });
      const row = rows[0];
      return row === undefined ? null : fromRow(row);
    },

    list: (after, limit, atSeq) => list([after?.table ?? null, after?.edition ?? null, limit + 1, atSeq]),
    all: (atSeq) => list([null, null, null, atSeq]),
  };
}
