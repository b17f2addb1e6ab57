import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isAlive } from '../src/stores/embedded/is-alive.ts';

/** Short, because paths of sockets are limited to about a hundred bytes. */
const PREFIX = 'cct-';

/**
 * A temporary folder for all that one run of the tests writes, their own temporary files included. Folders of runs
 * that were killed are removed on the way.
 */
export function makeRunFolder(): { path: string; remove: () => void } {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) remove(path.join(tmpdir(), name));
  }
  const folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o711); // The account that PostgreSQL runs under must pass through.
  return { path: folder, remove: () => remove(folder) };
}

/** Servers of tests that were stopped may be writing their last. */
function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
