/**
 * An MPAN, the number of an electricity supply: the 13-digit core alone, or the full 21-digit number printed on a bill
 * (profile class, meter time-switch class, line loss factor class, then the core). Pieces stay text: the line loss
 * factor class may hold letters, and leading zeros count.
 */
export type Mpan = {
  core: string;
  /** First two digits of the core: the distributor's region. */
  distributor: string;
  /** The parts of a full number; null when only the core was given. */
  supply: { profileClass: string; timeSwitchClass: string; lineLossFactorClass: string } | null;
};

const CORE_LENGTH = 13;

/** Weights of the first twelve digits: the primes from 3 on, without 11. */
const WEIGHTS = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43];

/** The check digit of the first twelve digits of an MPAN core: weighted sum, modulo 11, modulo 10. */
export function mpanCheckDigit(first12: string): number {
  const total = WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(first12[index]), 0);
  return (total % 11) % 10;
}

/** Whether a text is 13 digits and its last digit is the check digit of the others. */
export function isMpanCore(text: string): boolean {
  return /^\d{13}$/.test(text) && mpanCheckDigit(text.slice(0, 12)) === Number(text[12]);
}

/** Reads an MPAN core or a full MPAN, with or without spaces. Null when it is neither, or its check digit is wrong. */
export function parseMpan(text: string): Mpan | null {
  const compact = text.replaceAll(' ', '').toUpperCase();
  const full = /^(\d{2})(\d{3})([0-9A-Z]{3})(\d{13})$/.exec(compact);
  const core = compact.slice(-CORE_LENGTH);
  if (!isMpanCore(core) || (full === null && compact.length !== CORE_LENGTH)) return null;
  const [, profileClass = '', timeSwitchClass = '', lineLossFactorClass = ''] = full ?? [];
  return {
    core,
    distributor: core.slice(0, 2),
    supply: full === null ? null : { profileClass, timeSwitchClass, lineLossFactorClass },
  };
}
