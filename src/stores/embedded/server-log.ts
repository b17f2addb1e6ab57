import { closeSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

const ROTATE_BYTES = 10_000_000;

/**
 * Opens the file the server writes its messages to, for appending; a long one is put aside first. `written` is what
 * has been added since.
 */
export function openServerLog(file: string): { descriptor: number; close: () => void; written: () => string } {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > ROTATE_BYTES) renameSync(file, `${file}.1`);
  const descriptor = openSync(file, 'a', 0o600);
  const start = fstatSync(descriptor).size;
  return {
    descriptor,
    close: () => closeSync(descriptor),
    written: () => readFileSync(file).subarray(start).toString('utf8'),
  };
}
