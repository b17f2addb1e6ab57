import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { isAlive } from '../src/stores/embedded/is-alive.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
/** Inside the project, so that packages are found from there. */
const BUNDLES = path.join(PROJECT, '.tests');

/** What is started as a thread or a process of its own, from a place beside whatever starts it. */
const STARTED = [
  'src/server.ts',
  'src/prepare-process.ts',
  'src/stores/uploads/upload-worker.ts',
  'src/stores/factor-files/factor-file-worker.ts',
  'test/support/programs/embedded-service.ts',
  'test/support/programs/migrate-folder.ts',
];

/**
 * Lets modules know a place, though they are in one bundle: those of the service the place of their own bundle, as when they
 * are compiled, because they start others from there; tests that of their source, beside which their files are.
 */
const modulePlaces = (folder: string): Plugin => ({
  name: 'module-places',
  setup(plugin) {
    plugin.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const source = readFileSync(file, 'utf8');
      if (!/\bimport\.meta\./.test(source)) return { contents: source, loader: 'ts' };
      const relative = path.relative(PROJECT, file);
      const place = relative.startsWith('src') ? path.join(folder, relative.replace(/\.ts$/, '.js')) : file;
      const [url, dirname] = [pathToFileURL(place).href, path.dirname(place)].map((text) => JSON.stringify(text));
      return { contents: `const __url = ${url}, __dirname = ${dirname}; ${source}`, loader: 'ts' };
    });
  },
});

/** Bundles of runs that were killed. */
function removeLeft(): void {
  if (!existsSync(BUNDLES)) return;
  for (const name of readdirSync(BUNDLES)) if (!isAlive(Number(name))) remove(path.join(BUNDLES, name));
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/** All test files of the project, relative to it. */
export function allTestFiles(): string[] {
  const names = readdirSync(path.join(PROJECT, 'test'), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join('test', name))
    .sort();
}

/** Bundled tests, relative to the project, in `folder`. `bySourceNames` names the sources where a text names bundles. */
export type BundledTests = {
  folder: string;
  bundles: string[];
  bySourceNames: (text: string) => string;
  remove: () => void;
};

/**
 * Bundles test files, each with all of the project's own modules that it uses: a process that loads a thousand modules one
 * by one takes longer for that than for most tests.
 * @throws where a file is missing or cannot be parsed.
 */
export async function bundleTests(files: readonly string[]): Promise<BundledTests> {
  removeLeft();
  const folder = path.join(BUNDLES, String(process.pid));
  mkdirSync(folder, { recursive: true });
  try {
    await build({
      absWorkingDir: PROJECT,
      entryPoints: [...new Set([...files, ...STARTED].map((file) => path.resolve(PROJECT, file)))],
      outdir: folder,
      outbase: PROJECT,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      keepNames: true,
      sourcemap: 'linked',
      sourcesContent: false,
      logLevel: 'error',
      define: { 'import.meta.url': '__url', 'import.meta.dirname': '__dirname' },
      plugins: [modulePlaces(folder)],
    });
  } catch (error) {
    remove(folder);
    throw error;
  }
  const prefix = `${path.relative(PROJECT, folder)}${path.sep}`;
  const bundleOf = (file: string) =>
    prefix + path.relative(PROJECT, path.resolve(PROJECT, file)).replace(/\.ts$/, '.js');
  const bySourceNames = (text: string) => text.replaceAll(prefix, '').replace(/(\.test)\.js\b/g, '$1.ts');
  return { folder, bundles: files.map(bundleOf), bySourceNames, remove: () => remove(folder) };
}
