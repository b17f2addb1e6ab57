import type { TargetFactorChange } from '../../domain/factor-account.ts';
import type { FactorReads } from '../factors/factor-store-port.ts';

/** What changes of the factor sets in use have changed in a target, oldest first, as each was computed before it was made. */
export async function factorChangesOf(
  reads: Pick<FactorReads, 'accounts'>,
  target: string,
  atSeq: bigint | null,
): Promise<TargetFactorChange[]> {
  const events = await reads.accounts(null, atSeq);
  return events.flatMap(({ set, seq, recordedAt, account }) => {
    const years = account?.targets.find((change) => change.target === target)?.years ?? [];
    if (account === null || years.length === 0) return [];
    const { fromVersion, toVersion } = account;
    return [{ set, fromVersion, toVersion, seq, recordedAt, years }];
  });
}
