import type { Cluster } from './cluster.ts';

/** Turns what PostgreSQL wrote before it gave up into one sentence for the operator. */
export function startFailure(cluster: Cluster, output: string, holder: number | undefined): Error {
  if (holder !== undefined) {
    return new Error(
      `The database in ${cluster.dataDir} is already running, pid ${holder}: stop the service that uses it, choose another DATA_DIR, or give both a DATABASE_URL.`,
    );
  }
  const madeBy = /initialized by PostgreSQL version (\S+?),/.exec(output)?.[1];
  if (madeBy !== undefined) {
    return new Error(
      `The database in ${cluster.dataDir} was made by PostgreSQL ${madeBy}, which the embedded PostgreSQL cannot read; use the release that made it, or another DATA_DIR.`,
    );
  }
  const lines = output.split('\n').filter((line) => /(FATAL|PANIC):/.test(line));
  const reasons = lines.map((line) => line.replace(/^.*?(FATAL|PANIC):\s*/, ''));
  const reason = reasons.length > 0 ? reasons.join('; ') : (output.trim().split('\n').at(-1) ?? 'no reason was given');
  return new Error(`The embedded PostgreSQL in ${cluster.dataDir} did not start: ${reason}.`);
}
