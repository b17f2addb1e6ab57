import { randomUUID } from 'node:crypto';
import { closeSync, createWriteStream, openSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a source to a temporary file that only this process can read. It has no name any more once it is open: whatever
 * becomes of the process, nothing of it stays behind. Whoever gets the descriptor closes it.
 */
export async function spooled(source: AsyncIterable<Buffer>): Promise<{ fd: number; bytes: number }> {
  const file = path.join(tmpdir(), `council-carbon-${randomUUID()}`);
  const fd = openSync(file, 'wx+', 0o600);
  unlinkSync(file);
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const block of source) {
      bytes += block.length;
      yield block;
    }
  }
  try {
    await pipeline(counted(), createWriteStream('', { fd, autoClose: false }));
    return { fd, bytes };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}
