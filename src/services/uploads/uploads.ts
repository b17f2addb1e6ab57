import type { Now, Pause } from '../../clock.ts';
import type { Principal } from '../../domain/access.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type Page, type PageRequest, pageOf } from '../page.ts';
import { endFailed, endRead } from './end-upload.ts';
import type {
  IngestUpload,
  KeptFile,
  UndoUpload,
  UploadFilter,
  UploadRecord,
  UploadSettings,
  UploadStore,
  UploadSummary,
} from './ports.ts';
import { createKeptReader } from './read-kept.ts';

/** A file on its way in; `expectedBytes` is what its sender says it has. */
export type UploadFile = UploadSettings & {
  fileName: string | null;
  mediaType: string;
  expectedBytes: number | null;
  content: AsyncIterable<Uint8Array>;
};

/** A file that was taken: its record, and why it was refused as a whole if it was. */
export type ReceivedUpload = { upload: UploadRecord; refusal: Refusal | null };

/** A file that was received whole, and its record. */
export type UploadedFile = { upload: UploadRecord; kept: KeptFile; content: AsyncIterable<Uint8Array> };

/** How an upload is asked for: whether its sender waits for its end, and who is told its number before it begins. */
export type UploadManner = { isAsync: boolean; onStart: (id: bigint) => void };

/** The files that suppliers deliver. */
export type Uploads = {
  /**
   * Receives a file, reads it and stores what it says, all or nothing unless it is lenient. Asynchronously it is only kept
   * at first, and read afterwards.
   * @throws Refusal `busy`; or what made the file end early.
   */
  receive(file: UploadFile, principal: Principal, manner: UploadManner): Promise<ReceivedUpload>;
  /**
   * Reads the kept file of an upload once more, as an upload of its own, with what its sender said of it unless `settings`
   * says otherwise.
   * @throws Refusal `unknown-upload`; `file-not-kept`; `conflict` while the first is on its way.
   */
  retry(
    id: bigint,
    settings: Partial<UploadSettings>,
    principal: Principal,
    manner: UploadManner,
  ): Promise<ReceivedUpload>;
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
  /**
   * Takes up what a process left behind when it stopped: files that are kept and promised are read, everything else ends.
   * Uploads that began after `before` are left alone: their process may not have got hold of them yet.
   */
  takeUpLeft(before: Date): Promise<{ ended: number; resumed: number }>;
  /** Begins nothing more in the background; what waits is taken up by the next process. */
  stop(): void;
  /** Resolves when the records of what was under way are written. */
  settled(): Promise<void>;
};

/** What is done with files, and taken back; `report` is told what fails when nobody waits for an answer. */
export type UploadWork = {
  ingest: IngestUpload;
  undo: UndoUpload;
  report: (error: unknown) => void;
  pause: Pause;
};

const INTERRUPTED =
  'The service stopped while the file was being received: send it again, or retry it where it is kept.';

const UNDER_WAY: ReadonlySet<string> = new Set(['receiving', 'processing']);

function notKept({ id, fileRemovedAt }: UploadRecord): Refusal {
  const since =
    fileRemovedAt === null
      ? 'is not kept'
      : `was removed at ${fileRemovedAt.toISOString()}, when it had been kept for as long as the settings say (keptFileDays): send it again`;
  return new Refusal('file-not-kept', `The file of upload ${id} ${since}`);
}

/** Builds the use cases of uploads. */
export function createUploads(store: UploadStore, { ingest, undo, report, pause }: UploadWork, now: Now): Uploads {
  const kept = createKeptReader(store, ingest, now, pause);
  // A refusal is an end like another: the record tells of it.
  const reportFailure = (error: unknown): void => {
    if (!(error instanceof Refusal)) report(error);
  };

  const get = async (id: bigint): Promise<UploadRecord> => {
    const upload = await store.find(id);
    if (upload === null) throw new Refusal('unknown-upload', `There is no upload ${id}`);
    return upload;
  };

  const readKept = async (id: bigint, isAsync: boolean): Promise<ReceivedUpload> => {
    const done = kept.run(id);
    if (isAsync) done.catch(reportFailure);
    const refusal = isAsync ? null : await done;
    return { upload: await get(id), refusal };
  };

  const fileOf = async (id: bigint): Promise<{ upload: UploadRecord; kept: KeptFile }> => {
    const upload = await get(id);
    if (upload.keptFile === null) throw notKept(upload);
    return { upload, kept: upload.keptFile };
  };

  return {
    get,

    async list(filter, page) {
      return pageOf(await store.list(filter, page), page.limit, ({ id }) => id.toString());
    },

    async file(id) {
      const found = await fileOf(id);
      return { ...found, content: store.readKept(found.kept.id) };
    },

    async undo(id, principal) {
      await undo(id, { principal: principal.label, now: now() });
      return await get(id);
    },

    async receive(file, principal, { isAsync, onStart }) {
      const { content, fileName, mediaType, expectedBytes, ...settings } = file;
      const { label } = principal;
      const start = { receivedAt: now(), principal: label, fileName, mediaType, settings };
      const { id, keptFileId } = await store.start({ ...start, expectedBytes });
      onStart(id);
      try {
        const work = isAsync ? 'keep' : 'receive';
        const by = { principal: label, now: now() };
        const request = { ...settings, ...by, work, uploadId: id, fileName, keptFileId } as const;
        const read = await ingest(content, request);
        if (read.kind === 'read' || read.kind === 'refused') {
          const refusal = await endRead(store, id, read, settings.mode, now);
          return { upload: await get(id), refusal };
        }
        await store.promise(id);
      } catch (error) {
        await endFailed(store, id, error, now);
        throw error;
      }
      return await readKept(id, true);
    },

    async retry(id, changed, principal, { isAsync, onStart }) {
      const { upload, kept: file } = await fileOf(id);
      if (UNDER_WAY.has(upload.status))
        throw new Refusal('conflict', `Upload ${id} is on its way: retry it when it has ended`);
      const { fileName, mediaType } = upload;
      const settings = { ...upload.settings, ...changed };
      const start = { receivedAt: now(), principal: principal.label, fileName, mediaType, settings };
      const retry = await store.startRetry({ ...start, retryOf: id, keptFileId: file.id });
      onStart(retry);
      return await readKept(retry, isAsync);
    },

    async takeUpLeft(before) {
      const ended = await store.endInterrupted(now(), INTERRUPTED, before);
      const left = kept.isClosed() ? [] : await store.left();
      for (const id of left) kept.run(id).catch(reportFailure);
      return { ended, resumed: left.length };
    },

    stop: () => kept.close(),
    settled: () => kept.settled(),
  };
}
