import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { prismaFolder } from './migrations/prisma-folder.ts';

/** Reads files of prisma/seed, found from the sources as well as from the compiled service. */
export function createSeedFiles(folder = path.join(prismaFolder(), 'seed')): (name: string) => Promise<string> {
  return (name) => readFile(path.join(folder, name), 'utf8');
}
