import { headerWords } from './header-words.ts';
import { withoutSecond } from './hour-text.ts';

/** A header that names an interval: `stem` is its text without the number, `number` the number as written (0030 is 30). */
export type IntervalHeader = {
  column: number;
  stem: string;
  number: number;
  isFlag: boolean;
  /** It is marked as the second of two hours, as autumn has them. */
  isSecond: boolean;
};

const FLAG_WORD = /\b(flag|indicator|status|quality|marker|estimated|actual|est|ae|type)\b/g;

const withoutFlagWords = (words: string) => words.replace(FLAG_WORD, '').replace(/\s+/g, ' ').trim();

/** Reads a header whose last number, or whose clock time (hh:mm, hh_mm_ss, hh:mm AM, a span of two), names an interval. */
export function intervalHeader(header: string, column: number): IntervalHeader | null {
  const { text, isSecond } = withoutSecond(header.toLowerCase());
  // A span such as `00:00 - 00:30` is known by its start.
  const clock = /(\d{1,2})[:_.](\d{2})(?:[:_.]\d{2})?\s*(am|pm)?/.exec(text);
  if (clock !== null) {
    const [whole, hours = '', minutes = '', half] = clock;
    const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'pm' ? 12 : 0);
    const stem = headerWords(text.slice(0, clock.index));
    const rest = headerWords(text.replace(whole, ' '));
    return {
      column,
      stem: `${stem}:`,
      number: hour * 100 + Number(minutes),
      isFlag: rest !== withoutFlagWords(rest),
      isSecond,
    };
  }
  const counted = /^(.*?)(\d{1,4})([^0-9]*)$/.exec(text);
  if (counted === null) return null;
  const [, before = '', digits = '', after = ''] = counted;
  const words = headerWords(`${before} ${after}`);
  const stem = withoutFlagWords(words);
  return { column, stem, number: Number(digits), isFlag: stem !== words, isSecond };
}
