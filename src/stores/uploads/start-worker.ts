import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Runs from source as `.ts` and compiled as `.js`: the worker has the ending of this file. */
const WORKER_URL = new URL(`./upload-worker${path.extname(fileURLToPath(import.meta.url))}`, import.meta.url);

/** Whether the process was started by tsx, which reads TypeScript in the main thread but, on Node 20, not in others. */
function isUnderTsx(): boolean {
  return WORKER_URL.pathname.endsWith('.ts') && process.execArgv.some((argument) => /\btsx\b/.test(argument));
}

/** Starts the thread that reads uploads. */
export function startWorker(options: WorkerOptions): Worker {
  if (!isUnderTsx()) return new Worker(WORKER_URL, options);
  const [api, worker] = [import.meta.resolve('tsx/esm/api'), WORKER_URL.href].map((url) => JSON.stringify(url));
  return new Worker(`import(${api}).then(({ register }) => { register(); return import(${worker}); })`, {
    ...options,
    eval: true,
  });
}
