import { valueFault } from '../readings/value-rules.ts';
import { type CellFault, quoted } from './row-fault.ts';

/** How files write that a value is missing. Missing is never zero. */
const MISSING_WORDS = new Set([
  '',
  '-',
  '--',
  '.',
  '?',
  'null',
  'nan',
  'none',
  'nil',
  'na',
  'n/a',
  '#n/a',
  'missing',
  'no data',
]);

const DECIMALS_MAX = 6;

/** What is wrong with a number, or null when it may be stored. */
export function numberFault(value: number): CellFault | null {
  const fault = valueFault(value);
  if (fault?.code !== 'sentinel-value') return fault;
  return { ...fault, detail: `${value} is what meters send when they have no reading: leave the cell blank` };
}

/** A plain decimal number: sign, whole part, fraction, exponent. */
export const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

/** Thousands as English writes them: a first group that is no zero, then groups of exactly three digits. */
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/;

/**
 * A number without the commas between its thousands, `1,234.5` as 1234.5; any other text as it is. A comma inside a cell
 * was in quotation marks or is not what parts the cells. `1,23` and `0,123` stay as they are: they are no English numbers.
 */
export function withoutThousands(text: string): string {
  return THOUSANDS.test(text) ? text.replaceAll(',', '') : text;
}

function decimalsOf(fraction: string, exponent: string | undefined): number {
  return fraction.replace(/0+$/, '').length - Number(exponent ?? 0);
}

function notANumber(text: string): CellFault {
  if (/^[+-]?\d+,\d+$/.test(text))
    return { code: 'decimal-comma', detail: `${quoted(text)} has a decimal comma: write ${text.replace(',', '.')}` };
  return {
    code: 'not-a-number',
    detail: `${quoted(text)} is not a number: expected a plain decimal number, or a blank where the value is missing`,
  };
}

/**
 * Reads the text of a value cell: the number, NaN where the file says that it is missing, or what is wrong.
 * The quick way for plain numbers is `plainNumber`.
 */
export function readValue(text: string): number | CellFault {
  const trimmed = text.trim();
  if (MISSING_WORDS.has(trimmed.toLowerCase())) return Number.NaN;
  const plain = withoutThousands(trimmed);
  const match = DECIMAL.exec(plain);
  const [, , whole = '', fraction = '', exponent] = match ?? [];
  if (match === null || whole + fraction === '') return notANumber(trimmed);
  if (decimalsOf(fraction, exponent) > DECIMALS_MAX)
    return { code: 'too-many-decimals', detail: `${quoted(trimmed)} has more than six decimals: round it to six` };
  const value = Number(plain) + 0;
  return numberFault(value) ?? value;
}
