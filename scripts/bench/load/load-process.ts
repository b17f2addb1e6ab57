import type { LoadJob, LoadResult } from './load-job.ts';
import { type Sending, sendLoad } from './send-load.ts';

// Sends load from a process of its own, so that what is measured is not slowed by the one that measures.

/** What this process is told, and what it tells. */
export type LoadOrder = { job: LoadJob } | 'stop';
export type LoadReport = { result: LoadResult } | { error: string };

let sending: Sending | null = null;

const report = (message: LoadReport) => process.send?.(message);

process.on('message', (order: LoadOrder) => {
  if (order === 'stop') return sending?.stop();
  sending = sendLoad(order.job);
  sending.result.then(
    (result) => report({ result }),
    (error: Error) => report({ error: error.message }),
  );
});
process.on('disconnect', () => process.exit());
