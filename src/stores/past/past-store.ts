import type pg from 'pg';
import type { PastStore } from '../../services/past/past-store.ts';
import type { SupplyReads } from '../../services/supply/supply-store.ts';
import { makeCutSpansReader } from '../cut-spans-reader.ts';
import type { createFactorStore } from '../factor-store.ts';
import { makeConversionsReader } from '../gas/conversions-reader.ts';
import { makeLineEvidenceReader } from '../line-evidence-reader.ts';
import { makePlacesReader } from '../places/places-reader.ts';
import { withoutEstimates } from '../queries/without-estimates-query.ts';
import { makeUsageReader } from '../usage-reader.ts';
import { makeWeatherReader } from '../weather/weather-reader.ts';
import type { Clock } from './clock-reader.ts';
import { makeEstateAsOf } from './estate-as-of.ts';
import { evidenceAsOf } from './evidence-as-of.ts';
import { rememberLast } from './remember-last.ts';
import { storedDaysAsOf } from './stored-days-as-of.ts';
import { usageQueriesAsOf, usageQueriesWithLate } from './usage-as-of.ts';

const FACTOR_SETS_REMEMBERED = 3;

type FactorReader = ReturnType<typeof createFactorStore>;

/** What PostgreSQL held at a reading of the clock. */
export function createPastStore(
  pool: pg.Pool,
  clock: Clock,
  factors: Pick<FactorReader, 'activeFactorSets' | 'factorVersion'>,
  records: Pick<SupplyReads, 'all'>,
): PastStore {
  return {
    ...clock,
    estateAt: makeEstateAsOf(pool),
    factorSetsAt: rememberLast(FACTOR_SETS_REMEMBERED, (seq) => factors.activeFactorSets(BigInt(seq))),
    factorVersionAt: (seq, id, version) => factors.factorVersion(id, version, BigInt(seq)),
    places: makePlacesReader(pool),
    usageWithLate: (seq, laterSeq) => makeUsageReader(pool, usageQueriesWithLate(seq, laterSeq)),
    weatherAt: (seq) => makeWeatherReader(pool, seq),
    otherEmissionsAt: (seq) => () => records.all('other-emission', seq),
    usageAt: (seq, estimates) =>
      makeUsageReader(
        pool,
        estimates === 'exclude' ? withoutEstimates(seq) : usageQueriesAsOf(seq),
        makeCutSpansReader(pool, seq),
      ),
    storedDaysAt: (seq) => storedDaysAsOf(pool, seq),
    lineEvidenceAt: (seq) => makeLineEvidenceReader(pool, seq),
    evidenceAt: (seq) => evidenceAsOf(pool, seq),
    conversionsAt: (seq) => makeConversionsReader(pool, seq),
  };
}
