import type pg from 'pg';
import type { CheckedDay } from '../../domain/checks/meter-series.ts';
import { type FactorsByDay, kwhPerUnit } from '../../domain/gas/kept-factors.ts';
import type { StoredDay } from '../../domain/stored-readings.ts';
import type { EvidenceReader } from '../../services/data-quality/evidence-reader.ts';
import { closuresAt } from '../closures/closure-store.ts';
import { totalsOf } from '../evidence-reader.ts';
import { readKeptFactors } from '../gas/conversions-reader.ts';
import { knownEstimates } from '../readings/gap-estimates.ts';
import { knownBills, knownReads } from '../readings/known-totals.ts';
import { storedDaysOfMeters } from './stored-days-as-of.ts';

/** A day as checks look at it; `factors` turned the volumes of its meter into energy. */
function toChecked(stored: StoredDay, withIntervals: boolean, factors: FactorsByDay | undefined): CheckedDay {
  const { day, origin, quantity, actualMinutes, estimatedMinutes, profile } = stored;
  const own = factors?.get(day);
  return {
    day,
    origin,
    actualMinutes,
    estimatedMinutes,
    quantity: quantity?.toNumber() ?? null,
    profile: withIntervals ? profile : null,
    perUnit: own?.evidence === 'interval' ? kwhPerUnit(own) : 1,
  };
}

/**
 * Reads evidence as it stood at a clock reading: days, bills, reads, estimates and closures. What turns volumes of gas into
 * energy for the checks is what stands now.
 */
export function evidenceAsOf(pool: pg.Pool, seq: string): EvidenceReader {
  return {
    async readDays(meterIds, span, withIntervals) {
      const days = await storedDaysOfMeters(pool, seq, meterIds, span);
      const factors = withIntervals ? await readKeptFactors(pool, meterIds, span) : new Map<number, FactorsByDay>();
      return new Map(
        [...days].map(([meterId, own]) => [
          meterId,
          own.map((day) => toChecked(day, withIntervals, factors.get(meterId))),
        ]),
      );
    },
    async readTotals(meterIds) {
      const [bills, reads] = await Promise.all([knownBills(pool, meterIds, seq), knownReads(pool, meterIds, seq)]);
      return totalsOf(pool, meterIds, bills, reads);
    },
    readClosures: () => closuresAt(pool, seq),
    readEstimates: (meterIds, span) => knownEstimates(pool, meterIds, span, seq),
  };
}
