import { gzipSync } from 'node:zlib';
import t from 'tap';
import { LIMITS } from '../../../src/limits.ts';
import { openFile } from '../../../src/stores/uploads/containers/open-file.ts';

async function* inBlocks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const notices: string[] = [];
t.beforeEach(() => notices.splice(0));

/** The text of a file that arrives in blocks of a size. */
async function read(bytes: Buffer, size = 1_000): Promise<string> {
  const blocks: Buffer[] = [];
  for await (const table of openFile(
    inBlocks(bytes, size),
    (_code, detail) => notices.push(detail),
    () => undefined,
  ))
    for await (const block of table.blocks) blocks.push(block);
  return Buffer.concat(blocks).toString();
}

const TEXT = 'MPAN,Date,kWh\n'.repeat(500);

t.test('plain bytes pass as they are', async (t) => {
  for (const size of [1, 7, 100_000]) t.equal(await read(Buffer.from(TEXT), size), TEXT);
  t.equal(await read(Buffer.from('a')), 'a');
  t.strictSame(notices, []);
});

t.test('gzip is told by its first bytes and decompressed', async (t) => {
  for (const size of [1, 7, 100_000]) t.equal(await read(gzipSync(TEXT), size), TEXT);
});

t.test('parts that were compressed one by one are one file', async (t) => {
  t.equal(await read(Buffer.concat([gzipSync(TEXT), gzipSync('1,2\n'), gzipSync('3,4\n')])), `${TEXT}1,2\n3,4\n`);
});

t.test('what is compressed twice over is refused', async (t) => {
  await t.rejects(read(gzipSync(gzipSync(TEXT))), { code: 'unreadable-file', message: /compressed twice/ });
  await t.rejects(read(gzipSync('PK\u0003\u0004')), {
    message: /a workbook or an archive that was compressed once more/,
  });
  const tar = Buffer.alloc(1024);
  tar.write('a.csv');
  tar.write('ustar', 257);
  await t.rejects(read(gzipSync(tar)), { message: /an archive \(tar\)/ });
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
    for await (const table of openFile(
      failing(),
      () => undefined,
      () => undefined,
    ))
      for await (const _block of table.blocks);
  }, /gone/);
});

const BIG_ENDIAN = (text: string) => Buffer.from(text, 'utf16le').swap16();
const SIZES = [1, 7, 100_000];

t.test('text in UTF-16 is read in either order, with and without a byte order mark', async (t) => {
  const text = `MPAN;Date;m³\r\n${'1;2025-03-01;0,5\r\n'.repeat(50)}€`;
  for (const size of SIZES) {
    t.equal(await read(Buffer.from(`\ufeff${text}`, 'utf16le'), size), text);
    t.equal(await read(BIG_ENDIAN(`\ufeff${text}`), size), text);
    t.equal(await read(Buffer.from(text, 'utf16le'), size), text);
    t.equal(await read(BIG_ENDIAN(text), size), text);
  }
  t.equal(await read(gzipSync(Buffer.from(`\ufeff${text}`, 'utf16le'))), text);
});

t.test('a byte order mark is no text, also where files were put behind one another', async (t) => {
  for (const size of SIZES)
    t.equal(await read(Buffer.from('\ufeff"MPAN",a\n\ufeff"MPAN",é\n'), size), '"MPAN",a\n"MPAN",é\n');
});

t.test('letters of Windows-1252 are told from those of UTF-8, one by one', async (t) => {
  const bytes = Buffer.concat([Buffer.from('a,m³,'), Buffer.from('m³,£,x\u00a0y,é', 'latin1'), Buffer.from(',é€\n')]);
  for (const size of SIZES) {
    notices.splice(0);
    t.equal(await read(bytes, size), 'a,m³,m³,£,x\u00a0y,é,é€\n');
    t.strictSame(notices, ['The file is not in UTF-8: 4 letters were read as Windows-1252 has them.']);
  }
  t.equal(await read(Buffer.from('a,\xe9', 'latin1')), 'a,é', 'a letter at the very end');
});

t.test('NUL bytes are left out and counted', async (t) => {
  for (const size of SIZES) {
    notices.splice(0);
    t.equal(await read(Buffer.from('a\0\0,b\0\n1,2\n\0\0\0\0'), size), 'a,b\n1,2\n');
    t.match(notices, [/7 NUL bytes/]);
  }
});

t.test('what is no table is refused by its name', async (t) => {
  const refused: [string | Buffer, RegExp][] = [
    ['', /^The file is empty$/],
    [
      '<!DOCTYPE html>\n<html><head><title>Sign in · Portal</title>',
      /a web page \('Sign in · Portal'\), not a table: .*sign-in/,
    ],
    ['\ufeff\n  <html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>', /a web page, not a table/],
    ['<!-- saved -->\n<TABLE><tr>', /a web page/],
    ['<?xml version="1.0"?>\n<Workbook>', /an XML document/],
    ['{"readings": []}', /JSON, .* \/v1\/readings/],
    ['[{"mpan":"1"}]', /JSON/],
    ['%PDF-1.7\n', /a PDF document/],
    [Buffer.from('89504e470d0a1a0a', 'hex'), /an image \(PNG\)/],
    [Buffer.from('ffd8ffe000104a46', 'hex'), /an image \(JPEG\)/],
    [Buffer.from('526172211a0700cf', 'hex'), /an archive \(RAR\)/],
    [Buffer.from('377abcaf271c0004', 'hex'), /an archive \(7z\)/],
    ['PAR1....', /a Parquet file/],
    [Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 31 + 7) & 31)), /no plain text/],
  ];
  for (const [bytes, message] of refused)
    await t.rejects(read(Buffer.from(bytes)), { code: 'unreadable-file', message }, String(bytes).slice(0, 20));
  for (const fine of ['[Meter],[Date]\n', '["Meter"],x\n']) t.equal(await read(Buffer.from(fine)), fine);
});
