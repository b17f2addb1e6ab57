import type { Target } from '../../domain/targets/target.ts';
import { LIMITS } from '../../limits.ts';
import type { TargetFilter, TargetReads } from '../target-store.ts';

/** Every target that a filter takes, page by page: as they stand now, or as they stood at a clock reading. */
export async function everyTarget(
  reads: Pick<TargetReads, 'list'>,
  filter: TargetFilter = { status: null, boundary: null },
  atSeq: string | null = null,
): Promise<Target[]> {
  const all: Target[] = [];
  for (;;) {
    const page = await reads.list(filter, { after: all.at(-1)?.key ?? null, limit: LIMITS.pageSizeMax }, atSeq);
    all.push(...page.slice(0, LIMITS.pageSizeMax));
    if (page.length <= LIMITS.pageSizeMax) return all;
  }
}
