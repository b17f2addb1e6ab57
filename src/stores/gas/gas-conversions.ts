import type { PoolClient } from 'pg';
import type { Decimal } from '../../domain/decimal.ts';
import type { ConvertedEvidence, GasConversion } from '../../domain/gas/convert-gas.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { fromMicro } from '../../domain/micro.ts';

/** Digits in which a mean calorific value is kept beside the energy that was computed from the exact one. */
const KEPT_DECIMALS = 12;

const COLUMNS =
  'evidence, start_day, end_day, volume, volume_unit, unit_factor, correction_factor, correction_source, calorific_value, calorific_source, computed_kwh, stated_kwh, flags';

const CURRENT = `
select c.id, ${COLUMNS}
from gas_conversion c
where c.meter_id = $1 and c.superseded_by is null and c.evidence = any($2::text[])
  and ($3::date[] is null or c.start_day = any($3))`;

const END = 'update gas_conversion c set superseded_by = $2 where c.id = any($1::bigint[])';

const INSERT = `
insert into gas_conversion (meter_id, change_id, ${COLUMNS})
select $1::integer, $2::bigint, w.evidence, w.start_day, w.end_day, w.volume, w.volume_unit, w.unit_factor,
  w.correction_factor, w.correction_source, w.calorific_value, w.calorific_source, w.computed_kwh, w.stated_kwh,
  string_to_array(w.flags, ' ')
from unnest($3::text[], $4::date[], $5::date[], $6::numeric[], $7::text[], $8::numeric[], $9::numeric[], $10::text[],
  $11::numeric[], $12::text[], $13::numeric[], $14::numeric[], $15::text[])
  as w(evidence, start_day, end_day, volume, volume_unit, unit_factor, correction_factor, correction_source,
  calorific_value, calorific_source, computed_kwh, stated_kwh, flags)`;

const kept = (value: Decimal): string => value.toDecimalPlaces(KEPT_DECIMALS).toFixed();

/** A conversion as the database writes its columns, in their order: by it two conversions are the same or not. */
function columnsOf(conversion: GasConversion): (string | null)[] {
  return [
    conversion.evidence,
    conversion.start,
    conversion.end,
    fromMicro(conversion.volumeMicro),
    conversion.volumeUnit,
    kept(conversion.unitFactor),
    kept(conversion.correctionFactor),
    conversion.correctionSource,
    kept(conversion.calorificValue),
    conversion.calorificSource,
    fromMicro(conversion.computedMicro),
    conversion.statedMicro === null ? null : fromMicro(conversion.statedMicro),
    conversion.flags.join(' '),
  ];
}

type Row = Record<string, string | null> & { id: string; flags: string[] };

const NAMES = COLUMNS.split(', ');

const textOfRow = (row: Row): string =>
  JSON.stringify(NAMES.map((name) => (name === 'flags' ? row.flags.join(' ') : row[name])));

/**
 * Puts the conversions of a locked meter in place of those that stand for the same kinds of evidence, on `days` or on all.
 * What has not changed stays as it is. Returns how many rows were ended or written.
 */
export async function storeConversions(
  client: PoolClient,
  meterId: number,
  evidence: readonly ConvertedEvidence[],
  days: readonly LocalDay[] | null,
  conversions: readonly GasConversion[],
  changeId: string,
): Promise<number> {
  const { rows } = await client.query<Row>({
    name: 'gas-conversions',
    text: CURRENT,
    values: [meterId, evidence, days],
  });
  const fresh = new Map(conversions.map((conversion) => [JSON.stringify(columnsOf(conversion)), conversion]));
  const standing = new Set(rows.map(textOfRow));
  const ended = rows.filter((row) => !fresh.has(textOfRow(row))).map(({ id }) => id);
  const added = [...fresh].filter(([text]) => !standing.has(text)).map(([, conversion]) => columnsOf(conversion));
  if (ended.length > 0) await client.query(END, [ended, changeId]);
  if (added.length > 0)
    await client.query(INSERT, [
      meterId,
      changeId,
      ...NAMES.map((_, column) => added.map((row) => row[column] ?? null)),
    ]);
  return ended.length + added.length;
}
