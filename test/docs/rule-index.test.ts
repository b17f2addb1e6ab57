import t from 'tap';
import { readNote } from '../support/note.ts';
import { readProjectFiles } from '../support/project-files.ts';

/** Rules by the page that the index names for them. */
const pageOf = new Map(
  [...readNote('README').text.matchAll(/^\| ((?:[A-I]\d+ ?)+)\| \[[^\]]+\]\(([\w-]+)\.md\)/gm)].flatMap(
    ([, ids = '', page = '']) =>
      ids
        .trim()
        .split(' ')
        .map((id): [string, string] => [id, page]),
  ),
);

/** Every rule that a comment names, in `rule B4`, `rules E1, E2` and `rules F1 to F3`. */
function rulesNamed(text: string): string[] {
  return [...text.matchAll(/\b[Rr]ules? ([A-O]\d+(?: [a-e]\b)?(?:(?:,| and| to) [A-O]\d+)*)/g)].flatMap(
    ([, list = '']) => {
      const range = /^([A-O])(\d+) to [A-O](\d+)/.exec(list);
      if (range === null) return list.match(/[A-O]\d+/g) ?? [];
      const [, letter = '', first, last] = range;
      return Array.from(
        { length: Number(last) - Number(first) + 1 },
        (_, index) => `${letter}${Number(first) + index}`,
      );
    },
  );
}

t.test('every rule of the index has a heading on its page', async (t) => {
  t.equal(pageOf.size, 55);
  for (const [id, page] of pageOf) t.match(readNote(page).text, new RegExp(`^## ${id} · `, 'm'), `${id} on ${page}.md`);
});

t.test('every rule that code, tests or pages name can be found from the index', async (t) => {
  const named = new Map<string, string>();
  for (const { path, text } of readProjectFiles((file) =>
    /^(src|test|scripts|docs|prisma\/seed)\/.*\.(ts|md)$/.test(file),
  ))
    for (const id of rulesNamed(text)) named.set(id, path);
  t.ok(named.size > 25);
  for (const [id, path] of named) t.ok(pageOf.has(id), `${id}, named in ${path}`);
});

t.test('every rule that an explanation can name is in the index', async (t) => {
  const explanation = readProjectFiles((file) => file === 'src/domain/explanation.ts')[0]?.text ?? '';
  const ids = [...explanation.matchAll(/: '([A-O]\d)'/g)].map(([, id = '']) => id);
  t.ok(ids.length > 10);
  for (const id of new Set(ids)) t.ok(pageOf.has(id), id);
});
