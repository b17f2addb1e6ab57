/**
 * A UPRN, the number of a property in the national address gazetteer: 1 to 12 digits, often padded with zeros in
 * spreadsheets. Returned without them, or null when the text is none.
 */
export function normaliseUprn(text: string): string | null {
  const digits = /^0*([1-9]\d{0,11})$/.exec(text)?.[1];
  return digits !== undefined && text.length <= 12 ? digits : null;
}
