import type { Activity } from '../activities.ts';
import { localPosition, parseInstantMs } from '../calendar.ts';
import { Decimal } from '../decimal.ts';
import { MICRO } from '../interval-profile.ts';
import { type ReadType, readTypeOf, readTypesExpected } from '../registers/read-types.ts';
import type { RegisterRead } from '../registers/register-read.ts';
import { allowOnly, type ReadingEntry, refuse, refuseFuture, SHAPES } from './reading-entry.ts';

/** Largest value of a register, exclusive: twelve dials. */
export const REGISTER_VALUE_LIMIT = 1e12;

/** Name of the register where a delivery does not say: most devices have one. */
export const FIRST_REGISTER = '1';

/** What a register shows, in millionths, or why it cannot be: zero or more, at most six decimals, twelve digits before them. */
export function registerValue(value: number): { micro: bigint } | { code: string; detail: string } {
  if (!Number.isFinite(value) || value < 0 || value >= REGISTER_VALUE_LIMIT)
    return { code: 'value-out-of-range', detail: `${value} is out of range: expected what the dials show, 0 to 1e12` };
  const exact = new Decimal(value);
  if (exact.decimalPlaces() > 6)
    return { code: 'too-many-decimals', detail: `${value} has more than six decimals: expected at most six` };
  return { micro: BigInt(exact.times(MICRO).toFixed(0)) };
}

function readTypeOfEntry(text: string, pointer: string, activity: Activity): ReadType {
  const type = readTypeOf(text, activity);
  if (type !== null) return type;
  return refuse(
    `${pointer}/readType`,
    'unknown-read-type',
    `'${text}' is no read type of ${activity}: expected ${readTypesExpected(activity)}`,
  );
}

/**
 * Reads a register reading (rules E4, E10).
 * @throws Refusal `readings-refused` naming the field, its value and what was expected.
 */
export function readRegister(
  entry: ReadingEntry,
  pointer: string,
  nowMs: number,
  activity: Activity,
): Omit<RegisterRead, 'meterId'> {
  allowOnly(entry, ['meter', 'readAt', 'register', 'serial', 'value', 'readType'], pointer, 'a register reading');
  const { readAt = '', register = FIRST_REGISTER, serial, value, readType = 'actual' } = entry;
  if (value === undefined) return refuse(`${pointer}/value`, 'required', `value is missing: ${SHAPES}`);
  const readAtMs = parseInstantMs(readAt, `${pointer}/readAt`);
  refuseFuture(readAtMs, nowMs, `${pointer}/readAt`, 'the reading');
  const shown = registerValue(value);
  if ('code' in shown) return refuse(`${pointer}/value`, shown.code, shown.detail);
  return {
    serial: serial ?? null,
    register,
    readAtMs,
    day: localPosition(readAtMs).day,
    valueMicro: shown.micro,
    type: readTypeOfEntry(readType, pointer, activity),
  };
}
