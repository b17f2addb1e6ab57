import t from 'tap';
import { type Import, importsOf } from '../support/imports.ts';
import { isCode, readProjectFiles } from '../support/project-files.ts';

/**
 * The import law: http → services → domain ← stores. What is not listed is not allowed. `types` may be named for their
 * types alone, which leave nothing behind when the program runs.
 */
const LAYERS: Readonly<Record<string, { may: string[]; types?: string[]; packages: string[] }>> = {
  'src/domain/': {
    may: ['src/domain/'],
    packages: ['decimal.js', 'luxon', 'csv-parse'],
  },
  'src/services/': {
    may: ['src/services/', 'src/domain/', 'src/limits.ts'],
    types: ['src/clock.ts'],
    packages: ['node:crypto'],
  },
  'src/stores/': {
    may: ['src/stores/', 'src/domain/', 'src/limits.ts'],
    // The ports they implement.
    types: ['src/services/', 'src/clock.ts'],
    packages: [
      '@e965/xlsx',
      '@prisma/adapter-pg',
      '@prisma/client',
      '@prisma/driver-adapter-utils',
      '@prisma/schema-engine-wasm',
      'pg',
      'pg-copy-streams',
      'yauzl',
      'node:',
    ],
  },
  'src/http/': {
    may: ['src/http/', 'src/services/', 'src/domain/', 'src/limits.ts'],
    types: ['src/clock.ts', 'src/deps.ts'],
    packages: [
      '@fastify/ajv-compiler',
      '@fastify/fast-json-stringify-compiler',
      '@fastify/swagger',
      '@fastify/swagger-ui',
      '@fastify/type-provider-typebox',
      'csv-stringify',
      'fastify',
      'fastify-plugin',
      'lru-cache',
      'typebox',
      'node:crypto',
      'node:http',
      'node:net',
      'node:stream',
      'node:timers',
      'node:util',
    ],
  },
  // The files that wire, and the few that all may read.
  'src/app.ts': {
    may: ['src/http/', 'src/domain/refusal.ts', 'src/limits.ts'],
    types: ['src/deps.ts'],
    packages: ['fastify', 'node:crypto'],
  },
  'src/deps.ts': {
    may: ['src/services/', 'src/stores/', 'src/clock.ts'],
    types: ['src/config.ts'],
    packages: ['fastify'],
  },
  'src/server.ts': { may: ['src/'], packages: ['close-with-grace'] },
  'src/prepare.ts': {
    may: ['src/services/', 'src/stores/'],
    packages: ['node:child_process', 'node:events', 'node:path', 'node:url'],
  },
  'src/prepare-process.ts': { may: ['src/prepare.ts'], types: ['src/stores/'], packages: ['node:events'] },
  'src/config.ts': { may: ['src/limits.ts'], packages: ['node:path'] },
  'src/clock.ts': { may: [], packages: [] },
  'src/limits.ts': { may: [], packages: [] },
  'src/version.ts': { may: [], packages: ['node:fs', 'node:path', 'node:url'] },
};

/** What single files may do beyond their layer, and why. */
const EXCEPTIONS: readonly { from: string; target: string; reason: string }[] = [
  {
    from: 'src/services/reference-data/',
    target: 'typebox',
    reason: 'shipped files are checked when they are read, as strictly as a request',
  },
  {
    from: 'src/stores/uploads/start-worker.ts',
    target: 'tsx',
    reason: 'where tsx runs the sources, a thread needs it too; the compiled service never asks for it',
  },
];

/** Libraries that one file each stands for, so that their traps are met in one place. */
const ONE_FILE: Readonly<Record<string, string>> = {
  'decimal.js': 'src/domain/decimal.ts',
  luxon: 'src/domain/calendar.ts',
  'csv-parse': 'src/domain/reference/read-csv-table.ts',
  'csv-stringify': 'src/http/csv.ts',
  'close-with-grace': 'src/server.ts',
  'pg-copy-streams': 'src/stores/uploads/stage-copy.ts',
};

const sources = readProjectFiles((file) => isCode(file) && file.startsWith('src/'));
const imports = sources.flatMap(importsOf);

function covers(entry: string, target: string): boolean {
  return entry.endsWith('/') || entry.endsWith(':') ? target.startsWith(entry) : target === entry;
}

function isAllowed({ from, target, isType }: Import): boolean {
  if (EXCEPTIONS.some((exception) => covers(exception.from, from) && exception.target === target)) return true;
  const [, law] = Object.entries(LAYERS).find(([layer]) => covers(layer, from)) ?? [];
  if (law === undefined) return false;
  const { may, types = [], packages } = law;
  const allowed = target.startsWith('src/') ? [...may, ...(isType ? types : [])] : packages;
  return allowed.some((entry) => covers(entry, target));
}

const sentence = ({ from, target, isType }: Import) => `${from} imports ${target}${isType ? ' (type)' : ''}`;

t.test('the import law holds: http → services → domain ← stores, wired in server, deps and app alone', async (t) => {
  t.ok(imports.length > 500, `${imports.length} imports of ${sources.length} files were read`);
  t.strictSame(imports.filter((entry) => !isAllowed(entry)).map(sentence), []);
});

t.test('an exception that nobody needs any more is gone', async (t) => {
  for (const exception of EXCEPTIONS)
    t.ok(
      imports.some(({ from, target }) => covers(exception.from, from) && exception.target === target),
      exception.reason,
    );
});

t.test('every file of src stands in a layer', async (t) => {
  const homeless = sources.filter(({ path }) => !Object.keys(LAYERS).some((layer) => covers(layer, path)));
  t.strictSame(
    homeless.map(({ path }) => path),
    [],
  );
});

t.test('a library that is spoken to in one place is imported by that file alone', async (t) => {
  for (const [name, home] of Object.entries(ONE_FILE))
    t.strictSame([...new Set(imports.filter(({ target }) => target === name).map(({ from }) => from))], [home], name);
});

t.test('the generated client is known to the stores alone, in tests and scripts too', async (t) => {
  const others = readProjectFiles((file) => isCode(file) && !file.startsWith('src/stores/')).flatMap(importsOf);
  const named = others.filter(({ target }) => /^src\/stores\/prisma-client\b|^@prisma\/client$/.test(target));
  t.strictSame(named.map(sentence), []);
});

t.test('no file imports itself by a way around', async (t) => {
  const edges = imports.filter(({ target, isType }) => target.startsWith('src/') && !isType);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, way: readonly string[]) => {
    if (way.includes(file)) return void cycles.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (done.has(file)) return;
    for (const { from, target } of edges) if (from === file) visit(target, [...way, file]);
    done.add(file);
  };
  for (const { path } of sources) visit(path, []);
  t.strictSame(cycles, []);
});

t.test('the reader of imports sees every way in which one can be written', async (t) => {
  const text = `
import 'a';
import b from 'b';
import type { C } from 'c';
import { type D } from 'd';
import { type E, e } from 'e';
export { f } from './f.ts';
export type * from '../g.ts';
const h = await import('h/deep');
type I = import('@i/i/deep').I;
const j = createRequire(import.meta.url).resolve('j');
const k = new URL('./k.ts', import.meta.url);
const l = import.meta.resolve('node:l');
const text = "import 'not-this';";
`;
  const read = importsOf({ path: 'src/x/y.ts', text });
  t.strictSame(
    read.map(({ target, isType }) => `${target}${isType ? ' type' : ''}`),
    ['a', 'b', 'c type', 'd type', 'e', 'src/x/f.ts', 'src/g.ts type', 'h', '@i/i type', 'j', 'src/x/k.ts', 'node:l'],
  );
});
