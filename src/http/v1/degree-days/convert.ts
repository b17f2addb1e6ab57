import { Decimal } from '../../../domain/decimal.ts';
import { parsePeriod } from '../../../domain/period.ts';
import { readDegreeDayTable } from '../../../domain/weather/degree-day-table.ts';
import type { DegreeDayEntry, DegreeDayValue } from '../../../domain/weather/degree-days.ts';
import type {
  DegreeDayFilter,
  DegreeDayOutcome,
  DegreeDayPosition,
} from '../../../services/weather/degree-days-port.ts';
import type { CsvColumn } from '../../csv.ts';
import type { DegreeDayOutcomeOutput, DegreeDayOutput, DegreeDayQuery, DegreeDayTable } from './schemas.ts';

/** The values of a request: a table of one series as JSON, or the text of one of any as CSV. */
export function fromDegreeDayBody(body: DegreeDayTable | string): DegreeDayEntry[] {
  if (typeof body === 'string') return readDegreeDayTable(body);
  const { values, kind = 'heating', ...series } = body;
  return values.map((value, index) => ({ ...series, kind, ...value, pointer: `/values/${index}` }));
}

/** A value for its answer. */
export function toDegreeDay(value: DegreeDayValue): DegreeDayOutput {
  const { region, kind, resolution, day, source } = value;
  return {
    region,
    kind,
    baseTemperatureC: value.baseTemperatureC.toNumber(),
    ...(resolution === 'day' ? { day } : { month: day.slice(0, 7) }),
    degreeDays: value.degreeDays.toNumber(),
    source,
  };
}

/** What a table did, for its answer. */
export function toDegreeDayOutcome({ seq, daysChanged, ...values }: DegreeDayOutcome): DegreeDayOutcomeOutput {
  return { values, daysChanged, ...(seq !== null && { seq }) };
}

/** The filter of a list from its query. */
export function fromDegreeDayQuery(query: DegreeDayQuery): DegreeDayFilter {
  return {
    region: query.region ?? null,
    kind: query.kind ?? null,
    baseTemperatureC: query.baseTemperatureC === undefined ? null : new Decimal(query.baseTemperatureC),
    resolution: query.resolution ?? null,
    span: query.period === undefined ? null : parsePeriod(query.period, '?period'),
  };
}

/** What each part of a cursor of the list is. */
export const CURSOR_PARTS = ['text', 'text', 'degrees', 'text', 'day'] as const;

/** What a cursor of the list holds, in order. */
export const toCursor = ({ region, kind, base, resolution, day }: DegreeDayPosition): string[] => [
  region,
  kind,
  base,
  resolution,
  day,
];

/** A position in the list from its cursor. */
export function fromCursor([region, kind, base, resolution, day]: readonly [
  string,
  string,
  string,
  string,
  string,
]): DegreeDayPosition {
  return { region, kind, base, resolution, day };
}

/** The columns of a list as CSV: those that a table is taken in. */
export const DEGREE_DAY_COLUMNS: readonly CsvColumn<DegreeDayOutput>[] = [
  { header: 'region', value: (row) => row.region },
  { header: 'kind', value: (row) => row.kind },
  { header: 'baseTemperatureC', value: (row) => row.baseTemperatureC },
  { header: 'day', value: (row) => row.day },
  { header: 'month', value: (row) => row.month },
  { header: 'degreeDays', value: (row) => row.degreeDays },
  { header: 'source', value: (row) => row.source },
];
