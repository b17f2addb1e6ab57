import type pg from 'pg';
import type { UploadProgress } from '../../services/uploads/ports.ts';

/** Time between two notes of how far an upload is: often enough to watch, too seldom to cost anything. */
const NOTE_EVERY_MS = 500;

const NOTE = `
update upload u set progress = u.progress || $2::jsonb where u.id = $1 and u.status in ('receiving', 'processing')`;

/** Notes in the record how far an upload is. */
export type Progress = {
  /** Bytes of the file so far, as it was received. */
  read(bytes: number): void;
  storing(): void;
};

/** Makes a note-taker. A note that cannot be written is left out: the upload does not depend on it. */
export function createProgress(pool: pg.Pool, uploadId: bigint, phase: UploadProgress['phase']): Progress {
  let notedAtMs = performance.now();
  let isNoting = false;
  let bytesRead = 0;
  const note = (progress: Partial<UploadProgress>): void => {
    isNoting = true;
    notedAtMs = performance.now();
    pool
      .query(NOTE, [uploadId.toString(), JSON.stringify(progress)])
      .catch(() => undefined)
      .finally(() => {
        isNoting = false;
      });
  };
  return {
    read(bytes) {
      bytesRead = bytes;
      if (!isNoting && performance.now() - notedAtMs >= NOTE_EVERY_MS) note({ phase, bytesRead });
    },
    storing: () => note({ phase: 'storing', bytesRead }),
  };
}
