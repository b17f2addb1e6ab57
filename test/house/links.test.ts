import path from 'node:path';
import t from 'tap';
import { isCode, projectFiles, readProjectFiles } from '../support/project-files.ts';

const files = new Set(projectFiles());
const pages = readProjectFiles((file) => file.endsWith('.md'));

/** The anchors of a page: its headings in small letters, without punctuation, words joined by hyphens. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

/** A page without its blocks of code, in which a bracket is no link. */
const prose = (text: string) => text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '');

/** The links of a page within the project; `target` is a path from its root. */
function linksOf(page: string, text: string): { link: string; target: string; anchor: string | undefined }[] {
  return [...prose(text).matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)]
    .filter(([, href = '']) => !/^(https?:|mailto:)/.test(href))
    .map(([link, href = '']) => {
      const [file = '', anchor] = href.split('#');
      return { link, target: file === '' ? page : path.posix.join(path.posix.dirname(page), file), anchor };
    });
}

function isThere(target: string): boolean {
  const folder = `${target.replace(/\/$/, '')}/`;
  return files.has(target) || [...files].some((file) => file.startsWith(folder));
}

t.test('every link of a page leads to a file of the project, and to a heading that is in it', async (t) => {
  t.ok(pages.length > 15);
  for (const { path: page, text } of pages) {
    for (const { link, target, anchor } of linksOf(page, text)) {
      t.ok(isThere(target), `${page}: ${link}`);
      const linked = pages.find((other) => other.path === target);
      if (anchor !== undefined)
        t.ok(linked !== undefined && anchorsOf(linked.text).includes(anchor), `${page}: ${link}`);
    }
  }
});

t.test('every page that a program, a table or a setting refers to is there', async (t) => {
  const others = readProjectFiles((file) => isCode(file) || /\.(npmrc|json|yaml|yml|prisma|sql|md)$/.test(file));
  for (const { path: file, text } of others)
    for (const [page] of text.matchAll(/(?<![\w/.-])docs\/[\w/-]+\.md/g)) t.ok(files.has(page), `${file}: ${page}`);
});

t.test('every page under docs can be reached from its index', async (t) => {
  const reached = new Set(['docs/README.md']);
  for (const page of reached) {
    const text = pages.find((other) => other.path === page)?.text ?? '';
    for (const { target } of linksOf(page, text)) if (target.endsWith('.md')) reached.add(target);
  }
  t.strictSame(
    pages.map(({ path: page }) => page).filter((page) => page.startsWith('docs/') && !reached.has(page)),
    [],
  );
});

t.test('decisions are numbered without a gap and have the three parts', async (t) => {
  const decisions = pages.filter(({ path: page }) => page.startsWith('docs/decisions/'));
  decisions.forEach(({ path: page, text }, index) => {
    const number = String(index + 1).padStart(4, '0');
    t.match(page, new RegExp(`^docs/decisions/${number}-[a-z0-9]+(-[a-z0-9]+)*\\.md$`));
    t.match(text, new RegExp(`^# ${number} · `), page);
    t.strictSame(
      [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
      ['Background', 'Decision', 'Consequences'],
      page,
    );
  });
});
