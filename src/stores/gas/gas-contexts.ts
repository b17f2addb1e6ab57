import type { PoolClient } from 'pg';
import { Decimal } from '../../domain/decimal.ts';
import { type ConvertedEvidence, type GasContext, volumeKey } from '../../domain/gas/convert-gas.ts';
import { GAS_SETTINGS } from '../../domain/gas/gas-settings.ts';
import { isVolumeUnit, type VolumeUnit } from '../../domain/gas/volume-units.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { toMicro } from '../../domain/micro.ts';
import { lockCalorificValues } from './calorific-lock.ts';

/** How the volumes of gas meters become energy, by meter. Meters without volumes are not in it. */
export type GasContexts = ReadonlyMap<number, GasContext>;

const GAS_METERS = `
select v.meter_id, v.unit, v.volume_corrected, v.correction_factor, v.correction_from, v.calorific_zone
from meter_version v
where v.meter_id = any($1::integer[]) and v.superseded_by is null and v.activity = 'natural-gas'`;

const ZONE_VALUES = `
select c.zone, c.day, c.mj_per_m3 from calorific_value c where c.zone = any($1::text[]) and c.superseded_by is null`;

const ASSUMED_PATH = "'{conversion,assumedCalorificValue}'";
const { assumedCalorificValue: ASSUMED } = GAS_SETTINGS.conversion;

/** Every calorific value that settings have assumed, the one that holds first. */
const ASSUMED_VALUES = `
select coalesce((g.gas #>> ${ASSUMED_PATH})::numeric, ${ASSUMED.value})::text as value
from settings_version g
group by 1
order by bool_or(g.superseded_by is null) desc`;

/** What volumes of some meters were last converted with where a value was assumed, those first that stand. */
const KEPT_VALUES = `
select distinct on (c.meter_id, c.evidence, c.start_day, c.end_day, c.volume, c.volume_unit)
  c.meter_id, c.evidence, c.start_day, c.end_day, c.volume, c.volume_unit, c.calorific_value
from gas_conversion c
where c.meter_id = any($1::integer[]) and c.calorific_source = 'default'
order by c.meter_id, c.evidence, c.start_day, c.end_day, c.volume, c.volume_unit, c.superseded_by is null desc, c.id desc`;

type KeptRow = {
  meter_id: number;
  evidence: ConvertedEvidence;
  start_day: LocalDay;
  end_day: LocalDay;
  volume: string;
  volume_unit: VolumeUnit;
  calorific_value: string;
};

type MeterRow = {
  meter_id: number;
  unit: string;
  volume_corrected: boolean;
  correction_factor: string | null;
  correction_from: LocalDay | null;
  calorific_zone: string | null;
};

async function valuesByZone(
  client: Pick<PoolClient, 'query'>,
  zones: readonly string[],
): Promise<Map<string, Map<LocalDay, Decimal>>> {
  const byZone = new Map(zones.map((zone): [string, Map<LocalDay, Decimal>] => [zone, new Map()]));
  if (zones.length === 0) return byZone;
  const { rows } = await client.query<{ zone: string; day: LocalDay; mj_per_m3: string }>({
    name: 'zone-values',
    text: ZONE_VALUES,
    values: [zones],
  });
  for (const { zone, day, mj_per_m3: value } of rows) byZone.get(zone)?.set(day, new Decimal(value));
  return byZone;
}

type Assumed = { value: Decimal; kept: ReadonlyMap<number, Map<string, Decimal>> };

/** What is assumed where nobody states a calorific value. Only once settings have changed has a volume another one to keep. */
async function readAssumed(client: Pick<PoolClient, 'query'>, meterIds: readonly number[]): Promise<Assumed> {
  const values = await client.query<{ value: string }>({ name: 'assumed-values', text: ASSUMED_VALUES });
  const [holding] = values.rows;
  const kept = new Map<number, Map<string, Decimal>>();
  if (values.rows.length > 1) {
    const { rows } = await client.query<KeptRow>({ name: 'kept-values', text: KEPT_VALUES, values: [meterIds] });
    for (const [meterId, own] of groupBy(rows, (row) => row.meter_id)) kept.set(meterId, new Map(own.map(keptOf)));
  }
  return { value: new Decimal(holding?.value ?? ASSUMED.value), kept };
}

function keptOf(row: KeptRow): [string, Decimal] {
  const { evidence, start_day: start, end_day: end, volume_unit: volumeUnit } = row;
  const volume = { evidence, start, end, volumeMicro: toMicro(row.volume), volumeUnit };
  return [volumeKey(volume), new Decimal(row.calorific_value)];
}

/**
 * How the volumes of meters become energy by what is known now. `billed` are the meters whose bills state volumes; the others
 * need it only where they are read in a unit of volume. `hold` is called before values are read.
 */
export async function readGasContexts(
  client: Pick<PoolClient, 'query'>,
  meterIds: readonly number[],
  billed: ReadonlySet<number>,
  hold: () => Promise<void> = async () => undefined,
): Promise<GasContexts> {
  const { rows } = await client.query<MeterRow>({ name: 'gas-meters', text: GAS_METERS, values: [meterIds] });
  const needed = rows.filter((row) => isVolumeUnit(row.unit) || billed.has(row.meter_id));
  if (needed.length === 0) return new Map();
  await hold();
  const zones = [...new Set(needed.flatMap((row) => row.calorific_zone ?? []))];
  const values = await valuesByZone(client, zones);
  const assumed = await readAssumed(
    client,
    needed.map((row) => row.meter_id),
  );
  return new Map(
    needed.map((row) => [
      row.meter_id,
      {
        volumeUnit: isVolumeUnit(row.unit) ? row.unit : null,
        volumeCorrected: row.volume_corrected,
        correctionFactor: row.correction_factor === null ? null : new Decimal(row.correction_factor),
        correctionFrom: row.correction_from,
        daily: values.get(row.calorific_zone ?? '') ?? new Map<LocalDay, Decimal>(),
        assumed: { value: assumed.value, kept: assumed.kept.get(row.meter_id) ?? new Map<string, Decimal>() },
      },
    ]),
  );
}

/** How the volumes of locked meters become energy. Holds the calorific values still until the transaction ends. */
export function gasContexts(
  client: PoolClient,
  meterIds: readonly number[],
  billed: ReadonlySet<number>,
): Promise<GasContexts> {
  return readGasContexts(client, meterIds, billed, () => lockCalorificValues(client, 'read'));
}
