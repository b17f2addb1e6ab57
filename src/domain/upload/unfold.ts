import type { AboveMark, AboveRole, Across, Arrangement } from './arrangement.ts';
import { unfoldedHeader } from './arrangement.ts';
import { type Cells, cellTexts } from './cells.ts';
import type { LayoutColumn } from './layout.ts';
import { lineLabels } from './line-labels.ts';
import { isYearApart, monthColumns } from './month-columns.ts';

/** A record of an unfolded table; `origin` is the header of the column of the file that it was made of. */
export type UnfoldedRecord = (cells: Cells, origin: string | null) => void;

/** What stands where a section does not say what the one before it said: no row may take it from there. */
const NOT_SAID = '(not said)';
const BYTES_PER_CHARACTER = 4;

/** Gives out texts as a record. The same object is used for every record. */
function createWriter(
  onRecord: UnfoldedRecord,
): (texts: readonly string[], line: number, origin: string | null) => void {
  const cells: Cells = {
    bytes: Buffer.alloc(4096),
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    count: 0,
    line: 0,
  };
  return (texts, line, origin) => {
    const most = texts.reduce((sum, text) => sum + text.length * BYTES_PER_CHARACTER, 0);
    if (most > cells.bytes.length) cells.bytes = Buffer.alloc(2 * most);
    if (texts.length > cells.starts.length) {
      cells.starts = new Int32Array(2 * texts.length);
      cells.ends = new Int32Array(2 * texts.length);
    }
    let at = 0;
    texts.forEach((text, index) => {
      cells.starts[index] = at;
      at += cells.bytes.write(text, at);
      cells.ends[index] = at;
    });
    cells.count = texts.length;
    cells.line = line;
    onRecord(cells, origin);
  };
}

/** What lines above the rows have said so far. */
type Said = { take(texts: readonly string[]): boolean; row(): readonly string[] };

/** Remembers what lines above rows say. A new meter ends what was said of the one before it alone. */
function createSaid(marks: readonly AboveMark[]): Said {
  const said = new Map<AboveRole, string>();
  const ofMeter = new Set<AboveRole>();
  let hasRows = false;
  let isBegun = false;
  const hasSigns = marks.some(({ mark }) => mark.startsWith('#'));
  const bare = marks.find(({ mark }) => mark === '');
  const say = (holds: AboveRole, text: string) => {
    if (holds === 'meter' && hasRows) {
      for (const role of ofMeter) said.set(role, NOT_SAID);
      ofMeter.clear();
      hasRows = false;
    }
    if (holds !== 'meter' && said.has('meter')) ofMeter.add(holds);
    said.set(holds, text);
  };
  return {
    take(texts) {
      const filled = texts.filter((text) => text !== '');
      const labels = lineLabels(texts);
      const found = labels.flatMap(({ label, text }) => {
        const mark = marks.find((each) => each.mark !== '' && each.mark === label);
        return mark === undefined ? [] : [{ holds: mark.holds, text: mark.texts?.[text] ?? text }];
      });
      for (const { holds, text } of found) say(holds, text);
      if (found.length > 0 || (hasSigns && filled[0]?.startsWith('#') === true)) return true;
      const [only = '', ...others] = filled;
      if (others.length > 0) return false;
      // A title before the first row.
      if (bare === undefined || labels.length > 0) return !isBegun;
      say(bare.holds, only);
      return true;
    },
    row() {
      hasRows = true;
      isBegun = true;
      return marks.map(({ holds }) => said.get(holds) ?? '');
    },
  };
}

/** Takes the records of a file; `end` gives out what is held back. */
export type Unfolder = { take(cells: Cells): void; end(): void };

type Row = { own: readonly string[]; kept: readonly string[]; texts: readonly string[]; line: number };

/** Rows of one meter that are held back, so that the values under each date come in the order of time. */
const HELD_MAX = 2_000;

/** Gives out the values under each date in turn: what stands below each other is one day. */
function createDateColumns(
  header: readonly string[],
  first: number,
  write: (texts: readonly string[], line: number, origin: string | null) => void,
): { take(row: Row): void; end(): void } {
  let held: Row[] = [];
  const nameOf = ({ own, kept }: Row) => [...own, ...kept.slice(0, -1)].join('\n');
  const dates = header.flatMap((text, index) => (index >= first && /^[^a-z]*\d/i.test(text) ? [{ text, index }] : []));
  const end = () => {
    for (const { text, index } of dates) {
      for (const { own, kept, texts, line } of held) write([...own, ...kept, text, texts[index] ?? ''], line, text);
    }
    held = [];
  };
  return {
    take(row) {
      const [before] = held;
      if (before !== undefined && (nameOf(before) !== nameOf(row) || held.length === HELD_MAX)) end();
      held.push(row);
    },
    end,
  };
}

/** Gives out the values of a row under each month. */
function createMonthColumns(
  header: readonly string[],
  { first, unit }: Extract<Across, { holds: 'month' }>,
  keep: readonly LayoutColumn[],
  write: (texts: readonly string[], line: number, origin: string | null) => void,
): (row: Row) => void {
  const months = monthColumns(header, first, isYearApart(keep)).filter((column) => column.unit === unit);
  return ({ own, kept, texts, line }) => {
    for (const { index, header: origin, month, flag } of months) {
      const quality = flag === null ? '' : (texts[flag] ?? '');
      write([...own, ...kept, month, texts[index] ?? '', quality], line, origin);
    }
  };
}

/**
 * Makes a function that takes the records of a file and gives out those of the unfolded table: its header, and one for
 * each row, or for each value of a row that has values across. Lines above the header are not given out.
 */
export function createUnfolder(
  arrangement: Arrangement,
  headerLine: number | null,
  onRecord: UnfoldedRecord,
): Unfolder {
  const { above, across, keep } = arrangement;
  const said = createSaid(above);
  const write = createWriter(onRecord);
  let dates: ReturnType<typeof createDateColumns> | null = null;
  let months: ReturnType<typeof createMonthColumns> | null = null;
  let skip = across?.holds === 'meter' ? across.linesBelow : 0;

  const unfold = (texts: readonly string[], line: number): void => {
    const own = said.row();
    const kept = keep === null ? texts : keep.map(({ index }) => texts[index] ?? '');
    if (across === null) {
      write([...own, ...kept], line, null);
      return;
    }
    if (across.holds === 'date') {
      dates?.take({ own, kept, texts, line });
      return;
    }
    if (across.holds === 'month') {
      months?.({ own, kept, texts, line });
      return;
    }
    for (const { index, header: origin, meter, channel, unit, flag } of across.columns) {
      const quality = flag === null ? '' : (texts[flag] ?? '');
      write([...own, ...kept, meter, channel ?? '', unit ?? '', texts[index] ?? '', quality], line, origin);
    }
  };

  return {
    take(cells) {
      const texts = cellTexts(cells);
      if (cells.line === headerLine) {
        if (across?.holds === 'date') dates = createDateColumns(texts, across.first, write);
        if (across?.holds === 'month') months = createMonthColumns(texts, across, keep ?? [], write);
        return write(unfoldedHeader(arrangement, texts), cells.line, null);
      }
      if (said.take(texts) || cells.line < (headerLine ?? 0)) return;
      if (skip > 0) skip -= 1;
      else unfold(texts, cells.line);
    },
    end: () => dates?.end(),
  };
}
