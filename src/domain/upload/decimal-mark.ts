import { type CellFault, quoted } from './row-fault.ts';

/** What stands between the whole part of a number and its fraction. The other sign may part its thousands. */
export const DECIMAL_MARKS = ['point', 'comma'] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];

/** Numbers with a point or a comma in them, in either way of writing. A group of thousands begins with no zero. */
const WRITTEN: Readonly<Record<DecimalMark, RegExp>> = {
  point: /^[+-]?(?:\d*\.\d+|\d+\.|[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?)$/,
  comma: /^[+-]?(?:\d*,\d+|\d+,|[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?)$/,
};

/** How a text can be read as a number with a point or a comma: in one way, in `both`, or in none. */
export function marksOf(text: string): DecimalMark | 'both' | null {
  const isPoint = WRITTEN.point.test(text);
  if (WRITTEN.comma.test(text)) return isPoint ? 'both' : 'comma';
  return isPoint ? 'point' : null;
}

/**
 * A number as it is written with a decimal point and nothing between its thousands; any other text as it is. Where no mark
 * is known a number stands with its point, and one that could have a decimal comma or thousands is at fault, as is one
 * that is written in the other way: the two are a thousand times apart.
 */
export function pointedText(text: string, mark: DecimalMark | null): string | CellFault {
  const written = marksOf(text);
  if (mark === 'comma' && written === 'point')
    return { code: 'decimal-point', detail: `${quoted(text)} has a decimal point, in a file of decimal commas` };
  if (mark === 'comma') return written === null ? text : text.replaceAll('.', '').replace(',', '.');
  if (mark !== null || written !== 'both' || !text.includes(',')) return text;
  const detail = `${quoted(text)} can be ${text.replace(',', '')} or ${text.replace(',', '.')}: say decimalMark=point or decimalMark=comma`;
  return { code: 'ambiguous-number', detail };
}
