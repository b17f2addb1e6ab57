import type { Activity } from '../activities.ts';
import type { MeterLookup, UploadMeter } from './meter-lookup.ts';
import { isMeterText } from './recognise/find-above.ts';
import type { Decision } from './recognise/recognition.ts';

/** Names that spreadsheet programs give to sheets: they say nothing of what is in them. */
const UNNAMED_SHEET = /^(?:sheet|table|worksheet|tab) ?\d{0,3}$/i;
const EXTENSIONS = /(?:\.(?:csv|tsv|tab|txt|dat|asc|prn|xlsx?|gz|zip))+$/i;
/** Numbers that count files or say when they were made, and would be found as names of meters with leading zeros. */
const COUNT_OR_DATE = /^(?:\d{1,4}|20\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?)$/;

/** Words of a name that say what is measured. */
const ACTIVITY_WORDS: Readonly<Record<string, readonly Activity[]>> = {
  electricity: ['electricity'],
  electric: ['electricity'],
  elec: ['electricity'],
  gas: ['natural-gas', 'biogas'],
  water: ['water', 'wastewater'],
  heat: ['district-heat'],
};

const wordsOf = (name: string, separators: RegExp): string[] => name.split(separators).filter((word) => word !== '');

/** The meters that words name, alone or several in a row; a word of a longer name is no name of its own. */
function metersIn(words: readonly string[], find: MeterLookup): Set<UploadMeter> {
  const meters = new Set<UploadMeter>();
  const isTaken = words.map(() => false);
  for (let length = words.length; length > 0; length--) {
    for (let at = 0; at + length <= words.length; at++) {
      const run = words.slice(at, at + length).join(' ');
      if (COUNT_OR_DATE.test(run) || isTaken.slice(at, at + length).includes(true)) continue;
      const meter = find(run);
      if (!('id' in meter)) continue;
      meters.add(meter);
      isTaken.fill(true, at, at + length);
    }
  }
  return meters;
}

/** Whether the words around its name say that it measures something else: `Library gas` is not the electricity meter `Library`. */
function isContradicted({ activity }: UploadMeter, text: string): boolean {
  const said = wordsOf(text.toLowerCase(), /[^a-z]+/).flatMap((word) => ACTIVITY_WORDS[word] ?? []);
  return said.length > 0 && !said.includes(activity);
}

/**
 * The one meter that the name of a table names, alone or among other words: the name of a sheet, of a file of an archive, or
 * of the file that was sent. A sheet without a name of its own is named after its workbook. Null for none, or for several.
 */
export function meterOfName(table: string | null, file: string | null, find: MeterLookup): string | null {
  const names = [...(file === null ? [] : [file]), ...(table?.split(' › ') ?? [])];
  const name = names.findLast((each) => !UNNAMED_SHEET.test(each)) ?? '';
  const own = name.split(/[/\\]/).at(-1) ?? '';
  const bare = own.replace(EXTENSIONS, '');
  const named = [own, bare].map(find).find((found) => 'id' in found);
  if (named !== undefined && 'id' in named) return named.key;
  for (const separators of [/[\s_,;()[\]]+/, /[\s_,;()[\].-]+/]) {
    const [meter = null, ...others] = metersIn(wordsOf(bare, separators), find);
    if (meter !== null) return others.length > 0 || isContradicted(meter, bare) ? null : meter.key;
  }
  return null;
}

/** What is said where a table is taken for that of the meter it is named after. */
export function namedAfter(key: string): Decision {
  const reason = 'Nothing in the table names a meter, and the table is named after this one.';
  return { about: 'meter', column: null, value: key, reason, certainty: 'likely' };
}

/** Whether a cell of a text names another meter, a known one or by the check digit of an MPAN, whatever its header. */
export function namesOthers(text: string, key: string, find: MeterLookup): boolean {
  const cells = new Set(text.split(/[\n\r,;|\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')));
  return [...cells].some((cell) => {
    const meter = find(cell);
    return 'id' in meter ? meter.key !== key : isMeterText(cell, find);
  });
}
