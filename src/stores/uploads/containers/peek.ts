/** A source whose first bytes were looked at: they are in `head`, and once more at the front of `blocks`. */
export type Peeked = { head: Buffer; blocks: AsyncIterable<Buffer> };

/** Waits for the first `bytes` bytes of a source, or for all of a shorter one. */
export async function peek(source: AsyncIterable<Buffer>, bytes: number): Promise<Peeked> {
  const rest = source[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let size = 0;
  while (size < bytes) {
    const { value, done } = await rest.next();
    if (done === true) break;
    first.push(value);
    size += value.length;
  }
  async function* whole(): AsyncGenerator<Buffer> {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => rest };
  }
  return { head: Buffer.concat(first).subarray(0, bytes), blocks: whole() };
}
