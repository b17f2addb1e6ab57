import { Decimal } from '../decimal.ts';

const DIGITS = 10;

/**
 * The number an official file stores, rounded half-up to 10 significant digits (rule A5). That removes the residue
 * of binary storage (0.21233000000000002 is 0.21233) and keeps what a spreadsheet linked to the file would use.
 */
export function toTenSignificantDigits(stored: string | Decimal): Decimal {
  return new Decimal(stored).toSignificantDigits(DIGITS, Decimal.ROUND_HALF_UP);
}
