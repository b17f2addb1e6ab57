import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { refuseNamelessUser } from './account.ts';
import { type Cluster, filesFolder } from './cluster.ts';
import { initdb } from './initdb.ts';
import { isAlive } from './is-alive.ts';
import { makePrivateFolder } from './private-folder.ts';

const UNFINISHED = 'pg.new.';

/**
 * Creates the database files unless they are there. They are made under another name and renamed when whole, so
 * that a process killed meanwhile leaves nothing that looks like a database, and of two processes one wins.
 */
export async function createCluster(cluster: Cluster): Promise<void> {
  const files = filesFolder(cluster);
  removeUnfinished(cluster.dataDir);
  if (existsSync(path.join(files, 'PG_VERSION'))) return;
  if (existsSync(files) && readdirSync(files).length > 0) {
    throw new Error(`The folder ${files} holds something other than a database; choose another DATA_DIR.`);
  }
  refuseNamelessUser();
  cluster.log(`Creating the embedded database in ${files}.`);
  const unfinished = path.join(cluster.dataDir, `${UNFINISHED}${process.pid}`);
  try {
    makePrivateFolder(unfinished, cluster.account);
    await initdb(cluster, unfinished);
    writeFileSync(path.join(unfinished, 'pg_hba.conf'), HOST_RULES[cluster.transport]);
    moveUnlessThere(unfinished, files);
  } finally {
    removeUnfinished(cluster.dataDir);
  }
}

/** A socket stands in a folder that only this account may enter: that is the authentication. */
const HOST_RULES = {
  socket: 'local all all trust\n',
  tcp: 'host all all 127.0.0.1/32 scram-sha-256\n',
};

function moveUnlessThere(unfinished: string, files: string): void {
  try {
    renameSync(unfinished, files);
  } catch (error) {
    if (!existsSync(path.join(files, 'PG_VERSION'))) throw error;
  }
  if (process.platform === 'win32') return;
  const folder = openSync(path.dirname(files), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Removes what this process and processes that are gone began; their initdb ends with them, perhaps just now. */
function removeUnfinished(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const pid = Number.parseInt(name.slice(UNFINISHED.length), 10);
    if (pid !== process.pid && isAlive(pid)) continue;
    rmSync(path.join(dataDir, name), { recursive: true, force: true, maxRetries: 10 });
  }
}
