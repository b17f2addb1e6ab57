/** How the characters of a text are written as bytes. A text of one byte a letter is told from UTF-8 while it is read. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Of a hundred letters of a table nearly all are Latin: one of their two bytes is zero. */
const ZERO_SHARE_MIN = 0.6;
const OTHER_ZERO_SHARE_MAX = 0.1;

/** Tells the encoding of a text by its byte order mark, or by where its zero bytes stand. */
export function encodingOf(head: Buffer): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros.map((count) => (2 * count) / head.length);
  if (odd > ZERO_SHARE_MIN && even < OTHER_ZERO_SHARE_MAX) return 'utf-16le';
  return even > ZERO_SHARE_MIN && odd < OTHER_ZERO_SHARE_MAX ? 'utf-16be' : 'utf-8';
}

const CONTROL_SHARE_MAX = 0.02;
/** Tab, line feed, vertical tab, form feed, carriage return, the end mark of old systems, escape; and NUL, which is left out. */
const TEXT_CONTROLS = new Set([0, 9, 10, 11, 12, 13, 26, 27]);

/** True for bytes that no text has so many of. */
export function isBinary(head: Buffer): boolean {
  let controls = 0;
  for (const byte of head) if (byte < 32 && !TEXT_CONTROLS.has(byte)) controls += 1;
  return controls > head.length * CONTROL_SHARE_MAX;
}
