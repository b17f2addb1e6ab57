import type pg from 'pg';
import { Decimal } from '../../domain/decimal.ts';
import type { ConvertedEvidence } from '../../domain/gas/convert-gas.ts';
import type { CalorificSource, ConversionFlag, CorrectionSource } from '../../domain/gas/gas-factors.ts';
import type { MeterConversions, StoredConversion } from '../../domain/gas/stored-conversion.ts';
import type { VolumeUnit } from '../../domain/gas/volume-units.ts';
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

type Row = {
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
  stated_kwh: string | null;
  flags: ConversionFlag[];
};

function fromRow(row: Row): StoredConversion {
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
    statedKwh: row.stated_kwh === null ? null : new Decimal(row.stated_kwh),
    flags: row.flags,
  };
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
