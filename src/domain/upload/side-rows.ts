import { Refusal } from '../refusal.ts';
import { type Cells, cellTexts } from './cells.ts';
import { headerWords, rankOf } from './header-words.ts';
import { quoted } from './row-fault.ts';
import { isUnitWord } from './unit-scale.ts';

/** Rows of a table that are no readings: sums, lines above the data that come again, and remarks of the program that wrote it. */
export const SIDE_ROWS = ['total', 'repeat', 'remark'] as const;
export type SideRow = (typeof SIDE_ROWS)[number];

const TOTAL =
  /^(?:(?:grand|sub|overall|report|file|column|monthly|month|daily|day|annual|year|yearly) ?)?totals?(?: (?:kwh|mwh|gwh|wh|m3|kvarh|kg|litres|energy|consumption|usage|units|values?|for the (?:day|month|period|year)|to date))*(?: \d[\d ]*)?$/;

const REMARKS = [
  /^(?:this )?(?:report|file|data|export|extract)? ?(?:was )?(?:generated|produced|created|exported|extracted|printed|downloaded) (?:on|at|by|from|date|time)\b/,
  /^(?:report|run|print|export) (?:date|time|run)\b/,
  /^(?:end of (?:file|report|data|export|extract|table)|eof)$/,
  /^(?:total )?(?:number|no|count) of (?:rows|records|readings|lines|values|entries)\b/,
  /^(?:row|record|reading|line)s? ?(?:count|total)\b/,
  /^(?:rows|records|readings|lines)(?: \d+)?$/,
  /^\d+ (?:rows?|records?|lines?|readings?)(?: (?:affected|selected|exported|returned))?$/,
  /^page \d+(?: of \d+)?$/,
  /^(?:copyright|c copyright)\b/,
];

/** What stands for a cell that is a name. */
const A_NAME = 'a name';
/** A remark fills few cells; a row of values fills many. */
const REMARK_CELLS_MAX = 3;
/** Cells that the word for a sum can stand in: beside the name of the meter, or the date. */
const TOTAL_CELLS = 2;
/** A line drawn under a header, or the end mark of old systems. */
const END_MARK = '\u001a';
const isDrawn = (text: string) => text === END_MARK || /^[-=_*]{2,}$/.test(text);

const asLine = (texts: readonly string[]) => texts.join('\n').replace(/\n+$/, '');

/** Tells the rows that are no readings from those that are bad. It is asked of rows that cannot be read, and of no others. */
export type SideRows = {
  /** Takes note of a line above the data. */
  above(cells: Cells): void;
  /**
   * What a row is that cannot be read; null when it is a bad row. The cells of `names` are names, whatever they say: a
   * meter may be called Total.
   * @throws Refusal `unreadable-file` when it is the header of another table.
   */
  kindOf(cells: Cells, names?: readonly number[]): SideRow | null;
};

function isOtherHeader(texts: readonly string[]): boolean {
  const words = texts.map(headerWords);
  const has = (...roles: Parameters<typeof rankOf>[1][]) =>
    words.some((text) => roles.some((role) => rankOf(text, role) !== null));
  return has('meter') && has('day', 'start', 'end');
}

/** Makes a teller of side rows. */
export function createSideRows(): SideRows {
  const lines = new Set<string>();
  let header = { line: 0, texts: [] as string[] };
  return {
    above(cells) {
      header = { line: cells.line, texts: cellTexts(cells) };
      lines.add(asLine(header.texts));
    },
    kindOf(cells, names = []) {
      const texts = cellTexts(cells).map((text, index) => (names.includes(index) ? A_NAME : text));
      const filled = texts.filter((text) => text !== '');
      if (filled.every(isDrawn) || filled.every(isUnitWord)) return 'remark';
      if (lines.has(asLine(texts))) return 'repeat';
      const words = filled.slice(0, TOTAL_CELLS).map(headerWords);
      if (words.some((text) => TOTAL.test(text))) return 'total';
      const [first = ''] = words;
      if (filled.length <= REMARK_CELLS_MAX && REMARKS.some((remark) => remark.test(first))) return 'remark';
      if (header.line > 0 && isOtherHeader(texts))
        throw new Refusal(
          'unreadable-file',
          `Line ${cells.line} is the header of another table, ${quoted(texts.join(', '))}, than line ${header.line}: send the two as files of their own`,
        );
      return null;
    },
  };
}
