import { spawnSync } from 'node:child_process';
import type { Account } from './account.ts';

/** Whether `account` may enter and write `folder`, asked by doing it under that account. */
export function canUseFolder(account: Account | undefined, folder: string): boolean {
  if (account === undefined) return true;
  const asked = spawnSync('/bin/sh', ['-c', 'cd -- "$1" && test -w .', 'sh', folder], { ...account, cwd: '/' });
  return asked.status === 0;
}

/** Whether `account` can run the program `file`, libraries included. */
export function canRun(account: Account | undefined, file: string): boolean {
  return spawnSync(file, ['--version'], { ...account, cwd: '/' }).status === 0;
}
