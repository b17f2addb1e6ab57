import { readCsvRecords } from '../reference/read-csv-table.ts';
import { Refusal } from '../refusal.ts';
import type { DegreeDayEntry } from './degree-days.ts';

const REQUIRED = ['region', 'basetemperaturec', 'source', 'degreedays'] as const;
const KNOWN = [...REQUIRED, 'kind', 'day', 'month'] as const;
const NUMBER = /^-?\d{1,6}(\.\d+)?$/;

function refuse(detail: string, pointer: string, code: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer, code, detail }]);
}

function numberIn(cell: string, line: number, name: string): number {
  if (NUMBER.test(cell)) return Number(cell);
  return refuse(`line ${line}: ${name} is '${cell}': expected a number`, `/${line}/${name}`, 'invalid-cell');
}

/**
 * Reads a CSV table of degree days: columns region, baseTemperatureC, source, degreeDays, one or both of day and month, and
 * kind where there is cooling (without it: heating), in any order. A row fills either its day or its month.
 * @throws Refusal `invalid-request` naming the line, and for other columns what was expected.
 */
export function readDegreeDayTable(text: string): DegreeDayEntry[] {
  const [header, ...rows] = readCsvRecords(text, 'The table');
  const names = (header?.record ?? []).map((name) => name.trim().toLowerCase());
  const isKnown = names.every((name) => (KNOWN as readonly string[]).includes(name));
  const isWhole = REQUIRED.every((name) => names.includes(name)) && (names.includes('day') || names.includes('month'));
  if (!isKnown || !isWhole || new Set(names).size !== names.length) {
    const detail = `line 1: the columns are ${names.join(', ') || 'none'}: expected region, baseTemperatureC, source, degreeDays, day or month, and kind where there is cooling`;
    refuse(detail, '/1', 'invalid-columns');
  }
  return rows.map(({ record, line }) => {
    const cell = (name: (typeof KNOWN)[number]): string => (record[names.indexOf(name)] ?? '').trim();
    return {
      region: cell('region'),
      kind: cell('kind') || 'heating',
      baseTemperatureC: numberIn(cell('basetemperaturec'), line, 'baseTemperatureC'),
      source: cell('source'),
      day: cell('day') || undefined,
      month: cell('month') || undefined,
      degreeDays: numberIn(cell('degreedays'), line, 'degreeDays'),
      pointer: `/${line}`,
    };
  });
}
