import { normalisePostcode } from '../identifiers/postcode.ts';
import { Refusal } from '../refusal.ts';
import { type Cells, cellText, cellTexts, isBlankRecord } from '../upload/cells.ts';
import { createRecordSplitter } from '../upload/record-splitter.ts';
import { type AreaColumns, recogniseAreaHeader } from './area-header.ts';
import type { AreaRow, AreaTableKind, Geography } from './area-table.ts';

/** What was read of a table besides its rows. */
export type AreaTableRead = {
  kind: AreaTableKind;
  geography: Geography;
  rows: number;
  /** Postcodes without an area (no longer in use, or of no census area), and areas outside England, by what they are. */
  skipped: { withoutArea: number; outsideEngland: number };
};

/** Reads a table block by block and gives out its rows in batches. */
export type AreaTableReader = {
  push(block: Buffer): AreaRow[];
  end(): { rows: AreaRow[]; read: AreaTableRead };
};

/** Codes of the statistical offices: a letter or two and digits. Pseudo codes end in 99999999 or 9999999. */
const AREA = /^([EWSNLM]\d{8}|95[A-Z]{2}\d{2}[SW]\d)$/;
const PSEUDO = /^[A-Z]9{7,8}/;
const ENGLISH_LSOA = /^E01\d{6}$/;
const COMMA = 44;

function refuseCell(line: number, column: string, value: string, expected: string): never {
  const detail = `line ${line}: ${column} is '${value}', expected ${expected}`;
  throw new Refusal('invalid-request', detail, [{ pointer: `/${line}/${column}`, code: 'invalid-cell', detail }]);
}

function wholeIn(cells: Cells, column: number, name: string, max: number): number {
  const text = cellText(cells, column);
  const value = /^\d{1,6}(\.0+)?$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= max ? value : refuseCell(cells.line, name, text, `a whole number from 1 to ${max}`);
}

/** The ranks of an index of all small areas of England. */
const RANK_MAX = 99_999;

/**
 * Opens a comma-separated table of postcodes or of deprivation, recognised by its header line.
 * @throws Refusal `invalid-request` naming line, column and value; `unreadable-file` for what is no table.
 */
export function openAreaTable(asked: Geography | null): AreaTableReader {
  let columns: AreaColumns | null = null;
  let rows: AreaRow[] = [];
  let count = 0;
  const skipped = { withoutArea: 0, outsideEngland: 0 };

  const readRow = (cells: Cells, { kind, lsoa: at, postcode: codes, rank, decile }: AreaColumns): AreaRow | null => {
    const lsoa = cellText(cells, at).toUpperCase();
    if (lsoa === '' || PSEUDO.test(lsoa)) {
      skipped.withoutArea += 1;
      return null;
    }
    if (!AREA.test(lsoa)) return refuseCell(cells.line, 'lsoa', lsoa, 'the code of a small area, such as E01009652');
    if (kind === 'postcodes') {
      const text = cellText(cells, codes);
      const postcode = normalisePostcode(text);
      if (postcode === null) return refuseCell(cells.line, 'postcode', text, 'a UK postcode, such as CV1 5RR');
      return { postcode, lsoa };
    }
    if (!ENGLISH_LSOA.test(lsoa)) {
      // Ranks of two nations cannot be compared (rule K): the index of another nation is not this one.
      skipped.outsideEngland += 1;
      return null;
    }
    return {
      lsoa,
      rank: rank < 0 ? null : wholeIn(cells, rank, 'rank', RANK_MAX),
      decile: wholeIn(cells, decile, 'decile', 10),
    };
  };

  const splitter = createRecordSplitter(COMMA, (cells) => {
    if (isBlankRecord(cells)) return;
    if (columns === null) {
      columns = recogniseAreaHeader(
        cellTexts(cells).map((text) => text.replace(/^\uFEFF/, '')),
        asked,
      );
      return;
    }
    const row = readRow(cells, columns);
    if (row !== null) rows.push(row);
  });

  const take = (): AreaRow[] => {
    const taken = rows;
    rows = [];
    count += taken.length;
    return taken;
  };

  return {
    push(block) {
      splitter.push(block);
      return take();
    },
    end() {
      splitter.end();
      const last = take();
      if (columns === null || count === 0) {
        const detail = 'the table holds no rows: expected a header line and at least one row below it';
        throw new Refusal('invalid-request', detail, [{ pointer: '', code: 'empty-table', detail }]);
      }
      const { kind, geography } = columns;
      return { rows: last, read: { kind, geography, rows: count, skipped } };
    },
  };
}
