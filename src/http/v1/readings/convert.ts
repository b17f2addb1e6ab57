import type { Unit } from '../../../domain/activities.ts';
import { roundQuantity } from '../../../domain/decimal.ts';
import type { EstateMeter } from '../../../domain/estate.ts';
import { MICRO } from '../../../domain/interval-profile.ts';
import type { ReadingResolution, SliceEstimate, StoredSlice } from '../../../domain/stored-readings.ts';
import type { PostedReadings } from '../../../services/readings/post-readings.ts';
import type { CsvColumn } from '../../csv.ts';
import type { OwnEstimateOutput } from '../../schemas/estimate-schemas.ts';
import type { ReadingsOutcome, StoredReading } from './schemas.ts';

/** What a batch did, for its answer. */
export function toReadingsOutcome(posted: PostedReadings): ReadingsOutcome {
  const { outcome, meterKeys } = posted;
  return {
    accepted: posted.accepted,
    refused: [...posted.refused],
    days: { new: outcome.daysNew, changed: outcome.daysChanged, unchanged: posted.daysUnchanged },
    billedPeriods: { written: outcome.billsWritten, unchanged: posted.billsUnchanged },
    registerReadings: { written: outcome.readsWritten, unchanged: posted.readsUnchanged, kept: outcome.readsKept },
    keptActual: outcome.keptActual,
    conflicts: outcome.conflicts.map(({ code, meterId, start, end, totalMicro, coveredMicro }) => ({
      code,
      meter: meterKeys.get(meterId) ?? '',
      start,
      end,
      billed: Number(totalMicro) / MICRO,
      intervals: Number(coveredMicro) / MICRO,
    })),
    notices: posted.notices.map((notice) => ({ ...notice })),
    ...(outcome.seq === null ? {} : { seq: outcome.seq }),
  };
}

function toOwnEstimate({ inputs, ...estimate }: SliceEstimate): OwnEstimateOutput {
  const copied = Object.entries(inputs).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]);
  return { ...estimate, inputs: Object.fromEntries(copied) };
}

/** The unit of a slice where it is not that of the answer: beside intervals of volumes, what is known otherwise is energy. */
export function otherUnitOf(
  { origin }: StoredSlice,
  { unit, readingUnit }: EstateMeter,
  resolution: ReadingResolution,
): Unit | null {
  const isDelivered = origin === null || origin === 'interval';
  return resolution === 'interval' && unit !== readingUnit && !isDelivered ? unit : null;
}

/** A slice of what is stored, for its answer; `unit` where it has another than the answer. */
export function toStoredReading({ quantity, estimates, ...slice }: StoredSlice, unit: Unit | null): StoredReading {
  const rounded = quantity === null ? null : roundQuantity(quantity);
  return {
    ...slice,
    quantity: rounded,
    ...(unit === null ? {} : { unit }),
    ...(estimates.length === 0 ? {} : { estimates: estimates.map(toOwnEstimate) }),
  };
}

export const STORED_COLUMNS: readonly CsvColumn<StoredReading>[] = [
  { header: 'start', value: (row) => row.start },
  { header: 'end', value: (row) => row.end },
  { header: 'quantity', value: (row) => row.quantity },
  { header: 'quality', value: (row) => row.quality },
  { header: 'origin', value: (row) => row.origin },
  { header: 'actualMinutes', value: (row) => row.actualMinutes },
  { header: 'estimatedMinutes', value: (row) => row.estimatedMinutes },
  { header: 'missingMinutes', value: (row) => row.missingMinutes },
  { header: 'estimatedBy', value: (row) => [...new Set(row.estimates?.map(({ method }) => method))].join(' ') },
  { header: 'unit', value: (row) => row.unit ?? null },
];
