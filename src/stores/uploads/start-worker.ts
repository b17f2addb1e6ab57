import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Runs from source as `.ts` and compiled as `.js`: the workers have the ending of this file. */
const ENDING = path.extname(fileURLToPath(import.meta.url));
const WORKERS = {
  uploads: new URL(`./upload-worker${ENDING}`, import.meta.url),
  factors: new URL(`../factor-files/factor-file-worker${ENDING}`, import.meta.url),
};

/** Whether the process was started by tsx, which reads TypeScript in the main thread but, on Node 20, not in others. */
function isUnderTsx(): boolean {
  return ENDING === '.ts' && process.execArgv.some((argument) => /\btsx\b/.test(argument));
}

/** Starts a thread that reads files. */
export function startWorker(name: keyof typeof WORKERS, options: WorkerOptions): Worker {
  const url = WORKERS[name];
  if (!isUnderTsx()) return new Worker(url, { ...options, name });
  const [api, worker] = [import.meta.resolve('tsx/esm/api'), url.href].map((url) => JSON.stringify(url));
  return new Worker(`import(${api}).then(({ register }) => { register(); return import(${worker}); })`, {
    ...options,
    name,
    eval: true,
  });
}
