import { readCsvRecords } from '../reference/read-csv-table.ts';
import { Refusal } from '../refusal.ts';
import type { CalorificEntry } from './calorific-values.ts';

/** The columns of a plain table. */
const PLAIN = ['zone', 'day', 'mjperm3'] as const;
/** The columns that matter in what the operator of the transmission system publishes for its data items. */
const PUBLISHED = ['applicable for', 'data item', 'value', 'generated time'] as const;

const ITEM = /^calorific value, ldz\(([a-z]{2})\)$/i;
const WRITTEN_DAY = /^(\d{2})\/(\d{2})\/(\d{4})/;
const NUMBER = /^\d{1,4}(\.\d+)?$/;

type Row = { cells: readonly string[]; line: number };

function refuse(detail: string, pointer: string, code: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer, code, detail }]);
}

function rowsOf(text: string): Row[] {
  return readCsvRecords(text, 'The table').map(({ record, line }) => ({
    cells: record.map((cell) => cell.trim()),
    line,
  }));
}

function numberIn(cell: string, line: number): number {
  if (NUMBER.test(cell)) return Number(cell);
  return refuse(
    `line ${line}: '${cell}' is no calorific value: expected a number in MJ per cubic metre`,
    `/${line}/mjPerM3`,
    'invalid-cell',
  );
}

function readPlain(rows: readonly Row[], [zone, day, value]: readonly number[]): CalorificEntry[] {
  return rows.map(({ cells, line }) => ({
    zone: cells[zone ?? -1] ?? '',
    day: cells[day ?? -1] ?? '',
    mjPerM3: numberIn(cells[value ?? -1] ?? '', line),
    pointer: `/${line}`,
  }));
}

/** A day or time of the publication as text that sorts; what is not one stays as it is and is refused as a day. */
function sortable(cell: string): string {
  const match = WRITTEN_DAY.exec(cell);
  return match === null ? cell : `${match[3]}-${match[2]}-${match[1]}${cell.slice(10)}`;
}

/** Of a day that was published more than once the newest publication counts; items that are no zone's value are left out. */
function readPublished(rows: readonly Row[], [day, item, value, generated]: readonly number[]): CalorificEntry[] {
  const newest = new Map<string, { entry: CalorificEntry; generated: string }>();
  for (const { cells, line } of rows) {
    const zone = ITEM.exec(cells[item ?? -1] ?? '')?.[1]?.toUpperCase();
    if (zone === undefined) continue;
    const entry = {
      zone,
      day: sortable(cells[day ?? -1] ?? '').slice(0, 10),
      mjPerM3: numberIn(cells[value ?? -1] ?? '', line),
      pointer: `/${line}`,
    };
    const generatedAt = sortable(cells[generated ?? -1] ?? '');
    const before = newest.get(`${zone} ${entry.day}`);
    if (before === undefined || before.generated <= generatedAt)
      newest.set(`${zone} ${entry.day}`, { entry, generated: generatedAt });
  }
  return [...newest.values()].map(({ entry }) => entry);
}

/**
 * Reads a CSV table of daily calorific values: with the columns zone, day and mjPerM3 in any order, or as the operator of
 * the gas transmission system publishes them (Applicable For, Data Item, Value, Generated Time).
 * @throws Refusal `invalid-request` naming the line, and for other columns what was expected.
 */
export function readCalorificTable(text: string): CalorificEntry[] {
  const [header, ...rows] = rowsOf(text);
  const names = (header?.cells ?? []).map((name) => name.toLowerCase());
  const plain = PLAIN.map((name) => names.indexOf(name));
  if (plain.every((index) => index >= 0)) return readPlain(rows, plain);
  const published = PUBLISHED.map((name) => names.indexOf(name));
  if (published.every((index) => index >= 0)) return readPublished(rows, published);
  return refuse(
    `line 1: the columns are ${names.join(', ') || 'none'}: expected zone, day and mjPerM3, or Applicable For, Data Item, Value and Generated Time as published`,
    '/1',
    'invalid-columns',
  );
}
