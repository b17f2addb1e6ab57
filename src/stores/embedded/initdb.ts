import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Cluster, folderArgument, PASSWORD_FILE } from './cluster.ts';
import { startHeld } from './held-process.ts';

/** Makes database files in the empty `folder`. Throws a sentence with the reason initdb gives. */
export async function initdb(cluster: Cluster, folder: string): Promise<void> {
  const { argument, cwd } = folderArgument(cluster, folder);
  const args = [`--pgdata=${argument}`, '--username=postgres', '--encoding=UTF8', '--no-instructions'];
  // The locale that is the same on every machine: code point order, Unicode character classes.
  args.push('--locale-provider=builtin', '--locale=C.UTF-8', '--auth-local=trust', '--auth-host=scram-sha-256');
  if (!cluster.isDurable) args.push('--no-sync');
  const password = cluster.transport === 'tcp' ? writePassword(cluster, `${folder}.password`) : undefined;
  if (password !== undefined) args.push(`--pwfile=${password}`);

  const { account, binaries } = cluster;
  const { child } = startHeld({ program: binaries.initdb, args, account, cwd, stderr: 'pipe' });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    const lines = errors.split('\n');
    const reason = lines.find((line) => /error:|FATAL:/.test(line)) ?? lines[0] ?? '';
    throw new Error(`The embedded database could not be created in ${cluster.dataDir}: ${reason.trim()}.`);
  }
  if (password !== undefined) renameSync(password, path.join(folder, PASSWORD_FILE));
}

function writePassword(cluster: Cluster, file: string): string {
  writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (cluster.account !== undefined) chownSync(file, cluster.account.uid, cluster.account.gid);
  return file;
}
