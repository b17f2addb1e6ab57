import type { Activity, Direction, MeterKind, Unit } from './activities.ts';
import type { Decimal } from './decimal.ts';
import type { Dated, ServiceEdge } from './estate.ts';
import type { CalorificBasis } from './factor-lines.ts';
import type { LocalDay } from './local-day.ts';
import type { CertificateStatus } from './supply/certificates.ts';
import type { Tenancy } from './tenancy.ts';

export const TECHNOLOGIES = ['solar', 'wind', 'hydro', 'chp'] as const;
export type Technology = (typeof TECHNOLOGIES)[number];

export const CALORIFIC_BASES = ['gross', 'net'] as const satisfies readonly CalorificBasis[];

/** What a wood or biogas meter in kWh measures: the fuel, or the heat made of it (rule B2). */
export const MEASURES = ['fuel', 'heat-output'] as const;
export type Measures = (typeof MEASURES)[number];

/** A metering point, keyed by what is on the bill. */
export type Meter = {
  key: string;
  name: string | null;
  /** The site it belongs to, from a day on; at least one entry, ascending. */
  placements: readonly Dated<{ site: string }>[];
  activity: Activity;
  unit: Unit;
  /** The kind of data that is expected from it; any kind is taken. */
  kind: MeterKind;
  direction: Direction;
  /** How a generation meter's energy is made. */
  technology: Technology | null;
  /** Key of the meter that feeds this one; its quantity is never added to that meter's. */
  parent: string | null;
  /** Tenants whose use it measures, ascending (rule D3). */
  tenant: readonly Tenancy[];
  serials: readonly string[];
  /** Other names that files may use for it. */
  aliases: readonly string[];
  /** Digits of its register before it starts again at zero. */
  dials: number | null;
  /** What a register's advance is multiplied by to give the unit. */
  multiplier: Decimal;
  calorificBasis: CalorificBasis | null;
  measures: Measures | null;
  /** Heat out per fuel energy in, 0 to 1. */
  efficiency: Decimal | null;
  /** `district`, `none`, `council`, or the key of a heat network. */
  heatNetwork: string | null;
  /** The contract that supplies it, from a day on; null: none from then on. */
  contracts: readonly Dated<{ contract: string | null }>[];
  /** What becomes of the certificates of what it generates, from a day on. */
  certificates: readonly Dated<{ status: CertificateStatus }>[];
  /** Share of water that goes to the sewer, 0 to 1; null takes the organisation's setting. */
  returnToSewer: Decimal | null;
  /** Agreed supply capacity of an electricity connection, in kVA. */
  agreedCapacityKva: Decimal | null;
  /** Declared share of its use that heats, 0 to 1; null where nothing is declared (rule E4). */
  heatingShare: Decimal | null;
  /** Gas: a device at the meter corrects its volumes already. */
  volumeCorrected: boolean;
  /** Gas: the site's own factor of temperature and pressure. */
  correctionFactor: Decimal | null;
  /** Gas: first day on which the corrector or the factor holds; null: since ever. */
  correctionFrom: LocalDay | null;
  /** Gas: the local distribution zone whose daily calorific values hold for it. */
  calorificZone: string | null;
  /** Days that data of this meter usually takes to arrive. */
  usualDelayDays: number | null;
  from: ServiceEdge | null;
  to: ServiceEdge | null;
};

/** Fields that a meter keeps once it has readings: a change would alter past figures in silence. */
export const FIXED_WITH_READINGS = [
  'unit',
  'activity',
  'multiplier',
  'direction',
] as const satisfies readonly (keyof Meter)[];
export type FixedField = (typeof FIXED_WITH_READINGS)[number];

/** The fixed fields in which two states of a meter differ. */
export function changedFixedFields(before: Meter, after: Meter): FixedField[] {
  return FIXED_WITH_READINGS.filter((field) => String(before[field]) !== String(after[field]));
}
