import { Decimal } from '../../../domain/decimal.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { seriesFault, seriesKey, seriesName } from '../../../domain/weather/degree-days.ts';
import type { Reference, ReferenceSeries } from '../../../domain/weather/reference-degree-days.ts';
import type { CsvColumn } from '../../csv.ts';
import type { ReferenceInput, ReferenceOutput } from './schemas.ts';

function refuse(pointer: string, code: string, detail: string): never {
  throw new Refusal('invalid-request', detail, [{ pointer, code, detail }]);
}

/** A reference from its request. */
export function fromReferenceInput(key: string, { name, source, series }: ReferenceInput): Reference {
  const seen = new Set<string>();
  return {
    key,
    name,
    source,
    series: series.map(({ region, kind = 'heating', baseTemperatureC, months }, index): ReferenceSeries => {
      const pointer = `/series/${index}`;
      const fault = seriesFault({ region, kind, baseTemperatureC, source }, pointer);
      if (fault !== null) refuse(fault.pointer, fault.code, fault.detail);
      const one = { region, kind, baseTemperatureC: new Decimal(baseTemperatureC) };
      if (seen.has(seriesKey(one))) refuse(pointer, 'repeated', `${seriesName(one)} are given twice: expected once`);
      seen.add(seriesKey(one));
      return { ...one, months: months.map((month) => new Decimal(month)) };
    }),
  };
}

/** A reference for its answer. */
export function toReference({ series, ...fields }: Reference): ReferenceOutput {
  return {
    ...fields,
    series: series.map(({ baseTemperatureC, months, ...one }) => ({
      ...one,
      baseTemperatureC: baseTemperatureC.toNumber(),
      months: months.map((month) => month.toNumber()),
    })),
  };
}

/** One month of one series, as CSV gives it. */
export type ReferenceRow = {
  key: string;
  region: string;
  kind: string;
  baseTemperatureC: number;
  month: number;
  degreeDays: number;
  source: string;
};

/** The months of references, one a row. */
export function referenceRows(references: readonly ReferenceOutput[]): ReferenceRow[] {
  return references.flatMap(({ key, source, series }) =>
    series.flatMap(({ region, kind = 'heating', baseTemperatureC, months }) =>
      months.map((degreeDays, index) => ({
        key,
        region,
        kind,
        baseTemperatureC,
        month: index + 1,
        degreeDays,
        source,
      })),
    ),
  );
}

/** The columns of the list as CSV. */
export const REFERENCE_COLUMNS: readonly CsvColumn<ReferenceRow>[] = [
  { header: 'reference', value: (row) => row.key },
  { header: 'region', value: (row) => row.region },
  { header: 'kind', value: (row) => row.kind },
  { header: 'baseTemperatureC', value: (row) => row.baseTemperatureC },
  { header: 'month', value: (row) => row.month },
  { header: 'degreeDays', value: (row) => row.degreeDays },
  { header: 'source', value: (row) => row.source },
];
