import { defaultMeasures } from '../../../domain/check-meter.ts';
import { inForce } from '../../../domain/dated.ts';
import { Decimal } from '../../../domain/decimal.ts';
import { meterKeyOf, meterKeyWarnings } from '../../../domain/identifiers/meter-key.ts';
import type { LocalDay } from '../../../domain/local-day.ts';
import type { Meter } from '../../../domain/meter.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { TENANCY_CATEGORY } from '../../../domain/tenancy.ts';
import type { MeterFilter } from '../../../services/meter-store.ts';
import type { CsvColumn } from '../../csv.ts';
import { withoutNulls } from '../../without-nulls.ts';
import type { MeterInput, MeterOutput, MeterQuery } from './schemas.ts';

function refuse(pointer: string, code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer, code, detail }]);
}

function placementsOf({ site, placements }: MeterInput): Meter['placements'] {
  if (site !== undefined && placements !== undefined)
    return refuse('/site', 'ambiguous', 'site and placements are both given: expected one of them');
  if (site !== undefined) return [{ from: null, site }];
  if (placements !== undefined)
    return placements.map((placement) => ({ from: placement.from ?? null, site: placement.site }));
  return refuse('/site', 'missing', "the body lacks 'site', which is required (or placements, for a meter that moved)");
}

function decimalOf(value: number | undefined): Decimal | null {
  return value === undefined ? null : new Decimal(value);
}

/** A meter from its request. */
export function fromMeterInput(key: string, input: MeterInput): Meter {
  return {
    key: meterKeyOf(key),
    name: input.name ?? null,
    placements: placementsOf(input),
    activity: input.activity,
    unit: input.unit,
    kind: input.kind ?? 'interval',
    direction: input.direction ?? 'import',
    technology: input.technology ?? null,
    parent: input.parent === undefined ? null : meterKeyOf(input.parent),
    tenant: (input.tenant ?? []).map(({ name, kind = 'tenancy', from, to, scope3Category, ...of }) => ({
      name,
      from: from ?? null,
      to: to ?? null,
      kind,
      scope3Category: scope3Category ?? TENANCY_CATEGORY[kind],
      leaseType: of.leaseType ?? null,
      floorAreaM2: of.floorAreaM2 ?? null,
      share: of.share ?? null,
    })),
    serials: input.serials ?? [],
    aliases: input.aliases ?? [],
    dials: input.dials ?? null,
    multiplier: new Decimal(input.multiplier ?? 1),
    calorificBasis: input.calorificBasis ?? null,
    measures: input.measures ?? defaultMeasures(input),
    efficiency: decimalOf(input.efficiency),
    heatNetwork: input.heatNetwork ?? null,
    contracts: (input.contracts ?? []).map(({ from, contract }) => ({
      from: from ?? null,
      contract: contract ?? null,
    })),
    certificates: (input.certificates ?? []).map(({ from, status }) => ({ from: from ?? null, status })),
    returnToSewer: decimalOf(input.returnToSewer),
    agreedCapacityKva: decimalOf(input.agreedCapacityKva),
    heatingShare: decimalOf(input.heatingShare),
    volumeCorrected: input.volumeCorrected ?? false,
    correctionFactor: decimalOf(input.correctionFactor),
    correctionFrom: input.correctionFrom ?? null,
    calorificZone: input.calorificZone ?? null,
    usualDelayDays: input.usualDelayDays ?? null,
    from: input.from ?? null,
    to: input.to ?? null,
  };
}

/** A meter for its answer; `today` decides at which site it is. */
export function toMeterOutput(meter: Meter, today: LocalDay): MeterOutput {
  const { tenant, contracts, certificates, ...fields } = meter;
  return {
    ...withoutNulls({
      ...fields,
      site: inForce(meter.placements, today)?.site ?? null,
      multiplier: meter.multiplier.toNumber(),
      efficiency: meter.efficiency?.toNumber() ?? null,
      returnToSewer: meter.returnToSewer?.toNumber() ?? null,
      agreedCapacityKva: meter.agreedCapacityKva?.toNumber() ?? null,
      heatingShare: meter.heatingShare?.toNumber() ?? null,
      volumeCorrected: meter.volumeCorrected ? true : null,
      correctionFactor: meter.correctionFactor?.toNumber() ?? null,
    }),
    placements: meter.placements.map(withoutNulls),
    ...(tenant.length === 0 ? {} : { tenant: tenant.map(withoutNulls) }),
    ...(contracts.length === 0 ? {} : { contracts: contracts.map(withoutNulls) }),
    ...(certificates.length === 0 ? {} : { certificates: certificates.map(withoutNulls) }),
    serials: [...meter.serials],
    aliases: [...meter.aliases],
    warnings: meterKeyWarnings(meter.key, meter.activity),
  };
}

/** The filter of a list from its query. */
export function fromMeterQuery({ site, activity, kind, direction }: MeterQuery): MeterFilter {
  return { site: site ?? null, activity: activity ?? null, kind: kind ?? null, direction: direction ?? null };
}

/** The columns of a list as CSV. What has several values over time is given as it holds today. */
export const METER_COLUMNS: readonly CsvColumn<MeterOutput>[] = [
  { header: 'key', value: (meter) => meter.key },
  { header: 'name', value: (meter) => meter.name },
  { header: 'site', value: (meter) => meter.site },
  { header: 'activity', value: (meter) => meter.activity },
  { header: 'unit', value: (meter) => meter.unit },
  { header: 'kind', value: (meter) => meter.kind },
  { header: 'direction', value: (meter) => meter.direction },
  { header: 'technology', value: (meter) => meter.technology },
  { header: 'parent', value: (meter) => meter.parent },
  { header: 'serials', value: (meter) => meter.serials.join(' ') },
  { header: 'multiplier', value: (meter) => meter.multiplier },
  { header: 'usualDelayDays', value: (meter) => meter.usualDelayDays },
  { header: 'fromOn', value: (meter) => meter.from?.on },
  { header: 'toOn', value: (meter) => meter.to?.on },
];
