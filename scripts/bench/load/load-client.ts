import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadJob, LoadResult } from './load-job.ts';
import type { LoadOrder, LoadReport } from './load-process.ts';

/** A client in a process of its own. One job at a time. */
export type LoadClient = {
  run: (job: LoadJob) => Promise<LoadResult>;
  /** The same until `during` has ended. */
  runDuring: (job: LoadJob, during: () => Promise<unknown>) => Promise<LoadResult>;
  close: () => void;
};

const PROCESS = fileURLToPath(new URL('load-process.ts', import.meta.url));

/** Starts the client. It ends with this process. */
export function startLoadClient(): LoadClient {
  const child = fork(PROCESS);
  const ended = once(child, 'exit').then((): [LoadReport] => [{ error: 'the client of the load ended' }]);
  const order = (message: LoadOrder) => child.send(message);
  const run = async (job: LoadJob): Promise<LoadResult> => {
    order({ job });
    const [report] = (await Promise.race([once(child, 'message'), ended])) as [LoadReport];
    if ('error' in report) throw new Error(report.error);
    return report.result;
  };
  return {
    run,
    runDuring: async (job, during) => {
      const result = run(job);
      try {
        await during();
      } finally {
        order('stop');
      }
      return result;
    },
    close: () => child.disconnect(),
  };
}
