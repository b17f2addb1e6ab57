import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(import.meta.dirname, '../..');

/**
 * What Node is to run a program of the project by, named relative to it: its bundle where the run of the tests has made one,
 * which starts in a third of the time, else a source with tsx.
 */
export function nodeProgram(file: string): string[] {
  const bundle = path.join(process.env.TEST_BUNDLES ?? '', file.replace(/\.ts$/, '.js'));
  if (process.env.TEST_BUNDLES !== undefined && existsSync(bundle)) return [bundle];
  const loader = file.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : [];
  return [...loader, path.join(PROJECT, file)];
}

/** A Node program of the project, running as a process of its own, and what it has written so far. */
export type Child = {
  process: ChildProcess;
  /** Standard output and error together. */
  output: () => string;
  /** Resolves when the output matches; rejects when the program ends before it does. */
  until: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Resolves to the exit code, or the signal that ended it. */
  exited: Promise<number | string>;
};

type Test = { teardown: (handler: () => Promise<void>) => void };

/**
 * Starts `file` (relative to the project) as the leader of a process group of its own, so that a signal
 * can be sent to the group as a terminal would. Killed in teardown if it still runs.
 */
export function startChild(
  t: Test,
  file: string,
  args: string[],
  options: { env?: Record<string, string>; account?: { uid: number; gid: number }; node?: readonly string[] } = {},
): Child {
  const program = [process.execPath, ...(options.node ?? []), ...nodeProgram(file), ...args];
  // tap adds its recording to every Node program started from a test, through NODE_OPTIONS. It would slow this one,
  // outlive a signal, and write where another account may not.
  const child = spawn('/bin/sh', ['-c', 'unset NODE_OPTIONS; exec "$@"', 'sh', ...program], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: PROJECT,
    ...options.account,
    env: { ...process.env, ...options.env },
  });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const listener of listeners) listener();
    });
  }
  const exited = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  t.teardown(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
  });
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(text);
        if (match === null) return;
        listeners.delete(look);
        resolve(match);
      };
      listeners.add(look);
      look();
      exited.then(() => reject(new Error(`ended without writing ${pattern}:\n${text}`)));
    });
  return { process: child, output: () => text, until, exited };
}
