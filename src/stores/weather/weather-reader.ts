import type pg from 'pg';
import { spansOfBills } from '../../domain/bill-spans.ts';
import { Decimal } from '../../domain/decimal.ts';
import { groupBy } from '../../domain/group-by.ts';
import { addMonths, type LocalDay, monthStart } from '../../domain/local-day.ts';
import { spansOfReads } from '../../domain/registers/register-spans.ts';
import type { SpanTotal } from '../../domain/span-totals.ts';
import { ORIGIN_NAMES } from '../../domain/stored-readings.ts';
import type { EvidenceDay, MeasuredSpan, WeatherEvidence } from '../../domain/weather/fit-points.ts';
import type { Knowledge, WeatherReader } from '../../services/weather/weather-reader.ts';
import { isLater, laterChanges } from '../past/days-as-of.ts';
import { knownWhen } from '../past/known-when.ts';
import { knownBills, knownReads } from '../readings/known-totals.ts';
import { registerMeters } from '../readings/register-reads.ts';
import { DEGREE_DAY_COLUMNS, type DegreeDayRow, degreeDayFromRow } from './degree-day-rows.ts';
import { measuredMonths } from './measured-months.ts';
import { measuredSpans } from './measured-spans.ts';
import { makeReferenceStore } from './reference-store.ts';

const DEGREE_DAYS = `
select ${DEGREE_DAY_COLUMNS}
from degree_day d
join unnest($1::text[], $2::text[], $3::numeric[]) w(region, kind, base_temperature_c)
  on d.region = w.region and d.kind = w.kind and d.base_temperature_c = w.base_temperature_c
where d.day >= $4::date and d.day < $5::date and ${knownWhen('d', '$6::bigint')}`;

const DAYS = `
select d.meter_id, d.day, d.origin, d.quantity, d.actual_minutes, d.estimated_minutes
from meter_day d
where d.meter_id = any($1::integer[]) and d.day >= $2::date and d.day < $3::date`;

/** The same of the days as they stood at a clock reading: those not written since, and what was replaced since. */
const DAYS_AS_OF = (seq: string): string => `
with ${laterChanges(seq)}
${DAYS} and not ${isLater('d.change_id')}
union all
select r.meter_id, r.day, r.origin, r.quantity, r.actual_minutes, r.estimated_minutes
from meter_day_revision r
where r.meter_id = any($1::integer[]) and r.day >= $2::date and r.day < $3::date
  and ${isLater('r.superseded_by')} and not ${isLater('r.change_id')}`;

const KNOWN = `
select h.seq::text as seq, to_char(h.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_at
from change h
where $1::bigint is null or h.seq <= $1
order by h.seq desc
limit 1`;

type DayRow = {
  meter_id: number;
  day: LocalDay;
  origin: number;
  quantity: string | null;
  actual_minutes: number;
  estimated_minutes: number;
};

function dayFromRow(row: DayRow): EvidenceDay {
  return {
    day: row.day,
    origin: ORIGIN_NAMES[row.origin - 1] ?? 'interval',
    quantity: row.quantity === null ? null : new Decimal(row.quantity),
    actualMinutes: row.actual_minutes,
    estimatedMinutes: row.estimated_minutes,
  };
}

const actualSpans = (spans: readonly SpanTotal[]): MeasuredSpan[] =>
  spans.flatMap(({ start, end, rank, quality }) => (quality === 'A' && start < end ? [{ start, end, rank }] : []));

/** Spans of bills and register readings whose totals are actual, by meter. */
async function spansOf(
  pool: pg.Pool,
  meterIds: readonly number[],
  atSeq: string | null,
): Promise<Map<number, MeasuredSpan[]>> {
  const [bills, reads, meters] = await Promise.all([
    knownBills(pool, meterIds, atSeq),
    knownReads(pool, meterIds, atSeq),
    registerMeters(pool, meterIds),
  ]);
  const spans = new Map<number, MeasuredSpan[]>();
  const add = (meterId: number, found: readonly SpanTotal[]): void => {
    spans.set(meterId, [...(spans.get(meterId) ?? []), ...actualSpans(found)]);
  };
  for (const [meterId, own] of bills)
    add(
      meterId,
      spansOfBills(own).map(({ span }) => span),
    );
  for (const [meterId, own] of reads) {
    const meter = meters.get(meterId);
    if (meter !== undefined) add(meterId, spansOfReads(own, meter));
  }
  return spans;
}

/** Reads weather and evidence from PostgreSQL; `atSeq` null: as they stand now. */
export function makeWeatherReader(pool: pg.Pool, atSeq: string | null = null): WeatherReader {
  const references = makeReferenceStore(pool);
  const evidence: WeatherReader['evidence'] = async (meterIds, span) => {
    if (meterIds.length === 0) return new Map();
    const window = [meterIds, span.start, span.end];
    const [days, spans] = await Promise.all([
      atSeq === null
        ? pool.query<DayRow>({ name: 'weather-days', text: DAYS, values: window })
        : pool.query<DayRow>(DAYS_AS_OF('$4::bigint'), [...window, atSeq]),
      spansOf(pool, meterIds, atSeq),
    ]);
    const found = new Map<number, WeatherEvidence>();
    for (const [meterId, rows] of groupBy(days.rows, (row) => row.meter_id)) {
      const own = new Map(rows.map((row): [LocalDay, EvidenceDay] => [row.day, dayFromRow(row)]));
      found.set(meterId, { days: own, spans: spans.get(meterId) ?? [] });
    }
    return found;
  };
  return {
    evidence,

    async degreeDays(series, { start, end }) {
      if (series.length === 0) return [];
      const { rows } = await pool.query<DegreeDayRow>({
        name: 'degree-days-of',
        text: DEGREE_DAYS,
        values: [
          series.map(({ region }) => region),
          series.map(({ kind }) => kind),
          series.map(({ baseTemperatureC }) => baseTemperatureC.toFixed()),
          monthStart(start),
          addMonths(monthStart(end), 1),
          atSeq,
        ],
      });
      return rows.map(degreeDayFromRow);
    },

    reference: (key) => references.find(key, atSeq),

    async fitEvidence(meterIds, span) {
      const spans = await spansOf(pool, meterIds, atSeq);
      const spread = meterIds.filter((id) => (spans.get(id) ?? []).length > 0);
      const plain = meterIds.filter((id) => (spans.get(id) ?? []).length === 0);
      const statement = atSeq === null ? DAYS : DAYS_AS_OF('$6::bigint');
      const bySpan = atSeq === null ? await measuredSpans(pool, spans, spread, span) : null;
      const [byDay, byMonth] = await Promise.all([
        evidence(bySpan?.withIntervals ?? spread, span),
        plain.length === 0 ? null : measuredMonths(pool, statement, plain, span, atSeq),
      ]);
      const months = [...(byMonth ?? [])].map(([id, own]): [number, WeatherEvidence] => {
        return [id, { days: new Map(), spans: [], months: own }];
      });
      return new Map([...byDay, ...(bySpan?.evidence ?? []), ...months]);
    },

    async known(): Promise<Knowledge> {
      const { rows } = await pool.query<{ seq: string; recorded_at: string }>(KNOWN, [atSeq]);
      const row = rows[0];
      if (row === undefined) throw new Error('The database records no change: reference data is not loaded.');
      return { seq: row.seq, recordedAt: row.recorded_at };
    },
  };
}
