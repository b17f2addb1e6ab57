import path from 'node:path';
import t from 'tap';
import ts from 'typescript';
import { parse, walk } from '../support/imports.ts';
import { isCode, type ProjectFile, readProjectFiles } from '../support/project-files.ts';

/** Lines of a file; above it, a file holds more than one thing. */
const LINES_MAX = 300;
const MEDIAN_LINES_MAX = 80;

/** Names that say where something was put, not what it is. */
const EMPTY_NAMES = /(^|-)(utils?|helpers?|mappers?|common|misc|stuff|tools?|lib)(-|$)/;

const files = readProjectFiles(isCode);
const lines = ({ text }: ProjectFile) => text.split('\n').length - 1;

/** Name of a file without its endings: `meter-days` of `meter-days.test.ts`. */
const stemOf = (file: string) => path.posix.basename(file).replace(/(\.test|\.d)?\.[cm]?[jt]s$/, '');

t.test(`no file of src, scripts or test is longer than ${LINES_MAX} lines`, async (t) => {
  t.strictSame(
    files.filter((file) => lines(file) > LINES_MAX).map((file) => `${file.path}: ${lines(file)}`),
    [],
  );
});

t.test(`half the files of src have at most ${MEDIAN_LINES_MAX} lines`, async (t) => {
  const lengths = files
    .filter((file) => file.path.startsWith('src/'))
    .map(lines)
    .sort((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)] ?? Number.POSITIVE_INFINITY;
  t.ok(median <= MEDIAN_LINES_MAX, `the median of ${lengths.length} files is ${median} lines`);
});

t.test('files and folders are in kebab-case and named after what they hold', async (t) => {
  const isKebab = (name: string) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
  const parts = files.flatMap((file) => [
    ...path.posix
      .dirname(file.path)
      .split('/')
      .filter((folder) => folder !== '.config'),
    stemOf(file.path),
  ]);
  t.strictSame(
    [...new Set(parts)].filter((part) => !isKebab(part) || EMPTY_NAMES.test(part)),
    [],
  );
});

t.test('every export has a name; only the settings of a tool that asks for it have a default', async (t) => {
  const withDefault = files.filter((file) => {
    let hasDefault = false;
    walk(parse(file), (node) => {
      if (ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword)
        hasDefault ||= !ts.isDefaultClause(node.parent) && !ts.isDefaultClause(node);
      if (ts.isExportSpecifier(node)) hasDefault ||= node.name.text === 'default';
    });
    return hasDefault;
  });
  t.strictSame(
    withDefault.map((file) => file.path),
    ['.config/prisma.ts'],
  );
});

t.test('no test is left out: none stands alone, is skipped, or waits to be written', async (t) => {
  const marks = /\b(t|test|tap|it|describe)\s*\.\s*(only|skip|todo)\s*\(|\b(only|skip|todo)\s*:\s*true\b/;
  t.strictSame(
    files.filter(({ text }) => marks.test(text)).map((file) => file.path),
    [],
  );
});

t.test(
  'every test tests something of this project: a folder of tests mirrors one of src, or is known here',
  async (t) => {
    const own = ['house', 'docs', 'contract', 'golden', 'acceptance', 'scripts', 'support'];
    const sources = new Set(files.map((file) => path.posix.dirname(file.path)));
    const strange = files
      .map((file) => path.posix.dirname(file.path))
      .filter((folder) => folder.startsWith('test/') && !own.includes(folder.split('/')[1] ?? ''))
      .filter((folder) => !sources.has(folder.replace(/^test/, 'src')));
    t.strictSame([...new Set(strange)], []);
  },
);
