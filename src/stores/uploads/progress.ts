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
  /** Waits for its turn to be read, or has it. */
  waits(isWaiting: boolean): void;
  storing(): void;
};

/** Makes a note-taker. A note that cannot be written is left out: the upload does not depend on it. */
export function createProgress(pool: pg.Pool, uploadId: bigint, phase: UploadProgress['phase']): Progress {
  let notedAtMs = performance.now();
  let underWay = 0;
  let noted: Promise<unknown> = Promise.resolve();
  let bytesRead = 0;
  // One after the other: on connections of their own a later one could be overtaken.
  const note = (progress: Partial<UploadProgress>): void => {
    underWay += 1;
    notedAtMs = performance.now();
    noted = noted
      .then(() => pool.query(NOTE, [uploadId.toString(), JSON.stringify(progress)]))
      .catch(() => undefined)
      .finally(() => {
        underWay -= 1;
      });
  };
  return {
    read(bytes) {
      bytesRead = bytes;
      if (underWay === 0 && performance.now() - notedAtMs >= NOTE_EVERY_MS) note({ phase, bytesRead });
    },
    waits: (isWaiting) => note({ phase: isWaiting ? 'waiting' : 'reading', bytesRead }),
    storing: () => note({ phase: 'storing', bytesRead }),
  };
}
