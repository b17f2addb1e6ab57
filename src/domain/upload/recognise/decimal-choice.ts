import { type DecimalMark, marksOf } from '../decimal-mark.ts';
import type { Delimiter } from '../layout.ts';
import { quoted } from '../row-fault.ts';
import type { Decision, Question } from './recognition.ts';

/** The mark of the decimals: settled, of no matter, or asked. */
export type FoundMark = { decimalMark: DecimalMark | null; decision: Decision | null; question: Question | null };

/** How often numbers can only be read in one way, with one of them; and the first that can be read in both. */
type Evidence = Record<DecimalMark, { count: number; example: string }> & {
  bothComma: string | null;
  bothPoint: string | null;
};

const SIGNS: Readonly<Record<DecimalMark, string>> = { point: '.', comma: ',' };

function gather(texts: Iterable<string>): Evidence {
  const found: Evidence = {
    point: { count: 0, example: '' },
    comma: { count: 0, example: '' },
    bothComma: null,
    bothPoint: null,
  };
  for (const text of texts) {
    const written = marksOf(text);
    if (written === null) continue;
    if (written === 'both') {
      if (text.includes(',')) found.bothComma ??= text;
      else found.bothPoint ??= text;
      continue;
    }
    found[written].count += 1;
    found[written].example ||= text;
  }
  return found;
}

/** The mark that the numbers leave no doubt of, `open` where they leave one, null where it makes no difference. */
function settle({ point, comma, bothComma, bothPoint }: Evidence, delimiter: Delimiter): DecimalMark | 'open' | null {
  if (point.count > 0 && comma.count > 0) {
    if (bothComma !== null) return 'open';
    if (point.count >= comma.count) return 'point';
    return bothPoint === null ? 'comma' : 'open';
  }
  if (point.count > 0) return 'point';
  // Where commas part the cells, a number with a point in it is seldom one of thousands.
  const isOdd = bothPoint !== null && delimiter === ',';
  if (comma.count > 0) return isOdd ? 'open' : 'comma';
  if (bothComma !== null) return 'open';
  return bothPoint !== null && (delimiter === ';' || delimiter === '\t') ? 'open' : null;
}

function questionOf({ point, comma, bothComma, bothPoint }: Evidence): Question {
  const text = bothComma ?? bothPoint ?? '';
  const sign = bothComma === null ? '.' : ',';
  const thousands = text.replaceAll(sign, '');
  const decimal = text.replace(sign, '.');
  const values: Record<DecimalMark, string> =
    sign === ',' ? { point: thousands, comma: decimal } : { point: decimal, comma: thousands };
  return {
    parameter: 'decimalMark',
    question: `Which number is ${quoted(text)}?`,
    options: [
      { value: 'point', meaning: `${values.point}: decimals stand behind a point, and commas part thousands` },
      { value: 'comma', meaning: `${values.comma}: decimals stand behind a comma, and points part thousands` },
    ],
    reason:
      point.count > 0 || comma.count > 0
        ? `Its numbers are written in more than one way, such as ${[point, comma].flatMap(({ count, example }) => (count > 0 ? [quoted(example)] : [])).join(' and ')}.`
        : 'No number of the file can be read in only one of the two ways.',
  };
}

/**
 * Tells from the numbers of a file whether decimals stand behind a point or behind a comma. `12,5` or `1.234,5` can only be
 * read with a comma, `12.5` or `1,234.5` only with a point, `1,234` with either: a file that has nothing else is asked about.
 */
export function chooseDecimalMark(
  texts: Iterable<string>,
  delimiter: Delimiter,
  said: DecimalMark | null,
  column: string | null,
): FoundMark {
  if (said !== null) return { decimalMark: said, decision: null, question: null };
  const evidence = gather(texts);
  const settled = settle(evidence, delimiter);
  if (settled === 'open') return { decimalMark: null, decision: null, question: questionOf(evidence) };
  const isTold = settled !== null && (settled === 'comma' || evidence.bothComma !== null);
  if (!isTold) return { decimalMark: settled, decision: null, question: null };
  const { example } = evidence[settled];
  const reason = `A number such as ${quoted(example)} can only be read with a decimal ${settled} ('${SIGNS[settled]}').`;
  const other = evidence[settled === 'point' ? 'comma' : 'point'].count;
  const certainty = other === 0 ? 'certain' : 'likely';
  return {
    decimalMark: settled,
    decision: { about: 'decimalMark', column, value: settled, reason, certainty },
    question: null,
  };
}
