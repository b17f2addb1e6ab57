import type { Decimal } from './decimal.ts';
import type { FactorSeed } from './reference/factor-set-seed.ts';

/** A factor that two versions of a set do not have alike. */
export type FactorDifference = {
  key: string;
  kind: 'added' | 'removed' | 'changed' | 'parts-changed';
  unit: string;
  before: Decimal | null;
  after: Decimal | null;
};

const same = (a: Decimal | null, b: Decimal | null): boolean => (a === null || b === null ? a === b : a.eq(b));

function kindOf(before: FactorSeed | undefined, after: FactorSeed | undefined): FactorDifference['kind'] | null {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  if (!same(before.kgCo2e, after.kgCo2e) || before.unit !== after.unit || before.scope !== after.scope)
    return 'changed';
  const parts = ['kgCo2', 'kgCh4Co2e', 'kgN2oCo2e'] as const;
  return parts.every((part) => same(before[part], after[part])) ? null : 'parts-changed';
}

/** What differs between two versions of a set, by key. */
export function factorDifferences(
  before: ReadonlyMap<string, FactorSeed>,
  after: ReadonlyMap<string, FactorSeed>,
): FactorDifference[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    const kind = kindOf(old, now);
    if (kind === null) return [];
    return [{ key, kind, unit: (now ?? old)?.unit ?? '', before: old?.kgCo2e ?? null, after: now?.kgCo2e ?? null }];
  });
}
