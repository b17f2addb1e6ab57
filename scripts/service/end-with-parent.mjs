import { isMainThread } from 'node:worker_threads';

// Preloaded into the service: its standard input is held by the process that started it, and ends with that process,
// however it ends. Plain JavaScript, because the service runs compiled. Its threads are preloaded too.
if (isMainThread) {
  process.stdin.on('error', () => {}).on('close', () => process.kill(process.pid, 'SIGTERM'));
  process.stdin.resume();
  process.stdin.unref();
}
