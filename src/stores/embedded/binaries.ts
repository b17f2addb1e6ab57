import { constants, cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Account } from './account.ts';
import { type BinariesPackage, binariesPackage } from './binaries-package.ts';
import { canRun } from './reachable.ts';
import { makeSymlinks } from './symlinks.ts';

/** Paths of the three programs the packages bring. There is no psql and no pg_dump among them. */
export type Binaries = { postgres: string; initdb: string; pgCtl: string };

/** Where copies may be kept: root's must be in a place that any account can enter. */
function copyFolders(account: Account | undefined, dataDir: string): string[] {
  return account === undefined ? [dataDir] : ['/var/cache/council-carbon', '/var/tmp/council-carbon'];
}

/**
 * The programs, such that `account` can run them: from node_modules where that works, else (node_modules read-only,
 * or under a folder only root may enter) from a copy, whose making `log` is told of.
 */
export function usableBinaries(
  account: Account | undefined,
  dataDir: string,
  log: (message: string) => void,
  source: BinariesPackage = binariesPackage(),
  folders: string[] = copyFolders(account, dataDir),
): Binaries {
  if (makeSymlinks(source.nativeFolder)) {
    const binaries = programs(source.nativeFolder);
    if (canRun(account, binaries.postgres)) return binaries;
  }
  for (const cache of folders) {
    const binaries = copied(source, cache, log);
    if (binaries !== undefined && canRun(account, binaries.postgres)) return binaries;
  }
  throw new Error(
    `The embedded PostgreSQL in ${source.nativeFolder} cannot be run by ${account === undefined ? 'this user' : `user id ${account.uid}`}, nor a copy of it; set DATABASE_URL to a PostgreSQL server.`,
  );
}

function copied(source: BinariesPackage, cache: string, log: (message: string) => void): Binaries | undefined {
  const copy = path.join(cache, `postgresql-${source.version}-${process.platform}-${process.arch}`);
  try {
    mkdirSync(cache, { recursive: true, mode: 0o755 });
    if (!isOwn(cache)) return undefined;
    if (!existsSync(copy)) {
      log(`Copying the embedded PostgreSQL (60 MB) to ${copy}, because it cannot be run from ${source.nativeFolder}.`);
      const unfinished = `${copy}.${process.pid}`;
      rmSync(unfinished, { recursive: true, force: true });
      const native = path.join(unfinished, 'native');
      cpSync(source.nativeFolder, native, {
        recursive: true,
        verbatimSymlinks: true,
        mode: constants.COPYFILE_FICLONE,
        filter: (file) => !file.endsWith('.a'),
      });
      makeSymlinks(native);
      moveUnlessThere(unfinished, copy);
    }
    return programs(path.join(copy, 'native'));
  } catch (error) {
    log(`The copy in ${cache} could not be made: ${(error as Error).message}.`);
    return undefined;
  }
}

/** A folder in a public place is used only if nobody else could have put programs into it. */
function isOwn(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    rmSync(from, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

function programs(nativeFolder: string): Binaries {
  const bin = path.join(nativeFolder, 'bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    postgres: path.join(bin, `postgres${suffix}`),
    initdb: path.join(bin, `initdb${suffix}`),
    pgCtl: path.join(bin, `pg_ctl${suffix}`),
  };
}
