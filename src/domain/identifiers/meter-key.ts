import type { Activity } from '../activities.ts';
import { Refusal } from '../refusal.ts';
import { isMpanCore, mpanCheckDigit, parseMpan } from './mpan.ts';
import { hasMprnCheckDigits, isMprnShaped } from './mprn.ts';
import { parseSpid } from './spid.ts';

const FULL_MPAN_LENGTH = 21;

/**
 * The key a metering point is stored under. A full 21-digit MPAN, as printed on a bill, stands for its 13-digit core, so
 * that one supply never becomes two meters; any other key stands as it is.
 */
export function meterKeyOf(text: string): string {
  if (text.length !== FULL_MPAN_LENGTH) return text;
  return parseMpan(text)?.core ?? text;
}

/**
 * Refuses the key of an electricity meter that has 13 digits but is no MPAN. Keys of any other length are the council's
 * own references.
 * @throws Refusal `invalid-request` with the digit that was expected.
 */
export function checkMeterKey(key: string, activity: Activity): void {
  if (activity !== 'electricity' || !/^\d{13}$/.test(key) || isMpanCore(key)) return;
  const detail = `'${key}' is not an MPAN: the last digit is ${key[12]}, expected ${mpanCheckDigit(key.slice(0, 12))} from the twelve before it`;
  throw new Refusal('invalid-request', detail, [{ pointer: '{meter}', code: 'wrong-check-digit', detail }]);
}

/** What looks wrong with a key, but is taken. */
export function meterKeyWarnings(key: string, activity: Activity): string[] {
  if (activity === 'natural-gas' && isMprnShaped(key) && !hasMprnCheckDigits(key))
    return [`'${key}' has the shape of an MPRN, but its last two digits are not the check digits of the others`];
  if (activity === 'water' && parseSpid(key)?.service === 'sewerage')
    return [`'${key}' is the SPID of a sewerage service: the SPID of a water supply has a W`];
  if (activity === 'wastewater' && parseSpid(key)?.service === 'water')
    return [`'${key}' is the SPID of a water supply: the SPID of a sewerage service has an S`];
  return [];
}
