import type { Gas } from '../factor-resolution.ts';
import type { LocalDay } from '../local-day.ts';
import { type Fault, Refusal } from '../refusal.ts';

/** What electricity emits that nobody has claimed, on the days [from, to), as a publisher states it (rule C1). */
export type ResidualMix = {
  key: string;
  publisher: string;
  gasBasis: Gas;
  from: LocalDay;
  to: LocalDay;
  /** Kilograms per kWh. */
  factor: number;
  source: string;
  licence: string;
};

/**
 * Checks what a schema cannot say of a residual mix: its span, and that no other mix holds on the same days.
 * @throws Refusal `invalid-request` naming the day or the other mix.
 */
export function checkResidualMix(mix: ResidualMix, others: readonly ResidualMix[]): void {
  const fault = faultOf(mix, others);
  if (fault !== null) throw new Refusal('invalid-request', fault.detail, [fault]);
}

function faultOf(mix: ResidualMix, others: readonly ResidualMix[]): Fault | null {
  if (mix.to <= mix.from) {
    const detail = `to is ${mix.to}: expected a day after from ${mix.from}`;
    return { pointer: '/to', code: 'wrong-order', detail };
  }
  const other = others.find(({ key, from, to }) => key !== mix.key && from < mix.to && mix.from < to);
  if (other === undefined) return null;
  const detail = `the residual mix '${other.key}' holds from ${other.from} to ${other.to}: expected days on which no other mix holds`;
  return { pointer: '/from', code: 'overlapping', detail };
}
