import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type pg from 'pg';
import { toRefusal } from '../errors.ts';

const decompress = promisify(brotliDecompress);

const READ_BLOCK = `
select b.is_compressed, b.content from kept_file_block b where b.file_id = $1 and b.ordinal = $2`;

type BlockRow = { is_compressed: boolean; content: Buffer };

/**
 * Reads a kept file, block by block, as it was received. No connection is held between blocks: whoever reads slowly holds
 * up nobody. Ends early where the file is deleted meanwhile; the reader knows the length.
 */
export async function* readKeptFile(pool: pg.Pool, fileId: bigint): AsyncGenerator<Buffer> {
  for (let ordinal = 0; ; ordinal += 1) {
    const { rows } = await pool
      .query<BlockRow>({ name: 'kept-block', text: READ_BLOCK, values: [fileId.toString(), ordinal] })
      .catch((error: unknown) => {
        throw toRefusal(error);
      });
    const row = rows[0];
    if (row === undefined) return;
    yield row.is_compressed ? await decompress(row.content) : row.content;
  }
}
