import { Decimal } from '../decimal.ts';
import { MICRO } from '../interval-profile.ts';

const MJ_PER_KWH = new Decimal('3.6');
const MICRO_UNITS = new Decimal(MICRO);

/** The three numbers between a volume of gas and its energy. */
export type GasFactors = {
  /** Cubic metres per unit of the dial. */
  unitFactor: Decimal;
  /** Cubic metres at reference conditions per cubic metre metered. */
  correctionFactor: Decimal;
  /** MJ per cubic metre at reference conditions, gross. */
  calorificValue: Decimal;
};

/**
 * Gross kWh of a volume of gas: units × unit factor × correction factor × calorific value / 3.6, rounded once, half-up to
 * a millionth (rule E6). Both volume and energy in millionths.
 */
export function gasEnergyMicro(volumeMicro: bigint, factors: GasFactors): bigint {
  const energy = new Decimal(volumeMicro.toString())
    .times(factors.unitFactor)
    .times(factors.correctionFactor)
    .times(factors.calorificValue)
    .div(MJ_PER_KWH);
  return BigInt(energy.toDecimalPlaces(0).toFixed());
}

/** Share by which the energy on a bill may differ from what its volume comes to before it is flagged. */
const DIFFERENCE_MAX = new Decimal('0.005');

/** The difference of a bill's energy from that of its volume, as a share of the latter; null where the volume is 0. */
export function energyDifference(statedMicro: bigint, computedMicro: bigint): Decimal | null {
  if (computedMicro === 0n) return null;
  const computed = new Decimal(computedMicro.toString());
  return new Decimal(statedMicro.toString()).minus(computed).div(computed.abs());
}

/**
 * Whether the energy on a bill is too far from what its volume comes to: by more than 0.5 %, and by more than the kWh that
 * printing whole numbers may take (rule E6).
 */
export function energyDiffers(statedMicro: bigint, computedMicro: bigint): boolean {
  const gap = new Decimal((statedMicro - computedMicro).toString()).abs();
  if (gap.lte(MICRO_UNITS)) return false;
  const share = energyDifference(statedMicro, computedMicro);
  return share === null || share.abs().gt(DIFFERENCE_MAX);
}
