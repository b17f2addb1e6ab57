import type { PoolClient } from 'pg';
import { Decimal } from '../../domain/decimal.ts';
import type { GasContext } from '../../domain/gas/convert-gas.ts';
import { isVolumeUnit } from '../../domain/gas/volume-units.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { lockCalorificValues } from './calorific-lock.ts';

/** How the volumes of gas meters become energy, by meter. Meters without volumes are not in it. */
export type GasContexts = ReadonlyMap<number, GasContext>;

const GAS_METERS = `
select v.meter_id, v.unit, v.volume_corrected, v.correction_factor, v.correction_from, v.calorific_zone
from meter_version v
where v.meter_id = any($1::integer[]) and v.superseded_by is null and v.activity = 'natural-gas'`;

const ZONE_VALUES = `
select c.zone, c.day, c.mj_per_m3 from calorific_value c where c.zone = any($1::text[]) and c.superseded_by is null`;

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
  return new Map(
    needed.map((row) => [
      row.meter_id,
      {
        volumeUnit: isVolumeUnit(row.unit) ? row.unit : null,
        volumeCorrected: row.volume_corrected,
        correctionFactor: row.correction_factor === null ? null : new Decimal(row.correction_factor),
        correctionFrom: row.correction_from,
        daily: values.get(row.calorific_zone ?? '') ?? new Map<LocalDay, Decimal>(),
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
