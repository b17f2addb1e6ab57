import { Refusal } from '../../domain/refusal.ts';

/** Work on uploads, a few at a time; the others wait their turn. */
export type UploadQueue<T> = {
  /** Does the work of an upload as soon as there is room. One that is under way or waiting already is not begun again. */
  run(id: bigint): Promise<T>;
  /** Begins nothing more. Whoever waits for a turn is told `busy`. */
  close(): void;
  isClosed(): boolean;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
};

/** Makes a queue that does at most `atOnceMax` works at the same time, in the order in which they came. */
export function createUploadQueue<T>(work: (id: bigint) => Promise<T>, atOnceMax: number): UploadQueue<T> {
  const known = new Map<bigint, Promise<T>>();
  const waiting: (() => void)[] = [];
  let free = atOnceMax;
  let isClosed = false;

  const turn = (): Promise<void> => {
    free -= 1;
    return free >= 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    free += 1;
    waiting.shift()?.();
  };
  const inTurn = async (id: bigint): Promise<T> => {
    await turn();
    try {
      if (isClosed) throw new Refusal('busy', 'The service stops; the file is kept and will be read when it is back');
      return await work(id);
    } finally {
      leave();
      known.delete(id);
    }
  };

  return {
    run(id) {
      const running = known.get(id) ?? inTurn(id);
      known.set(id, running);
      return running;
    },
    close() {
      isClosed = true;
    },
    isClosed: () => isClosed,
    async settled() {
      await Promise.allSettled([...known.values()]);
    },
  };
}
