import { availableParallelism, cpus, totalmem } from 'node:os';
import type pg from 'pg';

/** What the figures were measured on. */
export type Machine = { node: string; cores: number; processor: string; memoryGb: number; postgresql: string };

/** Describes this machine and the database server. */
export async function describeMachine(pool: pg.Pool): Promise<Machine> {
  const { rows } = await pool.query<{ server_version: string }>('show server_version');
  return {
    node: process.version,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1e9),
    postgresql: rows[0]?.server_version ?? 'unknown',
  };
}
