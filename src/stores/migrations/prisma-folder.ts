import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The model and the migrations as files, found from the sources as well as from the compiled service. */
export function prismaFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'prisma', 'schema.prisma'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The folder prisma/ with schema.prisma and migrations/ is missing.');
    folder = parent;
  }
  return path.join(folder, 'prisma');
}

/** Text of prisma/schema.prisma. */
export function readSchema(): string {
  return readFileSync(path.join(prismaFolder(), 'schema.prisma'), 'utf8');
}
