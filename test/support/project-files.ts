import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The root of the project. */
export const PROJECT = path.resolve(import.meta.dirname, '../..');

/** A file of the project: its path from the root, with slashes, and its text. */
export type ProjectFile = { path: string; text: string };

/** What .gitignore names, which here is folders (`dist/`), endings (`*.log`) and files (`.env`) alone; and the history. */
function ignored(): (file: string, isFolder: boolean) => boolean {
  const lines = readFileSync(path.join(PROJECT, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  const folders = lines.filter((line) => line.endsWith('/')).map((line) => line.slice(0, -1));
  const endings = lines.filter((line) => line.startsWith('*')).map((line) => line.slice(1));
  return (file, isFolder) => {
    const name = path.posix.basename(file);
    if (name === '.git') return true;
    if (isFolder) return folders.includes(file) || folders.includes(name);
    return lines.includes(name) || endings.some((ending) => name.endsWith(ending));
  };
}

/** Every file that is, or could be, committed, in order of its path. Read from disk: a copy without its history has them too. */
export function projectFiles(): string[] {
  const isIgnored = ignored();
  const files: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(path.join(PROJECT, folder), { withFileTypes: true })) {
      const file = path.posix.join(folder, entry.name);
      if (isIgnored(file, entry.isDirectory())) continue;
      if (entry.isDirectory()) visit(file);
      else if (entry.isFile()) files.push(file);
    }
  };
  visit('');
  return files.sort();
}

/** The same with their texts. */
export function readProjectFiles(isWanted: (file: string) => boolean): ProjectFile[] {
  return projectFiles()
    .filter(isWanted)
    .map((file) => ({ path: file, text: readFileSync(path.join(PROJECT, file), 'utf8') }));
}

/** Whether a path is that of a source file of this project's own programs. */
export function isCode(file: string): boolean {
  return /^(src|scripts|test|\.config)\/.*\.(ts|mts|cts|js|mjs|cjs)$/.test(file);
}
