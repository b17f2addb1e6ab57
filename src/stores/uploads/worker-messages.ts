import type { Fault, RefusalCode } from '../../domain/refusal.ts';
import type { DryRunRequest, DryRunResult } from '../../services/uploads/dry-run.ts';
import type { IngestRequest, IngestResult } from '../../services/uploads/ports.ts';
import type { DatabaseConnection } from '../connection.ts';

/** What the worker thread is started with. */
export type WorkerSettings = { connection: DatabaseConnection; connectionsMax: number };

/** From the service to the worker. Blocks of one upload come in order; `task` tells uploads apart. */
export type ToWorker =
  | { type: 'begin'; task: number; request: IngestRequest }
  | { type: 'dry-run'; task: number; request: DryRunRequest }
  | { type: 'block'; task: number; bytes: Uint8Array }
  | { type: 'end'; task: number }
  /** The sender went away, or the service stops. */
  | { type: 'abort'; task: number; reason: string }
  | { type: 'close' };

/** An error that crosses threads: a refusal stays one, anything else keeps its message and stack for the log. */
export type SentError = {
  refusal: { code: RefusalCode; faults: readonly Fault[] } | null;
  message: string;
  stack: string | undefined;
};

/** From the worker to the service. */
export type FromWorker =
  /** The worker has read a block and can take another. */
  | { type: 'taken'; task: number }
  | { type: 'done'; task: number; result: IngestResult | DryRunResult }
  | { type: 'failed'; task: number; error: SentError };
