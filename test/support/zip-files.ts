import { constants, crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

/** A member of an archive to be made; the rest of it is what a packer would write, unless a test says otherwise. */
export type ZipPart = {
  name: string;
  content: string | Buffer;
  /** Bytes as they are packed, where they are not those of the content. */
  packed?: Buffer;
  /** Length that the list of members tells. */
  bytes?: number;
  flags?: number;
  method?: number;
};

const UTF8_NAMES = 0x800;
const WHOLE_32 = 0xffff_ffff;

function header(signature: number, part: ZipPart, packed: Buffer, isListed: boolean): Buffer {
  const content = Buffer.from(part.content);
  const name = Buffer.from(part.name);
  const bytes = part.bytes ?? content.length;
  const isLarge = bytes >= WHOLE_32;
  const extra = Buffer.alloc(isLarge ? 12 : 0);
  if (isLarge) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(bytes), 4);
  }
  const fixed = Buffer.alloc(isListed ? 46 : 30);
  fixed.writeUInt32LE(signature, 0);
  const at = isListed ? 6 : 4;
  fixed.writeUInt16LE(isLarge ? 45 : 20, at);
  fixed.writeUInt16LE(UTF8_NAMES | (part.flags ?? 0), at + 2);
  fixed.writeUInt16LE(part.method ?? 8, at + 4);
  fixed.writeUInt32LE(crc32(content), at + 10);
  fixed.writeUInt32LE(packed.length, at + 14);
  fixed.writeUInt32LE(isLarge ? WHOLE_32 : bytes, at + 18);
  fixed.writeUInt16LE(name.length, at + 22);
  fixed.writeUInt16LE(extra.length, at + 24);
  return Buffer.concat([fixed, name, extra]);
}

/** Makes an archive (ZIP). */
export function zipFile(parts: readonly ZipPart[]): Buffer {
  const local: Buffer[] = [];
  const listed: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const packed = part.packed ?? deflateRawSync(part.content);
    const entry = header(0x02014b50, part, packed, true);
    entry.writeUInt32LE(at, 42);
    listed.push(entry);
    const own = Buffer.concat([header(0x04034b50, part, packed, false), packed]);
    local.push(own);
    at += own.length;
  }
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, list, end]);
}

const CHUNK_BYTES = 64 * 1024 * 1024;

/** Line feeds packed by deflate, as many as there are chunks of 64 MiB of them: about ten megabytes make ten gigabytes. */
export async function deflatedLineFeeds(chunks: number): Promise<Buffer> {
  const deflate = createDeflateRaw({ level: 9 });
  const packed: Buffer[] = [];
  deflate.on('data', (block: Buffer) => packed.push(block));
  deflate.write(Buffer.alloc(CHUNK_BYTES, '\n'));
  await new Promise<void>((resolve) => deflate.flush(constants.Z_FULL_FLUSH, () => resolve()));
  deflate.destroy();
  const chunk = Buffer.concat(packed);
  // A full flush ends at a whole byte and forgets what came before: chunks can stand behind one another.
  return Buffer.concat([...new Array<Buffer>(chunks).fill(chunk), Buffer.of(3, 0)]);
}

/** The same as a file of gzip. */
export async function gzippedLineFeeds(chunks: number): Promise<Buffer> {
  return Buffer.concat([Buffer.from('1f8b0800000000000003', 'hex'), await deflatedLineFeeds(chunks), Buffer.alloc(8)]);
}
