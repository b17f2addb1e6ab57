import { headerWords, rankOf } from './header-words.ts';

/** A word and what it says, as in `MPAN: 1200023305967`. */
export type LineLabel = { label: string; text: string };

/** A mark of two signs before the text, as Stark writes it. */
const MARKED = /^(#[A-Za-z])\s*(.*)$/;
const LABELLED = /^([^:=]{1,40}?)\s*[:=]\s*(.*)$/;
/** Words that stand above columns of a table: what follows such a word is its neighbour and nothing it says. */
const HEADER_ROLES = ['meter', 'serial', 'day', 'time', 'period', 'start', 'end', 'value', 'dial'] as const;

const isHeader = (text: string): boolean => {
  const words = headerWords(text);
  return HEADER_ROLES.some((role) => rankOf(words, role) !== null);
};
const isWord = (text: string): boolean => /^[A-Za-z#][^0-9:]*:?$/.test(text);

/** Reads the labels of a line with what stands behind each, in the same cell or in the next that is filled. */
export function lineLabels(texts: readonly string[]): LineLabel[] {
  const filled = texts.filter((text) => text !== '');
  const labels: LineLabel[] = [];
  for (let at = 0; at < filled.length; at++) {
    const own = filled[at] ?? '';
    const [, mark = '', marked = ''] = MARKED.exec(own) ?? [];
    const [, before = '', after = ''] = mark === '' ? (LABELLED.exec(own) ?? []) : [];
    // A time of day has a colon as well.
    const label = mark === '' && /[a-z]/i.test(before) ? before : mark;
    const text = mark === '' ? after : marked;
    if (label !== '' && text !== '') labels.push({ label: label.trim().toLowerCase(), text: text.trim() });
    else {
      const next = filled[at + 1];
      if (!isWord(own) || next === undefined || isHeader(next)) continue;
      labels.push({ label: own.replace(/[:=\s]+$/, '').toLowerCase(), text: next });
      at += 1;
    }
  }
  return labels;
}
