import { mpanCheckDigit } from '../../src/domain/identifiers/mpan.ts';
import { mprnCheckDigits } from '../../src/domain/identifiers/mprn.ts';

// Numbers that hold their check digits, so that the service takes them for what they are, and begin with digits that
// make them out as invented at a glance.

/** MPAN core of an invented supply: distributor 14 (West Midlands), then 9900 and a running number. */
export function syntheticMpan(number: number): string {
  const first12 = `149900${String(number).padStart(6, '0')}`;
  return `${first12}${mpanCheckDigit(first12)}`;
}

/** MPRN of an invented gas supply: 9900, a running number, two check digits. */
export function syntheticMprn(number: number): string {
  const body = `9900${String(number).padStart(4, '0')}`;
  return `${body}${mprnCheckDigits(body)}`;
}

/** SPID of an invented water supply in England: 3990, a running number, W. */
export function syntheticSpid(number: number): string {
  return `3990${String(number).padStart(6, '0')}W00`;
}
