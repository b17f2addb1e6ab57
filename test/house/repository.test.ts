import { readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { PROJECT, projectFiles, readProjectFiles } from '../support/project-files.ts';

type Pins = Record<string, string>;
type Package = {
  dependencies: Pins;
  devDependencies: Pins;
  optionalDependencies: Pins;
  overrides: Pins;
  engines: Pins;
};
type Locked = { version?: string; resolved?: string; integrity?: string; link?: boolean; hasInstallScript?: boolean };

const json = <T>(file: string) => JSON.parse(readFileSync(path.join(PROJECT, file), 'utf8')) as T;
const manifest = json<Package>('package.json');
const locked = json<{ packages: Record<string, Locked> }>('package-lock.json').packages;

/** What may stand in no file, and why. */
const UNWANTED: Readonly<Record<string, RegExp>> = {
  'a folder beside the project': /(^|[\s"'`([])(\.\.\/)+shared\b|(^|[\s"'`(/])shared\//m,
  'a path of one machine': /(^|[\s"'`(=:])(\/(work|root|Users|home\/[a-z]\w*)\/|[A-Z]:\\\\?Users)/m,
  'a package registry': /\bregistry\.[a-z]|\b_authToken\b|\bregistry\s*=/,
};

const texts = readProjectFiles((file) => !/\.(png|ico|gz|xlsx|pdf|woff2?)$/.test(file));

t.test('no file names what only one machine has: a folder beside the project, a home, a registry', async (t) => {
  for (const [what, pattern] of Object.entries(UNWANTED)) {
    const found = texts
      .filter(({ path: file }) => file !== 'test/house/repository.test.ts')
      .flatMap(({ path: file, text }) =>
        text.split('\n').flatMap((line, index) => (pattern.test(line) ? `${file}:${index + 1} ${line.trim()}` : [])),
      );
    t.strictSame(found, [], what);
  }
});

t.test('package-lock.json says which bytes a package has, and of no host where they come from', async (t) => {
  const packages = Object.entries(locked).filter(([name]) => name !== '');
  t.ok(packages.length > 300);
  t.strictSame(
    packages.filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name),
    [],
  );
  t.strictSame(
    packages.filter(([, entry]) => entry.integrity?.startsWith('sha512-') !== true).map(([name]) => name),
    [],
  );
});

t.test('every dependency is pinned to one version, and that version is the locked one', async (t) => {
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
  for (const [name, version] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
    ...overrides,
  })) {
    t.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
    t.equal(locked[`node_modules/${name}`]?.version, version, name);
  }
});

t.test('one copy each of the packages that recognise their own objects by class', async (t) => {
  for (const name of ['pg', 'decimal.js', 'fastify', 'typebox', 'luxon']) {
    const copies = Object.keys(locked).filter((entry) => entry.endsWith(`node_modules/${name}`));
    t.strictSame(copies, [`node_modules/${name}`]);
  }
});

t.test('Prisma stays in the line that this project is built on (docs/decisions/0005)', async (t) => {
  for (const name of ['@prisma/client', '@prisma/adapter-pg', '@prisma/driver-adapter-utils'])
    t.match(manifest.dependencies[name], /^7\.10\.\d+$/, name);
  t.match(manifest.devDependencies.prisma, /^7\.10\.\d+$/);
});

t.test('the Node of .nvmrc and of the image is one that package.json allows', async (t) => {
  const [, major = '', minor = ''] = /^>=(\d+)\.(\d+)$/.exec(manifest.engines.node ?? '') ?? [];
  const atLeast = (text: string) => {
    const [found = 0, foundMinor = 99] = text.split('.').map(Number);
    return found > Number(major) || (found === Number(major) && foundMinor >= Number(minor));
  };
  const nvmrc = readFileSync(path.join(PROJECT, '.nvmrc'), 'utf8').trim();
  t.ok(atLeast(nvmrc), nvmrc);
  const images = [...readFileSync(path.join(PROJECT, 'Dockerfile'), 'utf8').matchAll(/^ARG NODE_VERSION=(\S+)$/gm)];
  t.strictSame(
    images.map(([, version]) => version),
    [nvmrc],
  );
});

t.test('every script that package.json names is there', async (t) => {
  const { scripts } = json<{ scripts: Pins }>('package.json');
  const files = projectFiles();
  const named = Object.values(scripts).flatMap((command) => command.match(/\bscripts\/[\w.-]+/g) ?? []);
  t.strictSame(
    [...new Set(named)].filter((file) => !files.includes(file)),
    [],
  );
});
