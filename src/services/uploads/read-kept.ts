import type { Now, Pause } from '../../clock.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';
import { endFailed, endRead } from './end-upload.ts';
import type { IngestRequest, IngestResult, IngestUpload, UploadStore } from './ports.ts';
import { createUploadQueue, type UploadQueue } from './upload-queue.ts';

/** How often a file is tried whose meters another write holds. */
const TRIES_MAX = 4;

/** Reads the kept files of uploads, one after the other, and writes down how they ended. */
export function createKeptReader(
  store: UploadStore,
  ingest: IngestUpload,
  now: Now,
  pause: Pause,
): UploadQueue<Refusal | null> {
  const patient = async (request: IngestRequest): Promise<IngestResult> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ingest(null, request);
      } catch (error) {
        const isBusy = error instanceof Refusal && error.code === 'busy';
        if (!isBusy || tries === TRIES_MAX || queue.isClosed()) throw error;
        await pause(LIMITS.retryAfterSeconds * 1000);
      }
    }
  };

  const work = async (id: bigint): Promise<Refusal | null> => {
    const upload = await store.find(id);
    if (upload?.status !== 'processing' || upload.keptFile === null) return null;
    const { settings, principal, keptFile, fileName } = upload;
    try {
      const request = {
        ...settings,
        work: 'read',
        uploadId: id,
        fileName,
        keptFileId: keptFile.id,
        principal,
        now: now(),
      } as const;
      const read = await patient(request);
      // Another process works on it, or has done so: its record is that one's to write.
      if (read.kind === 'kept' || read.kind === 'elsewhere') return null;
      return await endRead(store, id, read, settings.mode, now);
    } catch (error) {
      // When the service stops the upload stays as it is, and is taken up when it is back.
      if (!queue.isClosed()) await endFailed(store, id, error, now);
      throw error;
    }
  };
  const queue = createUploadQueue(work, LIMITS.uploadsReadAtOnceMax);
  return queue;
}
