/** Whether a text has the shape of an MPRN, the number of a gas supply: 6 to 11 digits. */
export function isMprnShaped(text: string): boolean {
  return /^\d{6,11}$/.test(text);
}

/**
 * The two check digits of an MPRN without its last two digits: each digit times the digits left, itself included,
 * summed modulo 11. The rule has one public description only, so a mismatch is a warning and never a refusal.
 */
export function mprnCheckDigits(body: string): string {
  const total = [...body].reduce((sum, digit, index) => sum + Number(digit) * (body.length - index), 0);
  return String(total % 11).padStart(2, '0');
}

/** Whether the last two digits of an MPRN are the check digits of the others. */
export function hasMprnCheckDigits(mprn: string): boolean {
  return isMprnShaped(mprn) && mprnCheckDigits(mprn.slice(0, -2)) === mprn.slice(-2);
}
