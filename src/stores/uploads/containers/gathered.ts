import { Refusal } from '../../../domain/refusal.ts';

/**
 * All of a source that is small enough to be held in memory.
 * @throws Refusal `payload-too-large` with `detail` beyond `bytesMax`.
 */
export async function gathered(source: AsyncIterable<Buffer>, bytesMax: number, detail: string): Promise<Buffer> {
  const blocks: Buffer[] = [];
  let bytes = 0;
  for await (const block of source) {
    bytes += block.length;
    if (bytes > bytesMax) throw new Refusal('payload-too-large', detail);
    blocks.push(block);
  }
  return Buffer.concat(blocks);
}
