import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';

const GZIP_MAGIC = [0x1f, 0x8b] as const;
const CHUNK_BYTES = 256 * 1024;

/** Counts what a compressed file becomes, and refuses one that is made to fill the memory or the time of its reader. */
function limitGrowth(compressedBytes: () => number): (plainBytes: number) => void {
  let total = 0;
  return (plainBytes) => {
    total += plainBytes;
    if (total > LIMITS.uploadPlainBytesMax)
      throw new Refusal(
        'payload-too-large',
        `The file is larger than ${LIMITS.uploadPlainBytesMax} bytes when it is decompressed`,
      );
    if (total > LIMITS.uploadRatioFromBytes && total > compressedBytes() * LIMITS.uploadRatioMax)
      throw new Refusal(
        'payload-too-large',
        `The file grows more than ${LIMITS.uploadRatioMax} times when it is decompressed, as no meter data does`,
      );
  };
}

async function* decompressed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let compressedBytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const block of source) {
      compressedBytes += block.length;
      yield block;
    }
  }
  const check = limitGrowth(() => compressedBytes);
  const feed = Readable.from(counted(), { objectMode: false });
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  feed.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const block of feed.pipe(gunzip)) {
      check((block as Buffer).length);
      yield block as Buffer;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') !== true) throw error;
    throw new Refusal(
      'unreadable-file',
      'The compressed file is damaged or cut short: compress it again with gzip',
      [],
      { cause: error },
    );
  } finally {
    feed.destroy();
  }
}

/** The blocks of a file as they are, or decompressed where they begin as gzip does, whatever the sender calls them. */
export async function* plainBytes(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const blocks = source[Symbol.asyncIterator]();
  let first: Buffer = Buffer.alloc(0);
  while (first.length < GZIP_MAGIC.length) {
    const { value, done } = await blocks.next();
    if (done === true) break;
    first = Buffer.concat([first, value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    if (first.length > 0) yield first;
    yield* { [Symbol.asyncIterator]: () => blocks };
  }
  yield* GZIP_MAGIC.every((byte, index) => first[index] === byte) ? decompressed(whole()) : whole();
}
