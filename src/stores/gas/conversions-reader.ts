import type pg from 'pg';
import type { PoolClient } from 'pg';
import { Decimal } from '../../domain/decimal.ts';
import type { ConvertedEvidence } from '../../domain/gas/convert-gas.ts';
import type { CalorificSource, ConversionFlag, CorrectionSource } from '../../domain/gas/gas-factors.ts';
import { type FactorsByDay, factorsByDay, type KeptFactors } from '../../domain/gas/kept-factors.ts';
import type { MeterConversions, StoredConversion } from '../../domain/gas/stored-conversion.ts';
import type { VolumeUnit } from '../../domain/gas/volume-units.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { DaySpan, LocalDay } from '../../domain/local-day.ts';

const CONVERSIONS = `
select c.evidence, c.start_day, c.end_day, c.volume, c.volume_unit, c.unit_factor, c.correction_factor, c.correction_source,
  c.calorific_value, c.calorific_source, c.computed_kwh, c.stated_kwh, c.flags
from meter m
join gas_conversion c on c.meter_id = m.id
where m.key = $1 and c.start_day < $3::date and c.end_day > $2::date
  and case when $4::bigint is null then c.superseded_by is null
    else exists (select from change h where h.id = c.change_id and h.seq <= $4)
      and not exists (select from change h where h.id = c.superseded_by and h.seq <= $4) end
order by c.start_day, c.end_day, c.evidence, c.id`;

const YEAR_KWH = `
select sum(d.quantity) as kwh
from meter m
join meter_extent e on e.meter_id = m.id
join meter_day d on d.meter_id = m.id and d.day > e.last_day - 365
where m.key = $1`;

/** The columns of a conversion that every reader of one asks for. */
export type ConversionRow = {
  evidence: ConvertedEvidence;
  start_day: LocalDay;
  end_day: LocalDay;
  volume: string;
  volume_unit: VolumeUnit;
  unit_factor: string;
  correction_factor: string;
  correction_source: CorrectionSource;
  calorific_value: string;
  calorific_source: CalorificSource;
  computed_kwh: string;
};

type Row = ConversionRow & { stated_kwh: string | null; flags: ConversionFlag[] };

/** A volume, the factors it was turned into energy with, and the result. */
export function conversionFromRow(row: ConversionRow): Omit<StoredConversion, 'statedKwh' | 'flags'> {
  return {
    evidence: row.evidence,
    start: row.start_day,
    end: row.end_day,
    volume: new Decimal(row.volume),
    volumeUnit: row.volume_unit,
    unitFactor: new Decimal(row.unit_factor),
    correctionFactor: new Decimal(row.correction_factor),
    correctionSource: row.correction_source,
    calorificValue: new Decimal(row.calorific_value),
    calorificSource: row.calorific_source,
    computedKwh: new Decimal(row.computed_kwh),
  };
}

function fromRow(row: Row): StoredConversion {
  const statedKwh = row.stated_kwh === null ? null : new Decimal(row.stated_kwh);
  return { ...conversionFromRow(row), statedKwh, flags: row.flags };
}

/**
 * Reads how the volumes of a gas meter became energy, as far as they share days with a span: now, or as it was known at a
 * clock reading. How much it uses in a year is only said of now.
 */
export function makeConversionsReader(
  pool: pg.Pool,
  atSeq: string | null = null,
): (meter: string, span: DaySpan) => Promise<MeterConversions> {
  return async (meter, span) => {
    const { rows } = await pool.query<Row>({
      name: 'conversions-of',
      text: CONVERSIONS,
      values: [meter, span.start, span.end, atSeq],
    });
    if (rows.length === 0 || atSeq !== null) return { conversions: rows.map(fromRow), yearKwh: null };
    const year = await pool.query<{ kwh: string | null }>({ name: 'year-kwh', text: YEAR_KWH, values: [meter] });
    const kwh = year.rows[0]?.kwh ?? null;
    return { conversions: rows.map(fromRow), yearKwh: kwh === null ? null : new Decimal(kwh) };
  };
}

const KEPT_FACTORS = `
select c.meter_id, c.evidence, c.start_day, c.end_day, c.unit_factor, c.correction_factor, c.calorific_value,
  c.calorific_source
from gas_conversion c
where c.meter_id = any($1::integer[]) and c.start_day < $3::date and c.end_day > $2::date and c.superseded_by is null`;

type FactorsRow = Pick<
  ConversionRow,
  'evidence' | 'start_day' | 'end_day' | 'unit_factor' | 'correction_factor' | 'calorific_value' | 'calorific_source'
> & { meter_id: number };

function factorsFromRow(row: FactorsRow): KeptFactors {
  return {
    evidence: row.evidence,
    start: row.start_day,
    end: row.end_day,
    unitFactor: new Decimal(row.unit_factor),
    correctionFactor: new Decimal(row.correction_factor),
    calorificValue: new Decimal(row.calorific_value),
    calorificSource: row.calorific_source,
  };
}

/** What turned the volumes of some meters into energy, by meter and day, as it stands. Meters without volumes are not in it. */
export async function readKeptFactors(
  db: pg.Pool | PoolClient,
  meterIds: readonly number[],
  { start, end }: DaySpan,
): Promise<Map<number, FactorsByDay>> {
  const { rows } = await db.query<FactorsRow>({
    name: 'kept-factors',
    text: KEPT_FACTORS,
    values: [meterIds, start, end],
  });
  const byMeter = groupBy(rows, (row) => row.meter_id);
  return new Map([...byMeter].map(([meterId, own]) => [meterId, factorsByDay(own.map(factorsFromRow))]));
}
