import type { CellFault } from './row-fault.ts';
import { quoted } from './row-fault.ts';

/** What is known of one interval. `blank` is an interval that the file mentions without a value. */
export const MARK = { unseen: 0, actual: 1, estimated: 2, blank: 3, refused: 4 } as const;
export type Mark = (typeof MARK)[keyof typeof MARK];

const ACTUAL = new Set([
  '',
  'a',
  'act',
  'actual',
  'n',
  'normal',
  'f',
  'final',
  'v',
  'valid',
  'good',
  'ok',
  'measured',
  'metered',
]);
const ESTIMATED = new Set(['e', 'est', 'estimate', 'estimated', 'd', 'deemed', 'e3', 'em', 'substituted']);
/** Padding of short days and gaps: the value beside it means nothing. */
const PADDING = new Set(['c', 'padding', 'm', 'missing']);

const YES = new Set(['y', 'yes', 'true', '1']);
const NO = new Set(['', 'n', 'no', 'false', '0']);

/** Reads a flag that says whether a value is actual or estimated. No flag means actual. */
export function readQuality(text: string): Mark | CellFault {
  const word = text.toLowerCase();
  if (ACTUAL.has(word)) return MARK.actual;
  if (ESTIMATED.has(word)) return MARK.estimated;
  if (PADDING.has(word)) return MARK.blank;
  return {
    code: 'unknown-quality',
    detail: `${quoted(text)} is not a known quality: expected A or E, Actual or Estimated`,
  };
}

/** Reads a cell of a column that asks whether the value is an estimate. */
export function readIsEstimate(text: string): Mark | CellFault {
  const word = text.toLowerCase();
  if (YES.has(word)) return MARK.estimated;
  if (NO.has(word)) return MARK.actual;
  return readQuality(text);
}
