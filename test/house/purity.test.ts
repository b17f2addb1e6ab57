import t from 'tap';
import ts from 'typescript';
import { parse, walk } from '../support/imports.ts';
import { isCode, type ProjectFile, readProjectFiles } from '../support/project-files.ts';

/** Names through which a program learns of the world outside its arguments, or changes it. */
const OUTSIDE = [
  /^(process|console|globalThis|fetch|performance|setTimeout|setInterval|setImmediate|queueMicrotask)$/,
  /^(Date\.now|Math\.random|DateTime\.(now|local|utc)\(\)|Settings\.\w+|crypto\.\w+)$/,
];

/** What of a file is not pure, each with its line. */
function impurities(file: ProjectFile): string[] {
  const source = parse(file);
  const found: string[] = [];
  walk(source, (node) => {
    const text = node.getText(source);
    const isWaiting =
      ts.isAwaitExpression(node) ||
      node.kind === ts.SyntaxKind.AsyncKeyword ||
      (ts.isTypeReferenceNode(node) && /^Promise\b/.test(text));
    const isNow = ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length;
    const isName =
      (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) && !isKey(node);
    if (isWaiting || isNow || (isName && OUTSIDE.some((name) => name.test(text))))
      found.push(
        `${file.path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${text.split('\n')[0]}`,
      );
  });
  return found;
}

/** A name that only labels something of the file's own: a member, a property, a variable. */
function isKey(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return 'name' in parent && parent.name === node;
}

t.test('the domain is pure: it waits for nothing, knows no clock, no chance and no environment', async (t) => {
  const files = readProjectFiles((file) => isCode(file) && file.startsWith('src/domain/'));
  t.ok(files.length > 50);
  t.strictSame(files.flatMap(impurities), []);
});

t.test('what is not pure is seen', async (t) => {
  const impure = [
    'const a = process.env.A;',
    'const b = Date.now();',
    'const c = new Date();',
    'async function d() {}',
    'function e(): Promise<void> {}',
    'const f = Math.random();',
    "console.log('g');",
    'const h = DateTime.local();',
    'setTimeout(i, 1);',
  ];
  for (const text of impure) t.ok(impurities({ path: 'a.ts', text }).length > 0, text);
  const pure = [
    'const a = { process: 1 }.process;',
    "const b = new Date('2024-04-01');",
    'const c = DateTime.local(2024);',
  ];
  for (const text of pure) t.strictSame(impurities({ path: 'a.ts', text }), [], text);
});
