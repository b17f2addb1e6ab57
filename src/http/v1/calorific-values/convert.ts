import { readCalorificTable } from '../../../domain/gas/calorific-table.ts';
import type { CalorificEntry, CalorificValue } from '../../../domain/gas/calorific-values.ts';
import type { CalorificOutcome } from '../../../services/gas/calorific-port.ts';
import type { CsvColumn } from '../../csv.ts';
import type { CalorificOutcomeOutput, CalorificTable, CalorificValueOutput } from './schemas.ts';

/** The values of a request: a table as JSON, or the text of one as CSV. */
export function fromCalorificBody(body: CalorificTable | string): CalorificEntry[] {
  if (typeof body === 'string') return readCalorificTable(body);
  return body.values.map((value, index) => ({ ...value, pointer: `/values/${index}` }));
}

/** A value for its answer. */
export function toCalorificValue({ zone, day, mjPerM3 }: CalorificValue): CalorificValueOutput {
  return { zone, day, mjPerM3: mjPerM3.toNumber() };
}

/** What a table did, for its answer. */
export function toCalorificOutcome(
  { seq, daysChanged, ...values }: CalorificOutcome,
  outsideBand: readonly CalorificValue[],
): CalorificOutcomeOutput {
  return { values, daysChanged, outsideBand: outsideBand.map(toCalorificValue), ...(seq !== null && { seq }) };
}

/** The columns of a list as CSV: those that a table is taken in. */
export const CALORIFIC_COLUMNS: readonly CsvColumn<CalorificValueOutput>[] = [
  { header: 'zone', value: (row) => row.zone },
  { header: 'day', value: (row) => row.day },
  { header: 'mjPerM3', value: (row) => row.mjPerM3 },
];
