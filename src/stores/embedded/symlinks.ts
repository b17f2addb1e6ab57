import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes the symlinks between libraries that an npm package cannot carry, as its native/pg-symlinks.json lists them.
 * (The package would do so in a postinstall script; install scripts do not run here.) Links that are there stay.
 * Returns false where the folder cannot be written.
 */
export function makeSymlinks(nativeFolder: string): boolean {
  for (const { source, target } of listedSymlinks(nativeFolder)) {
    const link = path.join(path.dirname(nativeFolder), target);
    if (isThere(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue; // Another process made it meanwhile.
      if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return false;
      throw error;
    }
  }
  return true;
}

/** The links by name relative to the package's folder: `target` is the link and `source` what it points at. */
function listedSymlinks(nativeFolder: string): { source: string; target: string }[] {
  const list = path.join(nativeFolder, 'pg-symlinks.json');
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
