import type pg from 'pg';
import type { FactorSet } from '../domain/factor-set.ts';
import { CLOCK } from './queries/estate-query.ts';

/** Reads the active factor sets, and remembers them until configuration changes. */
export function makeActiveFactors(
  pool: pg.Pool,
  load: (seq: bigint) => Promise<FactorSet[]>,
): { activeFactorSets(): Promise<readonly FactorSet[]> } {
  let known: { configSeq: string; sets: readonly FactorSet[] } | null = null;
  return {
    async activeFactorSets() {
      const { rows } = await pool.query<{ config_seq: string }>({ name: 'clock', text: CLOCK });
      const configSeq = rows[0]?.config_seq ?? '0';
      if (known?.configSeq !== configSeq) known = { configSeq, sets: await load(BigInt(configSeq)) };
      return known.sets;
    },
  };
}
