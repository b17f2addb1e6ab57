import type { Now } from '../../clock.ts';
import type { Principal } from '../../domain/access.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LayoutQuestions } from '../../domain/upload/layout-questions.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import type {
  IngestResult,
  IngestUpload,
  KeptFile,
  UndoUpload,
  UploadEnd,
  UploadFilter,
  UploadRecord,
  UploadRefusal,
  UploadSettings,
  UploadStore,
  UploadSummary,
} from './ports.ts';
import { endOfRead } from './upload-end.ts';

/** A file on its way in. */
export type UploadFile = UploadSettings & {
  fileName: string | null;
  mediaType: string;
  content: AsyncIterable<Uint8Array>;
};

/** A file that was read: its record, and why it was refused as a whole if it was. */
export type ReceivedUpload = { upload: UploadRecord; refusal: Refusal | null };

/** A file that was received whole, and its record. */
export type UploadedFile = { upload: UploadRecord; kept: KeptFile; content: AsyncIterable<Uint8Array> };

/** The files that suppliers deliver. */
export type Uploads = {
  /**
   * Receives a file, reads it and stores what it says, all or nothing unless it is lenient. `onStart` is told the upload's
   * identity before the first byte is read.
   * @throws Refusal `busy`; or what made the file end early.
   */
  receive(file: UploadFile, principal: Principal, onStart: (id: bigint) => void): Promise<ReceivedUpload>;
  /** @throws Refusal `unknown-upload`. */
  get(id: bigint): Promise<UploadRecord>;
  /** Newest first. */
  list(filter: UploadFilter, page: PageRequest): Promise<Page<UploadSummary>>;
  /**
   * The file of an upload, byte for byte as it was received.
   * @throws Refusal `unknown-upload`; `file-not-kept` where it did not arrive whole, or was deleted.
   */
  file(id: bigint): Promise<UploadedFile>;
  /**
   * Takes back what an upload stored, where nothing has changed it since.
   * @throws Refusal `unknown-upload`; `already-undone`; `conflict` where nothing of it was stored.
   */
  undo(id: bigint, principal: Principal): Promise<UploadRecord>;
};

const INTERRUPTED = 'The service stopped while the file was being received: send it again.';

/** What may be said of a failure: a refusal is public, anything else is not. */
function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return 'The file was not received to its end, or the service failed while reading it. Nothing was stored.';
}

function refusalOf({ code, detail, faults, questions }: UploadRefusal): Refusal {
  return questions.length > 0 ? new LayoutQuestions(questions) : new Refusal(code, detail, faults);
}

function refusedEnd({ sha256, bytes }: IngestResult, refusal: Refusal): Omit<UploadEnd, 'finishedAt'> {
  return { status: 'refused', sha256, bytes, result: null, reason: refusal.message, refusals: [], changeId: null };
}

/** Ends the uploads that an earlier process left behind. Called once when the service starts. */
export function endInterruptedUploads(store: UploadStore, now: Now): Promise<number> {
  return store.endInterrupted(now(), INTERRUPTED);
}

/** What is done with files, and taken back. */
export type UploadWork = { ingest: IngestUpload; undo: UndoUpload };

/** Builds the use cases of uploads. */
export function createUploads(store: UploadStore, { ingest, undo }: UploadWork, now: Now): Uploads {
  const finish = async (id: bigint, end: Omit<UploadEnd, 'finishedAt'>): Promise<void> => {
    await store.finish(id, { ...end, finishedAt: now() });
  };

  const get = async (id: bigint): Promise<UploadRecord> => {
    const upload = await store.find(id);
    if (upload === null) throw new Refusal('unknown-upload', `There is no upload ${id}`);
    return upload;
  };

  return {
    get,

    async list(filter, page) {
      return pageOf(await store.list(filter, page), page.limit, ({ id }) => id.toString());
    },

    async file(id) {
      const upload = await get(id);
      if (upload.keptFile === null) throw new Refusal('file-not-kept', `The file of upload ${id} is not kept`);
      return { upload, kept: upload.keptFile, content: store.readKept(upload.keptFile.id) };
    },

    async undo(id, principal) {
      await undo(id, { principal: principal.label, now: now() });
      return await get(id);
    },

    async receive(file, principal, onStart) {
      const { content, fileName, mediaType, ...settings } = file;
      const { mode } = settings;
      const { label } = principal;
      const { id, keptFileId } = await store.start({
        receivedAt: now(),
        principal: label,
        fileName,
        mediaType,
        settings,
      });
      onStart(id);
      try {
        const read = await ingest(content, { ...settings, uploadId: id, keptFileId, principal: label, now: now() });
        const refusal = read.kind === 'refused' ? refusalOf(read.refusal) : null;
        await finish(
          id,
          read.kind === 'refused'
            ? refusedEnd(read, new Refusal(read.refusal.code, read.refusal.detail))
            : endOfRead(read, mode),
        );
        return { upload: await get(id), refusal };
      } catch (error) {
        const failed = {
          status: 'failed',
          sha256: null,
          bytes: null,
          result: null,
          refusals: [],
          changeId: null,
        } as const;
        // The record is best effort here: what went wrong matters more than that it could not be written down.
        await finish(id, { ...failed, reason: reasonOf(error) }).catch(() => undefined);
        throw error;
      }
    },
  };
}
