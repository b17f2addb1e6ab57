import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A folder of its own in the temporary one, removed in teardown. Unlike tap's own, its path is short enough for a
 * socket, and every account may pass through it.
 */
export function temporaryFolder(t: { teardown: (handler: () => void) => void }): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cc-test-'));
  chmodSync(folder, 0o711);
  t.teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}
