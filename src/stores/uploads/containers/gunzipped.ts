import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../../../domain/refusal.ts';
import { LIMITS } from '../../../limits.ts';

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

/**
 * The bytes that were compressed with gzip, in one part or in several behind one another.
 * @throws Refusal `payload-too-large` for a file made to burst, `unreadable-file` for one that is damaged or cut short.
 */
export async function* gunzipped(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
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
