/**
 * The shape of a UK postcode: an outward part of an area (one or two letters), a district (a digit, then perhaps a digit
 * or letter), and an inward part of a digit and two letters, which never are C, I, K, M, O or V. GIR 0AA stands alone.
 */
const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?|GIR)(\d[ABD-HJLNP-UW-Z]{2})$/;

/** A postcode in capitals with one space before its last three characters, or null when the text is not of the shape. */
export function normalisePostcode(text: string): string | null {
  const match = POSTCODE.exec(text.replace(/\s+/g, '').toUpperCase());
  return match === null ? null : `${match[1]} ${match[2]}`;
}
