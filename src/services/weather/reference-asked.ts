import type { Decimal } from '../../domain/decimal.ts';
import type { DaySpan } from '../../domain/local-day.ts';
import { type DegreeDaySeries, seriesKey, seriesName } from '../../domain/weather/degree-days.ts';
import { evenReference, type ReferenceMonths, referenceOf } from '../../domain/weather/reference-degree-days.ts';
import { unknownReference } from './references.ts';
import type { WeatherReader } from './weather-reader.ts';

/** The weather that figures are brought to: a stored reference, or degree days that the question states itself. */
export type AskedReference =
  | { kind: 'stored'; key: string }
  | { kind: 'months'; months: ReferenceMonths }
  | { kind: 'total'; degreeDays: Decimal; period: DaySpan };

/** The reference degree days of a series over any span; `missing` says why there are none. */
export type ReferenceFinder = (series: DegreeDaySeries) => { of(span: DaySpan): Decimal } | { missing: string };

/**
 * Finds the reference that is asked for. What the question states itself holds for every region.
 * @throws Refusal `unknown-reference`.
 */
export async function findReference(reader: WeatherReader, asked: AskedReference): Promise<ReferenceFinder> {
  if (asked.kind === 'months') return () => ({ of: (span) => referenceOf(asked.months, span) });
  if (asked.kind === 'total') {
    const of = evenReference(asked.degreeDays, asked.period);
    return () => ({ of });
  }
  const reference = await reader.reference(asked.key);
  if (reference === null) throw unknownReference(asked.key, '?reference');
  const byKey = new Map(reference.series.map((series) => [seriesKey(series), series.months]));
  return (series) => {
    const months = byKey.get(seriesKey(series));
    if (months !== undefined) return { of: (span) => referenceOf(months, span) };
    return { missing: `reference '${asked.key}' has no ${seriesName(series)}` };
  };
}
