/** The blocks of one upload on their way from one thread to the other. */
export type BlockQueue = {
  push(block: Buffer): void;
  end(): void;
  /** Makes the reader fail, now or when it next asks. */
  fail(error: Error): void;
  blocks: AsyncIterable<Buffer>;
};

type Waiting = { resolve: (result: IteratorResult<Buffer>) => void; reject: (error: Error) => void };

/** Makes an empty queue. `onTaken` is told of each block that the reader takes. */
export function createBlockQueue(onTaken: () => void): BlockQueue {
  const held: Buffer[] = [];
  const waiting: Waiting[] = [];
  let failure: Error | null = null;
  let hasEnded = false;

  const next = (): Promise<IteratorResult<Buffer>> => {
    if (failure !== null) return Promise.reject(failure);
    const block = held.shift();
    if (block !== undefined) {
      onTaken();
      return Promise.resolve({ value: block, done: false });
    }
    if (hasEnded) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };

  return {
    push(block) {
      const reader = waiting.shift();
      if (reader === undefined) return void held.push(block);
      onTaken();
      reader.resolve({ value: block, done: false });
    },
    end() {
      hasEnded = true;
      for (const reader of waiting.splice(0)) reader.resolve({ value: undefined, done: true });
    },
    fail(error) {
      failure = error;
      for (const reader of waiting.splice(0)) reader.reject(error);
    },
    blocks: { [Symbol.asyncIterator]: () => ({ next }) },
  };
}
