import { parseMpan } from '../../identifiers/mpan.ts';
import type { AboveMark, AboveRole } from '../arrangement.ts';
import { type ColumnRole, headerUnit, headerWords, rankOf } from '../header-words.ts';
import { lineLabels } from '../line-labels.ts';
import type { MeterLookup } from '../meter-lookup.ts';
import { isChannelText, isDateText } from './sample-columns.ts';
import type { SampleLine } from './sample-lines.ts';

/** What the words before a text may say, the surest first. */
const ROLES: readonly (readonly [AboveRole, readonly ColumnRole[]])[] = [
  ['meter', ['meter', 'serial']],
  ['date', ['day']],
  ['channel', ['channel']],
  ['unit', ['unit']],
];

/** The first line of a Stark file in its format 2: clock, labels and sensors are those of the format. */
const STARK_START = /^#F2$/i;
const STARK_MARKS: readonly AboveMark[] = [
  { mark: '#o', holds: 'meter', texts: null },
  { mark: '#s', holds: 'channel', texts: { 1: 'AI', 2: 'AE', 3: 'RI', 4: 'RE' } },
];

/** Lines that say something of the rows below them; `isStark` where the file names its format. */
export type FoundAbove = { marks: readonly AboveMark[]; isStark: boolean };

function roleOf(label: string, text: string): AboveRole | null {
  const words = headerWords(label);
  const found = ROLES.find(([, roles]) => roles.some((role) => rankOf(words, role) !== null))?.[0] ?? null;
  if (found === 'date') return isDateText(text) ? found : null;
  if (found === 'channel') return isChannelText(text) ? found : null;
  if (found === 'unit') return headerUnit(headerWords(text)) === null ? null : found;
  return found;
}

/** A text that is a meter of the estate, or passes the check digit of an MPAN. */
export function isMeterText(text: string, find: MeterLookup): boolean {
  return 'id' in find(text) || parseMpan(text.replaceAll(' ', '')) !== null;
}

function bareMeter(lines: readonly SampleLine[], find: MeterLookup): boolean {
  return lines.some(({ cells }) => {
    const filled = cells.filter((text) => text !== '');
    return filled.length === 1 && 'id' in find(filled[0] ?? '');
  });
}

/** The words by which lines above rows name the meter, the date, the channel or the unit of all of them. */
export function findAbove(lines: readonly SampleLine[], find: MeterLookup): FoundAbove {
  if (STARK_START.test(lines[0]?.cells[0] ?? '')) return { marks: STARK_MARKS, isStark: true };
  const marks = new Map<AboveRole, { mark: string; isKnown: boolean }>();
  for (const { cells } of lines) {
    for (const { label, text } of lineLabels(cells)) {
      const holds = roleOf(label, text);
      if (holds === null) continue;
      const isKnown = holds === 'meter' && isMeterText(text, find);
      const before = marks.get(holds);
      if (before === undefined || (isKnown && !before.isKnown)) marks.set(holds, { mark: label, isKnown });
    }
  }
  if (!marks.has('meter') && bareMeter(lines, find)) marks.set('meter', { mark: '', isKnown: true });
  return { marks: [...marks].map(([holds, { mark }]) => ({ mark, holds, texts: null })), isStark: false };
}
