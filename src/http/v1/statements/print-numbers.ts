import { Decimal } from '../../../domain/decimal.ts';

/** Tonnes to the kilogram, half-up from the exact amount, with groups of three; never a negative zero. */
export function tonnes(exactKg: string | null): string {
  if (exactKg === null) return 'not quantified';
  return grouped(new Decimal(exactKg).div(1000), 3);
}

/** A decimal with a fixed number of places and groups of three digits. */
export function grouped(value: Decimal, places: number): string {
  const rounded = value.toDecimalPlaces(places);
  const [whole = '', fraction] = rounded.abs().toFixed(places).split('.');
  const sign = rounded.isNegative() && !rounded.isZero() ? '−' : '';
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${groups}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A quantity in whole units. */
export function quantity(text: string): string {
  return grouped(new Decimal(text), 0);
}

/** A share of one in percent. */
export function percent(share: unknown): string {
  return `${grouped(new Decimal(Number(share)).times(100), 2)} %`;
}
