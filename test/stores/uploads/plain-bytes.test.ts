import { gzipSync } from 'node:zlib';
import t from 'tap';
import { LIMITS } from '../../../src/limits.ts';
import { plainBytes } from '../../../src/stores/uploads/plain-bytes.ts';

async function* inBlocks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size = 1_000): Promise<string> {
  const blocks: Buffer[] = [];
  for await (const block of plainBytes(inBlocks(bytes, size))) blocks.push(block);
  return Buffer.concat(blocks).toString();
}

const TEXT = 'MPAN,Date,kWh\n'.repeat(500);

t.test('plain bytes pass as they are', async (t) => {
  for (const size of [1, 7, 100_000]) t.equal(await read(Buffer.from(TEXT), size), TEXT);
  t.equal(await read(Buffer.from('a')), 'a');
  t.equal(await read(Buffer.alloc(0)), '');
});

t.test('gzip is told by its first bytes and decompressed', async (t) => {
  for (const size of [1, 7, 100_000]) t.equal(await read(gzipSync(TEXT), size), TEXT);
});

t.test('a file cut short, or damaged, is refused as such', async (t) => {
  const whole = gzipSync(TEXT);
  await t.rejects(read(whole.subarray(0, whole.length - 12)), {
    code: 'unreadable-file',
    message: /damaged or cut short/,
  });
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 20, 40);
  await t.rejects(read(damaged), { code: 'unreadable-file' });
});

t.test('a file that grows out of all proportion is refused before it has grown', async (t) => {
  const bomb = gzipSync(Buffer.alloc(LIMITS.uploadRatioFromBytes + 1_000_000, '\n'));
  await t.rejects(read(bomb, 10_000), { code: 'payload-too-large', message: /grows more than 200 times/ });
});

t.test('a source that fails makes its reader fail', async (t) => {
  async function* failing(): AsyncGenerator<Buffer> {
    yield gzipSync(TEXT).subarray(0, 15);
    throw new Error('gone');
  }
  await t.rejects(async () => {
    for await (const _block of plainBytes(failing()));
  }, /gone/);
});
