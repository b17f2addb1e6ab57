import { createHash } from 'node:crypto';
import type { FactorSheet } from '../../domain/factor-file/factor-sheet.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';
import type { ReadFactorSheets } from '../../services/factors/factor-file-port.ts';
import { gathered } from '../uploads/containers/gathered.ts';
import { fromSentError } from '../uploads/sent-error.ts';
import { startWorker } from '../uploads/start-worker.ts';
import type { FactorFileAnswer } from './factor-file-worker.ts';

const TOO_LARGE = `The file is larger than the ${LIMITS.factorFileBytesMax} bytes of a file of conversion factors`;

/** A thread that ran out of the memory it may have was given a file that needs more than a table of factors can. */
function toError(error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new Refusal(
    'payload-too-large',
    'The file takes more memory than a table of factors can: save it as CSV',
    [],
    {
      cause: error,
    },
  );
}

function inThread(bytes: Buffer): Promise<FactorSheet[]> {
  const workerData = Uint8Array.from(bytes);
  const worker = startWorker('factors', {
    workerData,
    transferList: [workerData.buffer],
    resourceLimits: { maxOldGenerationSizeMb: LIMITS.factorFileMemoryMb },
  });
  return new Promise<FactorSheet[]>((resolve, reject) => {
    worker.once('message', (answer: FactorFileAnswer) =>
      'sheets' in answer ? resolve(answer.sheets) : reject(fromSentError(answer.error)),
    );
    worker.once('error', (error) => reject(toError(error)));
    worker.once('exit', () => reject(new Error('The thread that reads factors ended without an answer.')));
  }).finally(() => void worker.terminate());
}

/** Reads files of conversion factors, each in a thread of its own that ends with it, and few at the same time. */
export function makeFactorFileReader(): ReadFactorSheets {
  let reading = 0;
  return async (content) => {
    if (reading >= LIMITS.factorFilesAtOnceMax)
      throw new Refusal('busy', 'The service is reading a file of factors already; send this one again in a while');
    reading += 1;
    try {
      async function* blocks(): AsyncGenerator<Buffer> {
        for await (const block of content) yield Buffer.from(block);
      }
      const bytes = await gathered(blocks(), LIMITS.factorFileBytesMax, TOO_LARGE);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { sha256, bytes: bytes.length, sheets: await inThread(bytes) };
    } finally {
      reading -= 1;
    }
  };
}
