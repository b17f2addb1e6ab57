// Makes a fresh clone runnable, and is quick when there is nothing to do. Plain JavaScript on Node alone, because it
// runs before anything is installed. `--build` also compiles src/ to dist/.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);

const steps = [
  {
    name: 'dependencies',
    stamp: at('node_modules', '.council-carbon-dependencies'),
    state: dependenciesState,
    run: install,
  },
  {
    name: 'database client',
    stamp: at('node_modules', '.council-carbon-client'),
    state: clientState,
    run: generateClient,
  },
];
if (process.argv.includes('--build')) {
  steps.push({ name: 'dist', stamp: at('dist', '.council-carbon-sources'), state: sourcesState, run: compile });
}

if (steps.some((step) => !isDone(step))) {
  const unlock = lock(at('.prepare-lock'));
  try {
    for (const step of steps) {
      if (isDone(step)) continue;
      console.error(`Preparing: ${step.name} …`);
      step.run();
      writeFileSync(step.stamp, step.state());
    }
  } finally {
    unlock();
  }
}

/** A step is done when its stamp holds the state it was done for. */
function isDone(step) {
  return existsSync(step.stamp) && readFileSync(step.stamp, 'utf8') === step.state();
}

function dependenciesState() {
  return digest([readFileSync(at('package-lock.json'))]);
}

function install() {
  if (isInstalledByHand()) return;
  // npm tells its scripts where it is; on its own, Windows finds it through a shell only.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm?.endsWith('.js')) run(process.execPath, [npm, ...args]);
  else run('npm', args, { shell: process.platform === 'win32' });
}

/** Whether what npm last installed is what the lock file asks for. Optional packages are for one platform each. */
function isInstalledByHand() {
  const record = at('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages);
  return wanted.every(
    ([name, { version, optional }]) => name === '' || (optional ? true : installed[name]?.version === version),
  );
}

function clientState() {
  const client = at('src', 'stores', 'prisma-client', 'client.ts');
  const generator = at('node_modules', 'prisma', 'package.json');
  if (!existsSync(client) || !existsSync(generator)) return 'missing';
  return digest([readFileSync(at('prisma', 'schema.prisma')), readFileSync(generator)]);
}

function generateClient() {
  // Generating needs no engine, but Prisma would download one unless told where one is. Any program serves.
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  run(process.execPath, [at('node_modules', 'prisma', 'build', 'index.js'), 'generate'], { env, isQuiet: true });
}

function sourcesState() {
  const files = readdirSync(at('src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  const configs = [at('tsconfig.json'), at('tsconfig.build.json')];
  const describe = (file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}\n`;
  return digest([...files, ...configs].sort().map(describe));
}

/** Compiled aside and moved when whole, so that a fault in the sources leaves the former dist/ as it was. */
function compile() {
  const fresh = at('dist.new');
  run(process.execPath, [
    at('node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    at('tsconfig.build.json'),
    '--outDir',
    fresh,
  ]);
  rmSync(at('dist'), { recursive: true, force: true });
  renameSync(fresh, at('dist'));
}

function digest(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

function run(command, args, { env = {}, shell = false, isQuiet = false } = {}) {
  const stdio = ['ignore', isQuiet ? 'pipe' : 'inherit', isQuiet ? 'pipe' : 'inherit'];
  const done = spawnSync(command, args, { cwd: root, env: { ...process.env, ...env }, shell, stdio, encoding: 'utf8' });
  if (done.status === 0) return;
  if (isQuiet) console.error(`${done.stdout ?? ''}${done.stderr ?? ''}`);
  console.error(
    `This failed: ${[path.basename(command), ...args].join(' ')}${done.error ? ` (${done.error.message})` : ''}`,
  );
  rmSync(at('.prepare-lock'), { recursive: true, force: true });
  process.exit(1);
}

/** One process prepares; others wait for it. A lock whose process is gone is taken over. */
function lock(folder) {
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(path.join(folder, 'pid'), String(process.pid));
      return () => rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isStale(folder)) rmSync(folder, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function isStale(folder) {
  try {
    process.kill(Number(readFileSync(path.join(folder, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    if (error.code === 'ESRCH') return true;
    // Between the folder and the file in it there is a moment; after a while the owner must have been killed in it.
    return error.code === 'ENOENT' && existsSync(folder) && Date.now() - statSync(folder).mtimeMs > 5_000;
  }
}
