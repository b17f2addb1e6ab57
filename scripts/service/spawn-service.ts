import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startFlags } from './start-flags.ts';

/** The service, as a process of its own. */
export type Service = {
  /** Its number among the processes. */
  pid: number;
  /**
   * Waits until it can serve.
   * @throws Error when it ends first; what it wrote stands on this process's output.
   */
  ready(): Promise<void>;
  /** Its exit code, once it has ended. */
  ended: Promise<number>;
  /** Asks it to end, after the requests it is answering; asked again, it ends at once. */
  signal(): void;
  /** Asks it to end unless it has been asked, and waits for its end. */
  stop(): Promise<void>;
};

/** The compiled service, which `npm start` runs too. */
const SERVER = fileURLToPath(new URL('../../dist/src/server.js', import.meta.url));
const END_WITH_PARENT = new URL('end-with-parent.mjs', import.meta.url).href;
const READY_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 20;

async function answers(baseUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${baseUrl}/health/ready`)).status === 200;
  } catch {
    return false;
  }
}

/**
 * Starts the service as in production, with `env` over this process's environment. It ends with this process. `output`
 * says where its standard output goes; what goes wrong is always shown.
 * @throws Error when something serves at `baseUrl` already.
 */
export async function spawnService(
  baseUrl: string,
  env: Record<string, string>,
  output: 'inherit' | 'ignore' = 'inherit',
): Promise<Service> {
  if (await answers(baseUrl))
    throw new Error(`Something serves at ${baseUrl} already: choose another port with --port`);
  const child = spawn(process.execPath, [...startFlags(), '--import', END_WITH_PARENT, SERVER], {
    env: { ...process.env, ...env },
    stdio: ['pipe', output, 'inherit'],
    // A group of its own: Ctrl-C in a terminal reaches this process alone, which passes it on once.
    detached: process.platform !== 'win32',
  });
  let isOver = false;
  let isAsked = false;
  const signal = () => {
    isAsked = true;
    if (!isOver) child.kill('SIGTERM');
  };
  const ended = once(child, 'exit').then(([code]) => {
    isOver = true;
    return typeof code === 'number' ? code : 1;
  });
  return {
    pid: child.pid ?? 0,
    ended,
    signal,
    stop: async () => {
      if (!isAsked) signal();
      await ended;
    },
    async ready() {
      const deadline = performance.now() + READY_WITHIN_MS;
      while (!(await answers(baseUrl))) {
        if (isOver) throw new Error('The service ended before it could serve');
        if (performance.now() > deadline)
          throw new Error(`The service could not serve within ${READY_WITHIN_MS / 1000} seconds`);
        await pause(LOOK_EVERY_MS);
      }
    },
  };
}
