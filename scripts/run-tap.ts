import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { BundledTests } from './bundle-tests.ts';
import { countTests } from './count-tests.ts';

/** One run of tap: its folder for what is written, the tests, tap's own options, and what the tests find in the environment. */
type Run = {
  folder: string;
  tests: BundledTests;
  options: readonly string[];
  environment: Readonly<Record<string, string>>;
  stopped: AbortSignal;
};

/**
 * Runs bundled tests by tap and ends with the line `N passed, N failed`, which
 * counts assertions. Returns the exit code of the run.
 */
export async function runTap(run: Run): Promise<number> {
  if (run.stopped.aborted) throw new Error('Stopped.');
  const output = path.join(run.folder, 'output.tap');
  const temporary = path.join(run.folder, 'tmp');
  mkdirSync(temporary);
  chmodSync(temporary, 0o1777);
  const exitCode = await spawnTap(run, output, temporary);
  const { passed, failed, emptyFiles } = countTests(existsSync(output) ? readFileSync(output, 'utf8') : '');
  for (const file of emptyFiles) console.log(`No test ran in ${run.tests.bySourceNames(file)}.`);
  // Whatever tap holds against the run and no line of it shows is a failure all the same.
  const allFailed = Math.max(failed + emptyFiles.length, exitCode === 0 && passed > 0 ? 0 : 1);
  console.log(`${passed} passed, ${allFailed} failed`);
  if (run.stopped.aborted) return 130;
  return allFailed === 0 ? 0 : 1;
}

async function spawnTap(run: Run, output: string, temporary: string): Promise<number> {
  const tap = createRequire(import.meta.url)
    .resolve('tap/package.json')
    .replace('package.json', 'dist/esm/run.mjs');
  const isSeen = process.stdout.isTTY;
  // One more than there are processors: tests wait for the database, and for programs that they start and kill.
  const args = ['run', `--jobs=${availableParallelism() + 1}`, `--output-file=${output}`];
  if (!isSeen) args.push('--reporter=base', '--no-color');
  // The WebAssembly of the configuration client is compiled once, as by `npm start`, and not a second time for speed.
  args.push('--node-arg=--liftoff-only');
  const preload = new URL('without-tap-loaders.mjs', import.meta.url);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...run.environment,
    TEST_BUNDLES: run.tests.folder,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    TZ: 'UTC',
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${preload}`.trim(),
  };
  // Where nobody watches, the reporter is to write its last state only instead of redrawing it.
  if (!isSeen) env.CI = '1';
  const child = spawn(process.execPath, [tap, ...args, ...run.options, ...run.tests.bundles], {
    stdio: ['ignore', isSeen ? 'inherit' : 'pipe', 'inherit'],
    env,
  });
  const show = (text: string) => process.stdout.write(run.tests.bySourceNames(stripVTControlCharacters(text)));
  child.stdout?.setEncoding('utf8').on('data', show);
  const stop = () => child.kill('SIGTERM');
  if (run.stopped.aborted) stop();
  run.stopped.addEventListener('abort', stop);
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}
