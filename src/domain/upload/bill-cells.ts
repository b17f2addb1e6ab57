import type { Quality } from '../interval-profile.ts';
import { evidenceOf, readTypeOf, readTypesExpected } from '../registers/read-types.ts';
import type { UploadMeter } from './meter-lookup.ts';
import { MARK, readQuality } from './quality-words.ts';
import { type CellFault, isFault, quoted } from './row-fault.ts';

const COST = /^(-?)(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2})0*)?$/;
const IN_BRACKETS = /^\((.+)\)$/;

/** A number of a bill without its currency. */
export const bareNumber = (text: string): string => text.replace(/£|\bGBP\b|\s/gi, '');

/** What a bill costs, in pounds with two decimals: `£1,234.5` is 1234.50; in brackets it is a credit. Null for a blank. */
export function readCost(text: string): string | null | CellFault {
  const plain = bareNumber(text).replace(IN_BRACKETS, '-$1');
  if (plain === '' || plain === '-') return null;
  const [, minus = '', pounds, pence = ''] = COST.exec(plain) ?? [];
  if (pounds !== undefined) return `${minus}${Number(pounds.replaceAll(',', ''))}.${pence.padEnd(2, '0')}`;
  const detail = `${quoted(text)} is no cost: expected pounds and pence such as 1,234.50`;
  return { code: 'not-a-cost', detail };
}

/** How a read of a bill was made, by the read types of its fuel or in plain words; null for a blank. */
export function readQualityOfBill(text: string, { activity }: UploadMeter): Quality | null | CellFault {
  if (text === '') return null;
  const type = readTypeOf(text, activity);
  const evidence = type === null ? null : evidenceOf(type);
  if (evidence === 'actual') return 'A';
  if (evidence === 'estimated') return 'E';
  const mark = type === null ? readQuality(text) : MARK.blank;
  if (!isFault(mark) && mark === MARK.actual) return 'A';
  if (!isFault(mark) && mark === MARK.estimated) return 'E';
  const detail = `${quoted(text)} does not say whether the read was actual or estimated: expected ${readTypesExpected(activity)}`;
  return { code: 'unknown-read-type', detail };
}
