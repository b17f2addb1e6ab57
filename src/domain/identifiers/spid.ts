/**
 * A SPID, the number of a non-household water supply: a core (ten digits from 3 in England, eight from 1 or 2 in
 * Scotland), W for water or S for sewerage, and two digits. No public check rule is known.
 */
export type Spid = { core: string; service: 'water' | 'sewerage' };

/** Reads a SPID, with or without spaces. Null when the text is not of the shape. */
export function parseSpid(text: string): Spid | null {
  const match = /^(3\d{9}|[12]\d{7})([WS])\d{2}$/.exec(text.replaceAll(' ', '').toUpperCase());
  if (match === null) return null;
  return { core: match[1] ?? '', service: match[2] === 'W' ? 'water' : 'sewerage' };
}
