import type pg from 'pg';
import { hullOf, TOUCHES_ALL, type Touched, touchedOne, touchedTogether } from '../../domain/change-log/touched.ts';
import { addDays, addMonths, type DaySpan, monthStart } from '../../domain/local-day.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { DegreeDayValue } from '../../domain/weather/degree-days.ts';
import type { DegreeDayOutcome, DegreeDayStore } from '../../services/weather/degree-days-port.ts';
import { ADVISORY_LOCKS } from '../advisory-locks.ts';
import { inChange, withConnection } from '../change.ts';
import { rederive } from '../gas/rederive.ts';
import { knownWhen } from '../past/known-when.ts';
import { openStage } from '../readings/stage.ts';
import { lockMeters } from '../readings/write-meter-days.ts';
import { DEGREE_DAY_COLUMNS, type DegreeDayRow, degreeDayFromRow } from './degree-day-rows.ts';
import { heatingMeters } from './respread.ts';

const ARRIVING = `unnest($1::text[], $2::text[], $3::numeric[], $4::text[], $5::date[], $6::numeric[], $7::text[])
  w(region, kind, base_temperature_c, resolution, day, degree_days, source)`;

const SAME = `d.region = w.region and d.kind = w.kind and d.base_temperature_c = w.base_temperature_c
  and d.resolution = w.resolution and d.day = w.day and d.superseded_by is null`;

/** What differs from what stands: `known` says whether there was a value before. */
const DIFFERING = `
select w.region, w.kind, w.base_temperature_c, w.resolution, w.day, w.degree_days, w.source, d.region is not null as known
from ${ARRIVING}
left join degree_day d on ${SAME}
where (d.degree_days, d.source) is distinct from (w.degree_days, w.source)`;

const END = `update degree_day d set superseded_by = $8 from ${ARRIVING} where ${SAME}`;

const INSERT = `
insert into degree_day (region, kind, base_temperature_c, resolution, day, degree_days, source, change_id)
select w.region, w.kind, w.base_temperature_c, w.resolution, w.day, w.degree_days, w.source, $8::bigint from ${ARRIVING}`;

const LIST = `
select ${DEGREE_DAY_COLUMNS}
from degree_day d
where ${knownWhen('d', '$13::bigint')}
  and ($1::text is null or d.region = $1) and ($2::text is null or d.kind = $2)
  and ($3::numeric is null or d.base_temperature_c = $3) and ($4::text is null or d.resolution = $4)
  and ($5::date is null or d.day >= $5) and ($6::date is null or d.day < $6)
  and ($7::text is null or (d.region collate "C", d.kind collate "C", d.base_temperature_c, d.resolution collate "C", d.day)
    > ($7::text collate "C", $8::text collate "C", $9::numeric, $10::text collate "C", $11::date))
order by d.region collate "C", d.kind collate "C", d.base_temperature_c, d.resolution collate "C", d.day
limit $12`;

type Differing = DegreeDayRow & { known: boolean };

const columnsOf = (rows: readonly DegreeDayRow[]): unknown[] => [
  rows.map((row) => row.region),
  rows.map((row) => row.kind),
  rows.map((row) => row.base_temperature_c),
  rows.map((row) => row.resolution),
  rows.map((row) => row.day),
  rows.map((row) => row.degree_days),
  rows.map((row) => row.source),
];

const toRow = (value: DegreeDayValue): DegreeDayRow => ({
  ...value,
  base_temperature_c: value.baseTemperatureC.toFixed(),
  degree_days: value.degreeDays.toFixed(),
});

async function writeValues(
  client: pg.PoolClient,
  values: readonly DegreeDayValue[],
  drawChangeId: () => Promise<string>,
): Promise<Differing[]> {
  const { rows } = await client.query<Differing>(DIFFERING, columnsOf(values.map(toRow)));
  if (rows.length === 0) return [];
  const changeId = await drawChangeId();
  await client.query(END, [...columnsOf(rows), changeId]);
  await client.query(INSERT, [...columnsOf(rows), changeId]);
  return rows;
}

/** The months that hold the values: a day decides how the others of its month are known. */
function monthsOf(rows: readonly Differing[]): DaySpan {
  const days = rows.map(({ day }) => day).sort();
  return { start: monthStart(days[0] ?? ''), end: addMonths(monthStart(days.at(-1) ?? ''), 1) };
}

/** The regions of the values, and their days or months. */
function touchedBy(rows: readonly Differing[]): Touched {
  const spans = rows.map(({ day, resolution }) => ({
    start: day,
    end: resolution === 'month' ? addMonths(day, 1) : addDays(day, 1),
  }));
  const days = hullOf(spans);
  return touchedTogether(
    [...new Set(rows.map(({ region }) => region))].map((region) => touchedOne('weather-region', region, days)),
  );
}

/**
 * Locks the meters whose totals are spread over degree days, then the degree days. Meters come first in every writer of
 * readings; one that declared a heating share between the two was not locked, so the caller has to come again.
 */
async function lockHeating(client: pg.PoolClient): Promise<number[]> {
  const meterIds = await heatingMeters(client);
  await lockMeters(client, meterIds);
  await client.query(`select pg_advisory_xact_lock(${ADVISORY_LOCKS.degreeDays})`);
  const now = await heatingMeters(client);
  if (now.every((id) => meterIds.includes(id))) return now;
  throw new Refusal('busy', 'Meters declared a heating share at this moment; send the table again');
}

/** Degree days in the database. */
export function makeDegreeDayStore(pool: pg.Pool): DegreeDayStore {
  return {
    write: (values, principal) =>
      withConnection(pool, async (client): Promise<DegreeDayOutcome> => {
        const stamp = { kind: 'degree-days', principal, uploadId: null, config: false } as const;
        await openStage(client);
        const { result, stamped } = await inChange(client, stamp, async (drawChangeId) => {
          const meterIds = await lockHeating(client);
          const written = await writeValues(client, values, drawChangeId);
          if (written.length === 0) return { touched: null, result: { written, daysChanged: 0 } };
          const changeId = await drawChangeId();
          const { daysChanged, touched } = await rederive(client, meterIds, monthsOf(written), changeId, 'spans');
          return {
            touched: touchedTogether([touchedBy(written), touched ?? TOUCHES_ALL]),
            result: { written, daysChanged },
          };
        });
        const { written, daysChanged } = result;
        const changed = written.filter(({ known }) => known).length;
        const unchanged = values.length - written.length;
        const seq = stamped?.seq.toString() ?? null;
        return { new: written.length - changed, changed, unchanged, daysChanged, seq };
      }),

    async list({ region, kind, baseTemperatureC, resolution, span }, after, limit, atSeq) {
      const { rows } = await pool.query<DegreeDayRow>({
        name: 'degree-days',
        text: LIST,
        values: [
          region,
          kind,
          baseTemperatureC?.toFixed() ?? null,
          resolution,
          span?.start ?? null,
          span?.end ?? null,
          after?.region ?? null,
          after?.kind ?? null,
          after?.base ?? null,
          after?.resolution ?? null,
          after?.day ?? null,
          limit,
          atSeq,
        ],
      });
      return rows.map(degreeDayFromRow);
    },
  };
}
