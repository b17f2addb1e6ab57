import { parseMpan } from '../../identifiers/mpan.ts';
import type { MeterLookup } from '../meter-lookup.ts';

/** A meter that a header names among other words: the name, whether the estate has it, and the words that are left. */
export type MeterText = { name: string; isKnown: boolean; rest: string };

/** Words of units and channels around a name. */
const MEASURE_WORDS =
  /[\s_\-–/|:,([{]*\b(?:k|m|g)?(?:wh?|varh?|vah?)\b[\])}]*|[\s_\-–/|:,([{]*\b(?:m3|m³|ft3|hcf|litres?|consumption|usage|energy|units?|values?|import|export|active|reactive|ai|ae|ri|re)\b[\])}]*/gi;
/** Identifiers: no space, at least one digit. */
const TOKENS = /[^\s()[\]{}|:;,/]*\d[^\s()[\]{}|:;,/]*/g;

/**
 * Finds the one meter that a header names: all of it, what is left of it without units and channels, or an identifier in
 * it. A part of a name is never taken for the name of another meter. Null where it names none, or two.
 */
export function meterText(header: string, find: MeterLookup): MeterText | null {
  const isKnown = (text: string) => text !== '' && 'id' in find(text);
  const whole = header.trim();
  if (isKnown(whole)) return { name: whole, isKnown: true, rest: '' };
  const bare = whole.replace(MEASURE_WORDS, ' ').trim();
  if (isKnown(bare)) return { name: bare, isKnown: true, rest: whole.replace(bare, ' ') };
  const tokens = [...new Set(whole.match(TOKENS) ?? [])].flatMap((token) => [token, ...token.split(/[_-]/)]);
  const known = [...new Set(tokens.filter((token) => token.length > 1 && /\d/.test(token) && isKnown(token)))];
  const ids = new Set(known.map(find));
  const [name] = known;
  if (name !== undefined && ids.size === 1) return { name, isKnown: true, rest: whole.replace(name, ' ') };
  const mpan = tokens.find((token) => /^\d{13}$|^\d{21}$/.test(token) && parseMpan(token) !== null);
  if (mpan !== undefined && ids.size === 0) return { name: mpan, isKnown: false, rest: whole.replace(mpan, ' ') };
  return null;
}
