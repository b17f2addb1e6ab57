import { parentPort, workerData } from 'node:worker_threads';
import type { DryRunResult } from '../../services/uploads/dry-run.ts';
import type { IngestResult } from '../../services/uploads/ports.ts';
import { servicePool } from '../service-pool.ts';
import { type BlockQueue, createBlockQueue } from './block-queue.ts';
import { dryRun } from './dry-run.ts';
import { ingest } from './ingest.ts';
import { toSentError } from './sent-error.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-messages.ts';

/** Files are kept block by block, and no block holds a connection longer than it takes to write it. */
const KEEPING_CONNECTIONS = 2;

// The thread that reads uploads. It has connections of its own, so that neither reading a file nor applying it keeps
// the service from answering. Several uploads take turns, block by block: a slow sender holds up nobody.
const { connection, connectionsMax } = workerData as WorkerSettings;
const pools = {
  reading: servicePool(connection, { onError: () => undefined, maxConnections: connectionsMax }),
  keeping: servicePool(connection, { onError: () => undefined, maxConnections: KEEPING_CONNECTIONS }),
};
const queues = new Map<number, BlockQueue>();

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

/** Takes the blocks of one file and answers with what became of it. */
async function receive(
  task: number,
  work: (blocks: AsyncIterable<Buffer>) => Promise<IngestResult | DryRunResult>,
): Promise<void> {
  const queue = createBlockQueue(() => send({ type: 'taken', task }));
  queues.set(task, queue);
  try {
    send({ type: 'done', task, result: await work(queue.blocks) });
  } catch (error) {
    send({ type: 'failed', task, error: toSentError(error) });
  } finally {
    queues.delete(task);
  }
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'begin')
    void receive(message.task, (blocks) =>
      // A kept file has no sender: nothing comes through the queue.
      ingest(pools, message.request.work === 'read' ? null : blocks, message.request),
    );
  else if (message.type === 'dry-run')
    void receive(message.task, (blocks) => dryRun(pools.reading, blocks, message.request));
  else if (message.type === 'close')
    void Promise.all([pools.reading.end(), pools.keeping.end()]).finally(() => parentPort?.close());
  else if (message.type === 'end') queues.get(message.task)?.end();
  else if (message.type === 'abort') queues.get(message.task)?.fail(new Error(message.reason));
  // A task that is over takes no more blocks; its sender is told so by `done` or `failed`.
  else
    queues
      .get(message.task)
      ?.push(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength));
});
