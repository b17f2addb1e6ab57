import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, fromFdPromise, type ZipFile } from 'yauzl';
import { Refusal } from '../../../domain/refusal.ts';
import { quoted } from '../../../domain/upload/row-fault.ts';
import { LIMITS } from '../../../limits.ts';

/** A file inside an archive, and how long it says it is. No more than that comes out of it. */
export type ZipMember = { name: string; bytes: number; read: () => AsyncIterable<Buffer> };

/** An archive whose list of members was read and found harmless. */
export type ZipArchive = { members: ZipMember[]; close: () => void };

function refuse(detail: string, cause?: unknown): never {
  throw new Refusal('unreadable-file', detail, [], { cause });
}

function refuseDamaged(cause: unknown): never {
  if (cause instanceof Refusal) throw cause;
  refuse('The archive is damaged or cut short: pack it again as ZIP', cause);
}

function checkMember(entry: Entry): void {
  const name = quoted(entry.fileName);
  if (entry.isEncrypted()) refuse(`${name} in the archive is protected with a password: pack it without one`);
  if (!entry.canDecodeFileData())
    refuse(
      `${name} in the archive is packed in a way that is not read (method ${entry.compressionMethod}): pack it again as ordinary ZIP`,
    );
}

/** Refuses an archive that is made to burst, by the list of its members and before any of them is unpacked. */
function checkGrowth(members: readonly ZipMember[], archiveBytes: number): void {
  const total = members.reduce((sum, { bytes }) => sum + bytes, 0);
  const burst = (detail: string) => new Refusal('payload-too-large', `The archive ${detail}`);
  if (total > LIMITS.uploadPlainBytesMax)
    throw burst(`is larger than ${LIMITS.uploadPlainBytesMax} bytes when it is unpacked`);
  if (total > LIMITS.uploadRatioFromBytes && total > archiveBytes * LIMITS.uploadRatioMax)
    throw burst(`grows more than ${LIMITS.uploadRatioMax} times when it is unpacked, as no meter data does`);
}

/** The bytes of a member. The length is checked by the library against the list, the checksum here. */
async function* read(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let sum = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const block of stream) {
      sum = crc32(block as Buffer, sum);
      yield block as Buffer;
    }
  } catch (error) {
    refuseDamaged(error);
  }
  if (sum !== entry.crc32) refuse(`${quoted(entry.fileName)} in the archive is damaged: pack it again`);
}

async function membersOf(zip: ZipFile): Promise<ZipMember[]> {
  const members: ZipMember[] = [];
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    checkMember(entry);
    members.push({ name: entry.fileName, bytes: entry.uncompressedSize, read: () => read(zip, entry) });
  }
  return members;
}

/**
 * Opens an archive: an open file of `bytes` bytes, which is closed with it, or a buffer. Its list of members is believed,
 * not the headers before them.
 * @throws Refusal `unreadable-file` when it is damaged, protected or packed in another way; `payload-too-large` when it
 *   has too many members or is made to burst.
 */
export async function openZip(source: Buffer | { fd: number; bytes: number }): Promise<ZipArchive> {
  const options = { lazyEntries: true, autoClose: false } as const;
  const zip = await (Buffer.isBuffer(source)
    ? fromBufferPromise(source, options)
    : fromFdPromise(source.fd, options)
  ).catch(refuseDamaged);
  try {
    if (zip.entryCount > LIMITS.uploadArchiveMembersMax)
      throw new Refusal(
        'payload-too-large',
        `The archive has ${zip.entryCount} members: at most ${LIMITS.uploadArchiveMembersMax} are taken`,
      );
    const members = await membersOf(zip);
    checkGrowth(members, Buffer.isBuffer(source) ? source.length : source.bytes);
    return { members, close: () => zip.close() };
  } catch (error) {
    zip.close();
    return refuseDamaged(error);
  }
}
