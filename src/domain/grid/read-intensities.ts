import { parseInstantMs } from '../calendar.ts';
import { readCsvRecords } from '../reference/read-csv-table.ts';
import { Refusal } from '../refusal.ts';
import { HALF_HOUR_MS, type IntensityEntry, NATIONAL } from './grid-intensity.ts';

const HOUR_MS = 2 * HALF_HOUR_MS;

function refuse(pointer: string, code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer, code, detail }]);
}

/** An hour is two half-hours of its intensity. */
function halfHours(entry: IntensityEntry, lengthMs: number): IntensityEntry[] {
  if (lengthMs === HALF_HOUR_MS) return [entry];
  if (lengthMs === HOUR_MS) return [entry, { ...entry, startMs: entry.startMs + HALF_HOUR_MS }];
  return refuse(
    entry.pointer,
    'unexpected-length',
    `a value holds for ${lengthMs / 60_000} minutes: expected half-hours or hours`,
  );
}

type Context = { region: string; from: string | null; to: string | null };
type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

function intensityIn(node: Node, context: Context, pointer: string): IntensityEntry[] {
  const intensity = node.intensity;
  if (!isNode(intensity)) return [];
  const { region, from, to } = context;
  if (from === null) return refuse(`${pointer}/from`, 'missing', `an intensity lacks 'from': expected an instant`);
  const startMs = parseInstantMs(from, `${pointer}/from`);
  const endMs = to === null ? startMs + HALF_HOUR_MS : parseInstantMs(to, `${pointer}/to`);
  const actual = numberOf(intensity.actual);
  const gPerKwh = actual ?? numberOf(intensity.forecast);
  // Periods to come have neither, or a forecast alone.
  if (gPerKwh === null) return [];
  const measure = actual === null ? 'forecast' : 'actual';
  return halfHours({ region, startMs, gPerKwh, measure, pointer: `${pointer}/intensity` }, endMs - startMs);
}

/**
 * Reads an answer of the national carbon intensity API: half-hours of the nation, or of regions, however they are nested.
 * Regions are named `GB-8` by their number.
 * @throws Refusal `invalid-request` naming the place.
 */
export function readIntensityJson(body: unknown, named: string | null): IntensityEntry[] {
  const entries: IntensityEntry[] = [];
  const visit = (value: unknown, context: Context, pointer: string): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        visit(item, context, `${pointer}/${index}`);
      });
      return;
    }
    if (!isNode(value)) return;
    const id = numberOf(value.regionid);
    const here: Context = {
      region: named ?? (id === null ? context.region : `${NATIONAL}-${id}`),
      from: textOf(value.from) ?? context.from,
      to: textOf(value.to) ?? context.to,
    };
    entries.push(...intensityIn(value, here, pointer));
    for (const name of ['data', 'regions'] as const) visit(value[name], here, `${pointer}/${name}`);
  };
  visit(body, { region: named ?? NATIONAL, from: null, to: null }, '');
  if (entries.length === 0)
    refuse(
      '',
      'no-values',
      'the body holds no intensities: expected an answer of the carbon intensity API with `data`',
    );
  return entries;
}

const FROM = /^(from|start|datetime|date ?time|timestamp|time|date)( \(?utc\)?)?$/;
const INTENSITY = /intensity|co2/;

/** An instant as tables write it; one without an offset is in UTC, as the national publication is. */
function instantOf(cell: string, line: number): number {
  const text = cell.trim().replace(' ', 'T');
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text;
  return parseInstantMs(/(Z|[+-]\d{2}:?\d{2})$/.test(whole) ? whole : `${whole}Z`, `/${line}/from`);
}

function gramsOf(cell: string, line: number, perKilogram: boolean): number | null {
  const text = cell.trim();
  if (text === '' || text === 'null') return null;
  if (!/^\d{1,6}(\.\d+)?$/.test(text))
    return refuse(`/${line}`, 'invalid-cell', `line ${line}: '${text}' is no intensity: expected a number`);
  return perKilogram ? Math.round(Number(text) * 1_000_000) / 1000 : Number(text);
}

/**
 * Reads a table of intensities: a column of instants (UTC where they name no offset), and one of intensities in grams, or in
 * kilograms where the header says so, or columns `actual` and `forecast`.
 * @throws Refusal `invalid-request` naming line and value.
 */
export function readIntensityTable(text: string, region: string | null): IntensityEntry[] {
  const [header, ...rows] = readCsvRecords(text, 'The table');
  const names = (header?.record ?? []).map((name) => name.trim().toLowerCase());
  const columns = {
    from: names.findIndex((name) => FROM.test(name)),
    actual: names.findIndex((name) => /\bactual\b/.test(name)),
    forecast: names.findIndex((name) => /\bforecast\b/.test(name)),
    plain: names.findIndex((name) => INTENSITY.test(name) && !/index|actual|forecast/.test(name)),
    region: names.indexOf('region'),
  };
  if (columns.from < 0 || (columns.actual < 0 && columns.forecast < 0 && columns.plain < 0))
    refuse(
      '/1',
      'unknown-columns',
      `line 1 is '${names.join(', ')}': expected a column of instants and one of intensities`,
    );
  const actualColumn = columns.actual >= 0 ? columns.actual : columns.plain;
  const perKilogram = (column: number): boolean => /\bkg/.test(names[column] ?? '');
  const read = rows.flatMap(({ record, line }): IntensityEntry[] => {
    const actual = actualColumn < 0 ? null : gramsOf(record[actualColumn] ?? '', line, perKilogram(actualColumn));
    const forecast =
      columns.forecast < 0 ? null : gramsOf(record[columns.forecast] ?? '', line, perKilogram(columns.forecast));
    const gPerKwh = actual ?? forecast;
    if (gPerKwh === null) return [];
    const place = columns.region < 0 ? '' : (record[columns.region] ?? '').trim();
    const startMs = instantOf(record[columns.from] ?? '', line);
    const measure = actual === null ? 'forecast' : 'actual';
    return [{ region: region ?? (place === '' ? NATIONAL : place), startMs, gPerKwh, measure, pointer: `/${line}` }];
  });
  if (read.length === 0) refuse('', 'no-values', 'the table holds no intensities');
  return read.flatMap((entry) => halfHours(entry, stepOf(read)));
}

/** The length that the values of a table hold for: the shortest time between two of them. */
function stepOf(entries: readonly IntensityEntry[]): number {
  const starts = [...new Set(entries.map(({ startMs }) => startMs))].sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
  return gaps.length === 0 ? HALF_HOUR_MS : Math.min(...gaps.slice(0, 10_000));
}
