import type pg from 'pg';
import type { FactorSet } from '../domain/factor-set.ts';
import { CLOCK } from './queries/estate-query.ts';

/** Reads the active factor sets, and remembers them until configuration changes. */
export function makeActiveFactors(
  pool: pg.Pool,
  load: () => Promise<FactorSet[]>,
): { activeFactorSets(): Promise<readonly FactorSet[]> } {
  let known: { configSeq: string; sets: readonly FactorSet[] } | null = null;
  return {
    async activeFactorSets() {
      // The clock is read before the sets: what is remembered can be newer than its mark, never older.
      const { rows } = await pool.query<{ config_seq: string }>({ name: 'clock', text: CLOCK });
      const configSeq = rows[0]?.config_seq ?? '';
      if (known?.configSeq !== configSeq) known = { configSeq, sets: await load() };
      return known.sets;
    },
  };
}
