import type pg from 'pg';
import { localDayOf, startOfDayMs } from '../../domain/calendar.ts';
import { type Touched, touchedOne, touchedTogether } from '../../domain/change-log/touched.ts';
import type { GridIntensity, IntensityMeasure } from '../../domain/grid/grid-intensity.ts';
import { addDays } from '../../domain/local-day.ts';
import type { IntensityStore } from '../../services/grid/grid-intensity.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { inChange, withConnection } from '../change.ts';
import { stood, WITH_LATER } from '../past/estate-as-of-query.ts';
import { knownWhen } from '../past/known-when.ts';

const GIVEN = 'unnest($1::text[], $2::timestamptz[], $3::numeric[], $4::text[]) w(region, slot, g_per_kwh, measure)';

const LOCK = `select pg_advisory_xact_lock(${ADVISORY_LOCKS.gridIntensity})`;

/** What differs from what stands. A forecast never takes the place of an actual value. */
const DIFFERING = `
select w.region, w.slot, w.g_per_kwh, w.measure, c.region is not null as known
from ${GIVEN}
left join grid_intensity c on c.region = w.region and c.slot = w.slot and c.superseded_by is null
where (c.g_per_kwh, c.measure) is distinct from (w.g_per_kwh, w.measure)
  and not (coalesce(c.measure, '') = 'actual' and w.measure = 'forecast')`;

const END = `
update grid_intensity c set superseded_by = $3
from unnest($1::text[], $2::timestamptz[]) w(region, slot)
where c.region = w.region and c.slot = w.slot and c.superseded_by is null`;

const INSERT = `
insert into grid_intensity (region, slot, g_per_kwh, measure, change_id)
select w.region, w.slot, w.g_per_kwh, w.measure, $5::bigint from ${GIVEN}`;

const COLUMNS = `c.region, extract(epoch from c.slot)::float8 as second, c.g_per_kwh::float8 as g_per_kwh, c.measure`;

const LIST = `
select ${COLUMNS}
from grid_intensity c
where ${knownWhen('c', '$7::bigint')}
  and ($1::text is null or c.region = $1)
  and ($2::timestamptz is null or c.slot >= $2) and ($3::timestamptz is null or c.slot < $3)
  and ($4::text is null or (c.region collate "C", c.slot) > ($4::text collate "C", $5::timestamptz))
order by c.region collate "C", c.slot
limit $6`;

const CURRENT = `
select ${COLUMNS} from grid_intensity c
where c.superseded_by is null and c.region = $1 and c.slot >= $2 and c.slot < $3`;

const AS_OF = `${WITH_LATER}
select ${COLUMNS} from grid_intensity c
where c.region = $2 and c.slot >= $3 and c.slot < $4 and ${stood('c')}`;

type Row = { region: string; second: number; g_per_kwh: number; measure: IntensityMeasure };
type DifferingRow = { region: string; slot: Date; g_per_kwh: string; measure: string; known: boolean };

const fromRow = ({ region, second, g_per_kwh, measure }: Row): GridIntensity => ({
  region,
  startMs: second * 1000,
  gPerKwh: g_per_kwh,
  measure,
});

const startOf = (day: string): Date => new Date(startOfDayMs(day));

/** The regions of the values, and the local days of their half-hours. */
function touchedBy(rows: readonly DifferingRow[]): Touched {
  const slots = rows.map(({ slot }) => slot).sort((a, b) => a.getTime() - b.getTime());
  const [first, last] = [slots[0], slots.at(-1)];
  const days =
    first === undefined || last === undefined ? null : { start: localDayOf(first), end: addDays(localDayOf(last), 1) };
  const regions = [...new Set(rows.map(({ region }) => region))];
  return touchedTogether(regions.map((region) => touchedOne('grid-region', region, days)));
}

/** Grid intensities in the database. */
export function makeIntensityStore(pool: pg.Pool): IntensityStore {
  return {
    write: (values, principal) =>
      withConnection(pool, async (client) => {
        const stamp = { kind: 'grid-intensity', principal, uploadId: null, config: false } as const;
        const { result, stamped } = await inChange(client, stamp, async (drawChangeId) => {
          await client.query(LOCK);
          const { rows } = await client.query<DifferingRow>(DIFFERING, [
            values.map(({ region }) => region),
            values.map(({ startMs }) => new Date(startMs)),
            values.map(({ gPerKwh }) => gPerKwh),
            values.map(({ measure }) => measure),
          ]);
          const changed = rows.filter(({ known }) => known).length;
          const written = { new: rows.length - changed, changed, unchanged: values.length - rows.length };
          if (rows.length === 0) return { touched: null, result: written };
          const [regions, slots] = [rows.map(({ region }) => region), rows.map(({ slot }) => slot)];
          const changeId = await drawChangeId();
          if (changed > 0) await client.query(END, [regions, slots, changeId]);
          const numbers = rows.map((row) => row.g_per_kwh);
          await client.query(INSERT, [regions, slots, numbers, rows.map(({ measure }) => measure), changeId]);
          return { touched: touchedBy(rows), result: written };
        });
        return { ...result, seq: stamped?.seq.toString() ?? null };
      }),

    async list({ region, span }, after, limit, atSeq) {
      const edges = [span === null ? null : startOf(span.start), span === null ? null : startOf(span.end)];
      const { rows } = await pool.query<Row>({
        name: 'grid-intensities',
        text: LIST,
        values: [region, ...edges, after?.region ?? null, after?.start ?? null, limit, atSeq],
      });
      return rows.map(fromRow);
    },

    async read(region, span, at) {
      const edges = [region, startOf(span.start), startOf(span.end)];
      const { rows } = await (at === null
        ? pool.query<Row>(CURRENT, edges)
        : pool.query<Row>(AS_OF, [at.seq, ...edges]));
      return new Map(rows.map(({ second, g_per_kwh, measure }) => [second * 1000, { gPerKwh: g_per_kwh, measure }]));
    },
  };
}
