import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';

/** The account a PostgreSQL process runs under, where it differs from this process's. */
export type Account = { uid: number; gid: number };

/**
 * PostgreSQL refuses to run as root. A service started by root gives it the account that owns `folder` (the data
 * folder or, later, the cluster in it), else `postgres`, else `nobody`. Undefined: this process's own account.
 */
export function accountFor(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = knownAccounts();
  const owner = statSync(folder).uid;
  const account = accounts.find(({ uid }) => uid === owner && uid !== 0) ?? byName('postgres') ?? byName('nobody');
  if (account === undefined) {
    throw new Error(
      'PostgreSQL does not run as root and there is no account postgres or nobody to give it; start the service as another user, or set DATABASE_URL.',
    );
  }
  return { uid: account.uid, gid: account.gid };

  function byName(name: string) {
    return accounts.find((entry) => entry.name === name);
  }
}

/** initdb refuses a user id without a name, such as `docker run --user 4242` gives. Throws a sentence for one. */
export function refuseNamelessUser(): void {
  try {
    userInfo();
  } catch (error) {
    throw new Error(
      `The embedded database cannot be created by user id ${process.getuid?.()}, which has no entry in /etc/passwd: add one, start the service as a named user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

function knownAccounts(): { name: string; uid: number; gid: number }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .filter((line) => /^[^#:]+:[^:]*:\d+:\d+:/.test(line))
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}
