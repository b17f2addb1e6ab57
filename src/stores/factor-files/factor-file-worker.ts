import { parentPort, workerData } from 'node:worker_threads';
import type { FactorSheet } from '../../domain/factor-file/factor-sheet.ts';
import { toSentError } from '../uploads/sent-error.ts';
import type { SentError } from '../uploads/worker-messages.ts';
import { factorSheets } from './factor-sheets.ts';

/** What the thread answers with, once. */
export type FactorFileAnswer = { sheets: FactorSheet[] } | { error: SentError };

// The thread reads one file and ends: a workbook is parsed in one go, which would keep the service from answering.
const answer: FactorFileAnswer = await factorSheets(Buffer.from(workerData as Uint8Array)).then(
  (sheets) => ({ sheets }),
  (error: unknown) => ({ error: toSentError(error) }),
);
parentPort?.postMessage(answer);
