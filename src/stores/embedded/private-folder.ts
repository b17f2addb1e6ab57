import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import type { Account } from './account.ts';

/**
 * Makes `folder` if needed, gives it to `account` and closes it to everybody else, as PostgreSQL demands of its
 * folders. Throws a sentence where the file system does not keep permissions (a Windows drive seen from WSL).
 */
export function makePrivateFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  if (process.platform === 'win32') return;
  chmodSync(folder, 0o700);
  if ((statSync(folder).mode & 0o077) !== 0) {
    throw new Error(
      `The folder ${folder} cannot be closed to other users, because its file system keeps no permissions; choose a DATA_DIR on another file system.`,
    );
  }
}
