import { type ChildProcess, spawn } from 'node:child_process';
import type { Account } from './account.ts';

export type HeldProgram = {
  program: string;
  args: string[];
  account: Account | undefined;
  cwd: string;
  /** Where its standard error goes: an open file, or a pipe to this process. */
  stderr: number | 'pipe';
  /** Where there are no signals: the program and its arguments that ask it to end. */
  stopCommand?: string[] | undefined;
};

/**
 * Starts a program that lives no longer than this process. It is held by a pipe: when that closes, because `stop`
 * closed it or because this process was killed, the program is interrupted, which is a fast shutdown for PostgreSQL.
 * It runs in a session of its own, so a Ctrl-C in the terminal reaches this process alone and accepted work can be
 * finished first.
 */
export function startHeld(held: HeldProgram): { child: ChildProcess; stop: () => void } {
  const [command = '', ...args] =
    held.stopCommand === undefined ? shellHolder(held) : nodeHolder(held, held.stopCommand);
  const child = spawn(command, args, {
    ...held.account,
    cwd: held.cwd,
    detached: true,
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', 'ignore', held.stderr],
  });
  child.stdin?.on('error', () => {}); // The holder is gone already; its exit is what is listened to.
  return { child, stop: () => child.stdin?.end() };
}

/** Keeps the pipe as descriptor 3, waits for its end in the background, and answers with the program's exit code. */
const SHELL_HOLDER = [
  'exec 3<&0',
  '"$@" </dev/null 3<&- & program=$!',
  '(read -r _ <&3; kill -INT "$program") 2>/dev/null & watcher=$!',
  'wait "$program"; code=$?',
  'kill "$watcher" 2>/dev/null',
  'exit "$code"',
].join('\n');

function shellHolder({ program, args }: HeldProgram): string[] {
  return ['/bin/sh', '-c', SHELL_HOLDER, 'council-carbon-holder', program, ...args];
}

/** The same in JavaScript; the pipe is this program's standard input. */
const NODE_HOLDER = `
const { spawn, spawnSync } = require('node:child_process');
const [stopCommand, program, ...args] = process.argv.slice(1);
const [stop, ...stopArgs] = JSON.parse(stopCommand);
const held = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], windowsHide: true });
held.on('error', () => process.exit(1)).on('exit', (code) => process.exit(code ?? 1));
process.stdin.on('error', () => {}).on('close', () => spawnSync(stop, stopArgs)).resume();
`;

function nodeHolder({ program, args }: HeldProgram, stopCommand: string[]): string[] {
  return [process.execPath, '-e', NODE_HOLDER, JSON.stringify(stopCommand), program, ...args];
}
