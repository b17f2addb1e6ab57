import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from './is-alive.ts';

/** The process id in PostgreSQL's lock file, if the process lives. */
export function lockHolder(filesFolder: string): number | undefined {
  const pid = lockedBy(filesFolder);
  return pid !== undefined && isAlive(pid) ? pid : undefined;
}

/**
 * Removes a lock file left by a PostgreSQL that was killed, if its process id now belongs to another program
 * (common where a restarted container counts its processes from 1 again). Only Linux tells what a process runs.
 */
export function removeForeignLock(filesFolder: string): void {
  const pid = lockedBy(filesFolder);
  if (pid === undefined || process.platform !== 'linux') return;
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres') return;
  } catch {
    return; // Gone: PostgreSQL itself removes such a file.
  }
  rmSync(path.join(filesFolder, 'postmaster.pid'), { force: true });
}

function lockedBy(filesFolder: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path.join(filesFolder, 'postmaster.pid'), 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
