import type { Worker } from 'node:worker_threads';
import { Refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../../limits.ts';
import type { DryRunResult, DryRunUpload } from '../../services/uploads/dry-run.ts';
import type { IngestResult, IngestUpload } from '../../services/uploads/ports.ts';
import type { DatabaseConnection } from '../connection.ts';
import { fromSentError } from './sent-error.ts';
import { startWorker } from './start-worker.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-messages.ts';

/** Blocks are gathered to this size before they cross to the worker. */
const BLOCK_BYTES = 256 * 1024;
/** Blocks of one upload that may be under way. */
const BLOCKS_AHEAD = 8;

/** The thread that reads uploads, started with the first one. */
export type UploadIngest = {
  ingest: IngestUpload;
  dryRun: DryRunUpload;
  /** Ends the thread and its connections. Uploads that run are cut off. */
  close(): Promise<void>;
};

type WorkResult = IngestResult | DryRunResult;

type Task = {
  /** Whether the file is arriving; a kept one is read by the thread itself. */
  hasSender: boolean;
  /** Blocks sent and not yet taken. */
  ahead: number;
  /** Called when a block was taken or the task is over. */
  wake: () => void;
  isOver: boolean;
  resolve: (result: WorkResult) => void;
  reject: (error: Error) => void;
};

/** Gathers small blocks. Copies, because a block may share its memory with what the connection reads next. */
async function* gathered(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let block = new Uint8Array(BLOCK_BYTES);
  let size = 0;
  for await (const bytes of source) {
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + BLOCK_BYTES - size);
      block.set(part, size);
      size += part.length;
      from += part.length;
      if (size < BLOCK_BYTES) continue;
      yield block;
      block = new Uint8Array(BLOCK_BYTES);
      size = 0;
    }
  }
  if (size > 0) yield block.slice(0, size);
}

/** Makes the reader of uploads. Nothing is started before the first file arrives. */
export function createUploadIngest(connection: DatabaseConnection): UploadIngest {
  const tasks = new Map<number, Task>();
  let worker: Worker | null = null;
  let lastTask = 0;
  let isClosed = false;

  const finish = (id: number): Task | undefined => {
    const task = tasks.get(id);
    tasks.delete(id);
    // Between uploads it is the server that keeps the process alive, not this thread.
    if (tasks.size === 0) worker?.unref();
    if (task !== undefined) task.isOver = true;
    task?.wake();
    return task;
  };

  /** The thread is gone; another is started for the next upload. */
  const lose = (lost: Worker, error: Error) => {
    if (worker !== lost) return;
    worker = null;
    for (const id of [...tasks.keys()]) finish(id)?.reject(error);
  };

  const onMessage = (message: FromWorker) => {
    if (message.type === 'done') return finish(message.task)?.resolve(message.result);
    if (message.type === 'failed') return finish(message.task)?.reject(fromSentError(message.error));
    const task = tasks.get(message.task);
    if (task === undefined) return;
    task.ahead -= 1;
    task.wake();
  };

  const start = (): Worker => {
    const workerData: WorkerSettings = {
      connection,
      connectionsMax: LIMITS.uploadsAtOnceMax + LIMITS.uploadsReadAtOnceMax,
    };
    const started = startWorker('uploads', { workerData });
    started.on('message', onMessage);
    started.on('error', (error) => lose(started, error));
    started.on('exit', () => lose(started, new Error('The thread that reads uploads has ended.')));
    return started;
  };

  const post = (message: ToWorker, transfer: ArrayBuffer[] = []) => worker?.postMessage(message, transfer);

  const sendBlocks = async (id: number, task: Task, source: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const bytes of gathered(source)) {
      while (task.ahead >= BLOCKS_AHEAD && !task.isOver) await new Promise<void>((resolve) => (task.wake = resolve));
      if (task.isOver) return;
      task.ahead += 1;
      post({ type: 'block', task: id, bytes }, [bytes.buffer]);
    }
    if (!task.isOver) post({ type: 'end', task: id });
  };

  const refuseIfFull = (): void => {
    const receiving = [...tasks.values()].filter(({ hasSender }) => hasSender).length;
    if (receiving >= LIMITS.uploadsAtOnceMax)
      throw new Refusal(
        'busy',
        `The service is receiving ${receiving} uploads already; send the file again in a while`,
      );
  };

  const send = async (
    source: AsyncIterable<Uint8Array> | null,
    begin: (task: number) => ToWorker,
  ): Promise<WorkResult> => {
    if (isClosed) throw new Refusal('busy', 'The service stops; send the file again in a while');
    if (source !== null) refuseIfFull();
    const id = ++lastTask;
    return new Promise<WorkResult>((resolve, reject) => {
      const task: Task = {
        hasSender: source !== null,
        ahead: 0,
        wake: () => undefined,
        isOver: false,
        resolve,
        reject,
      };
      tasks.set(id, task);
      worker ??= start();
      worker.ref();
      post(begin(id));
      if (source === null) return;
      sendBlocks(id, task, source).catch((error: Error) => {
        // The worker answers with a failure of its own; the one that caused it says more.
        if (finish(id) === undefined) return;
        post({ type: 'abort', task: id, reason: error.message });
        reject(error);
      });
    });
  };

  // The worker answers each kind of message with its own kind of result.
  const ingest: IngestUpload = (source, request) =>
    send(source, (task) => ({ type: 'begin', task, request })) as Promise<IngestResult>;
  const dryRun: DryRunUpload = (source, request) =>
    send(source, (task) => ({ type: 'dry-run', task, request })) as Promise<DryRunResult>;

  const close = async (): Promise<void> => {
    isClosed = true;
    const ending = worker;
    if (ending === null) return;
    for (const id of tasks.keys()) post({ type: 'abort', task: id, reason: 'The service stops.' });
    const exited = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
    post({ type: 'close' });
    await exited;
  };

  return { ingest, dryRun, close };
}
