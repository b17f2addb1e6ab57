import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { countTests } from './count-tests.ts';
import { makeRunFolder } from './run-folder.ts';
import { openTestServer } from './test-server.ts';
import { makeTemplate } from './test-template.ts';

// Runs the tests named on the command line, or all, against one PostgreSQL: embedded, or the one at
// TEST_DATABASE_URL. Other arguments go to tap. The last line is `N passed, N failed`, counting assertions.
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort());

process.exitCode = await runAll().catch((error: Error) => {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  return 1;
});

async function runAll(): Promise<number> {
  const folder = makeRunFolder();
  try {
    const server = await openTestServer(folder.path);
    try {
      const template = await makeTemplate(server.connection);
      try {
        return await runTap(folder.path, {
          TEST_SERVER: JSON.stringify(server.connection),
          TEST_TEMPLATE: template.name,
        });
      } finally {
        await template.drop();
      }
    } finally {
      await server.close();
    }
  } finally {
    folder.remove();
  }
}

async function runTap(folder: string, database: Record<string, string>): Promise<number> {
  if (stopped.signal.aborted) throw new Error('Stopped.');
  const output = path.join(folder, 'output.tap');
  const temporary = path.join(folder, 'tmp');
  mkdirSync(temporary);
  chmodSync(temporary, 0o1777);
  const exitCode = await spawnTap(output, { ...database, TMPDIR: temporary, TEMP: temporary, TMP: temporary });
  const { passed, failed, emptyFiles } = countTests(existsSync(output) ? readFileSync(output, 'utf8') : '');
  for (const file of emptyFiles) console.log(`No test ran in ${file}.`);
  // Whatever tap holds against the run and no line of it shows is a failure all the same.
  const allFailed = Math.max(failed + emptyFiles.length, exitCode === 0 && passed > 0 ? 0 : 1);
  console.log(`${passed} passed, ${allFailed} failed`);
  if (stopped.signal.aborted) return 130;
  return allFailed === 0 ? 0 : 1;
}

async function spawnTap(output: string, environment: Record<string, string>): Promise<number> {
  const tap = createRequire(import.meta.url)
    .resolve('tap/package.json')
    .replace('package.json', 'dist/esm/run.mjs');
  const isSeen = process.stdout.isTTY;
  const args = ['run', `--jobs=${availableParallelism()}`, `--output-file=${output}`];
  if (!isSeen) args.push('--reporter=base', '--no-color');
  // tap's own loader would read each module with the compiler, which is most of the time of a run; tsx keeps what it has read.
  args.push(`--node-arg=--import=${import.meta.resolve('tsx')}`);
  const preload = new URL('./leave-types-to-tsx.mjs', import.meta.url);
  const options = `${process.env.NODE_OPTIONS ?? ''} --import=${preload}`.trim();
  const env: NodeJS.ProcessEnv = { ...process.env, ...environment, TZ: 'UTC', NODE_OPTIONS: options };
  // Where nobody watches, the reporter is to write its last state only instead of redrawing it.
  if (!isSeen) env.CI = '1';
  const child = spawn(process.execPath, [tap, ...args, ...process.argv.slice(2)], {
    stdio: ['ignore', isSeen ? 'inherit' : 'pipe', 'inherit'],
    env,
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => process.stdout.write(stripVTControlCharacters(text)));
  const stop = () => child.kill('SIGTERM');
  if (stopped.signal.aborted) stop();
  stopped.signal.addEventListener('abort', stop);
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}
