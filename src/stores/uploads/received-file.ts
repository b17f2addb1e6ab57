import { createHash } from 'node:crypto';
import type { FileKeeper, WholeFile } from './file-keeper.ts';
import type { Progress } from './progress.ts';
import type { Source } from './read-into.ts';

/** A source whose rest can be read by another when its first reader stops early. */
export type ReceivedFile = {
  blocks: Source;
  /** Reads what nobody has read, and says what the whole was once it is kept. */
  whole: () => Promise<WholeFile>;
  /** Told when what was read is about to be stored. */
  onStoring: () => void;
  /** Told when it waits for its turn to be read, and when it has it. */
  onWait: (isWaiting: boolean) => void;
};

/** Hashes, counts and keeps a source as it passes. */
export function received(source: Source, keeper: FileKeeper, progress: Progress): ReceivedFile {
  const hash = createHash('sha256');
  const iterator = source[Symbol.asyncIterator]();
  let bytes = 0;
  let kept: Promise<WholeFile> | null = null;
  const next = async () => {
    const result = await iterator.next();
    if (result.done !== true) {
      hash.update(result.value);
      bytes += result.value.length;
      progress.read(bytes);
      await keeper.add(result.value);
    }
    return result;
  };
  const keep = async (): Promise<WholeFile> => {
    while ((await next()).done !== true);
    const file = { sha256: hash.digest('hex'), bytes };
    await keeper.close(file);
    return file;
  };
  const whole = () => {
    kept ??= keep();
    return kept;
  };
  return {
    blocks: { [Symbol.asyncIterator]: () => ({ next }) },
    whole,
    onStoring: progress.storing,
    onWait: progress.waits,
  };
}
