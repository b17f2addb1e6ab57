/** A value that JSON can hold. Members that are undefined are left out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json | undefined };

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function quoted(text: string): string {
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text))
    throw new RangeError('A text with half a character has no canonical form.');
  return JSON.stringify(text);
}

/**
 * The one text of a JSON value (RFC 8785, JSON Canonicalization Scheme): members in order of their names as UTF-16, no blanks,
 * texts and numbers as ECMAScript writes them. Equal values have equal texts, so a digest over it is one over the value.
 * @throws RangeError for numbers that JSON does not have, and for halves of characters.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no canonical form.`);
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const written = members.flatMap(([name, member]) =>
    member === undefined ? [] : [`${quoted(name)}:${canonicalJson(member)}`],
  );
  return `{${written.join(',')}}`;
}
