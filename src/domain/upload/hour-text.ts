/** What the numbers of a column of periods count. */
export const PERIOD_NUMBERS = ['counted', 'hours-ending', 'hours-starting'] as const;
/**
 * `counted`: the intervals of the day in turn, 1 the first; autumn has more of them, spring fewer. `hours-ending`: hours on
 * the wall by the time at which they end, 1 to 24; autumn has 2 twice, spring has none. `hours-starting`: the same by the
 * time at which they start, 0 to 23; autumn has 1 twice.
 */
export type PeriodNumbers = (typeof PERIOD_NUMBERS)[number];

/** Marks of the hour that autumn repeats, behind its number: `02*`, `2x`, `HE02 (2)`. */
const SECOND = /(?<=\d)\s*(?:\*+|\(2\)|[bx]|'|(?:2nd|second|repeat(?:ed)?|dst|extra)(?: hour)?)$/i;

/** A name without the mark of the second of two hours, and whether it had one. */
export function withoutSecond(text: string): { text: string; isSecond: boolean } {
  const bare = text.trim().replace(SECOND, '');
  return { text: bare, isSecond: bare !== text.trim() };
}

const HOUR = /^(?:(?:he|hb|hr|hour|h)[ _.:-]*)?(\d{1,2})(?::?00)?(?::00)?$/i;

/** Reads the number of an hour, such as 7, 07, HE07, H7, 07:00 or 02*; null for another text. */
export function readHour(text: string): { hour: number; isSecond: boolean } | null {
  const bare = withoutSecond(text);
  const [, digits] = HOUR.exec(bare.text) ?? [];
  return digits === undefined ? null : { hour: Number(digits), isSecond: bare.isSecond };
}

/** What words around the number or the time of an hour say it names. */
export function hourWords(words: string): 'start' | 'end' | null {
  if (/\b(?:ending|ended|ends|end|he)\b/.test(words)) return 'end';
  return /\b(?:beginning|begins|begin|starting|starts|start|commencing|hb)\b/.test(words) ? 'start' : null;
}

/** Whether words speak of hours, and not of half-hours or quarters. */
export function speaksOfHours(words: string): boolean {
  return /\b(?:hour|hours|hr|hrs|he|hb)\b/.test(words) && !/\b(?:half|quarter)\b/.test(words);
}
