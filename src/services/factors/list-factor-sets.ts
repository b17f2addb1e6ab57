import type { FactorSetSummary } from '../../domain/factor-set-summary.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import type { FactorReads } from './factor-store-port.ts';

/** The last day a publication date can mean: `2020-07` and `2020` are only certain when they are over. */
function lastDay(publishedOn: string): LocalDay {
  return publishedOn.length === 4
    ? `${publishedOn}-12-31`
    : publishedOn.length === 7
      ? `${publishedOn}-31`
      : publishedOn;
}

/**
 * Factor sets held, by year. `publishedBy` keeps those certainly published by the end of that day; sets without a
 * publication date are then left out. It says nothing about what the service knew by then (rule A8).
 */
export async function listFactorSets(
  store: Pick<FactorReads, 'listFactorSets'>,
  { publishedBy, atSeq = null }: { publishedBy?: LocalDay; atSeq?: bigint | null } = {},
): Promise<FactorSetSummary[]> {
  const sets = await store.listFactorSets(atSeq);
  if (publishedBy === undefined) return sets;
  return sets.filter(({ publishedOn }) => publishedOn !== null && lastDay(publishedOn) <= publishedBy);
}
