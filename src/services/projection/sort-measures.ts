import type { LocalDay } from '../../domain/local-day.ts';
import { inOrder } from '../../domain/measures/apply-measures.ts';
import type { Measure } from '../../domain/measures/measure.ts';
import type { SiteBases } from './site-bases.ts';

/** Why a measure is not counted. */
export const NOT_APPLIED = ['done', 'begins-in-the-data', 'no-use-in-the-base-year'] as const;
export type NotApplied = { measure: Measure; reason: (typeof NOT_APPLIED)[number] };

/** Measures that are counted, in their order, and those that are not. */
export type SortedMeasures = { applied: readonly Measure[]; notApplied: readonly NotApplied[] };

/** Tells measures that change years to come from those that show in the data, or find nothing to change. */
export function sortMeasures(measures: readonly Measure[], bases: SiteBases, from: LocalDay): SortedMeasures {
  const applied: Measure[] = [];
  const notApplied: NotApplied[] = [];
  for (const measure of inOrder(measures)) {
    if (measure.status === 'done') notApplied.push({ measure, reason: 'done' });
    else if (measure.from < from) notApplied.push({ measure, reason: 'begins-in-the-data' });
    else if (!bases.has(measure.site)) notApplied.push({ measure, reason: 'no-use-in-the-base-year' });
    else applied.push(measure);
  }
  return { applied, notApplied };
}
