import path from 'node:path';
import ts from 'typescript';
import type { ProjectFile } from './project-files.ts';

/** One thing a file takes from elsewhere. `target` is a path of the project, `node:…`, or the name of a package. */
export type Import = { from: string; target: string; isType: boolean };

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const { importClause } = node;
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

/** The calls by which a module is loaded: import(), require(), require.resolve(), import.meta.resolve(). */
function isLoad(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node)) return false;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  return /^(require|require\.resolve|import\.meta\.resolve|createRequire\(.*\)(\.resolve)?)$/s.test(
    node.expression.getText(),
  );
}

/** The file of a `new URL('./file.ts', import.meta.url)`, by which threads are started and files are found. */
function isUrlOfFile(node: ts.Node): node is ts.NewExpression {
  return (
    ts.isNewExpression(node) &&
    node.expression.getText() === 'URL' &&
    node.arguments?.[1]?.getText() === 'import.meta.url'
  );
}

function specifierOf(node: ts.Node): { text: ts.Node | undefined; isType: boolean } | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return { text: node.moduleSpecifier, isType: isTypeOnly(node) };
  if (ts.isImportTypeNode(node))
    return { text: ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument, isType: true };
  if (isLoad(node) || isUrlOfFile(node)) return { text: node.arguments?.[0], isType: false };
  return null;
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Parses a file. */
export function parse({ path: name, text }: ProjectFile): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
}

/** Calls `look` for every node of a file. */
export function walk(source: ts.SourceFile, look: (node: ts.Node) => void): void {
  const visit = (node: ts.Node) => {
    look(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** Everything a file imports, loads or starts by a name that stands in its text. */
export function importsOf(file: ProjectFile): Import[] {
  const found: Import[] = [];
  const source = parse(file);
  walk(source, (node) => {
    const specifier = specifierOf(node);
    if (specifier?.text === undefined || !ts.isStringLiteralLike(specifier.text)) return;
    const { text } = specifier.text;
    const isRelative = text.startsWith('.');
    const target = isRelative ? path.posix.join(path.posix.dirname(file.path), text) : packageOf(text);
    found.push({ from: file.path, target, isType: specifier.isType });
  });
  return found;
}
