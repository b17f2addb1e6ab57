import { randomUUID } from 'node:crypto';
import { rmdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseConnection } from '../connection.ts';
import { type Cluster, filesFolder, folderArgument } from './cluster.ts';
import { chooseEndpoint } from './endpoint.ts';
import { startHeld } from './held-process.ts';
import { lockHolder, removeForeignLock } from './lock-file.ts';
import { openServerLog } from './server-log.ts';
import { startFailure } from './start-failure.ts';
import { whoAnswers } from './who-answers.ts';

/** How long the PostgreSQL of a killed service may take to end before its folder counts as in use. */
const LOCK_WAIT_MS = 10_000;
/** The same where it still takes connections, which a server that is ending does not. */
const LIVE_LOCK_WAIT_MS = 3_000;
const RETRY_MS = 200;
const POLL_MS = 20;

export type RunningServer = { connection: DatabaseConnection; exited: Promise<void>; stop: () => void };

type FailedStart = { output: string; isAnotherThere: boolean };

/** Starts PostgreSQL on the cluster and answers once it takes connections. Throws one sentence that says why not. */
export async function startServer(cluster: Cluster, settings: Record<string, string>): Promise<RunningServer> {
  const startedAt = Date.now();
  for (;;) {
    const attempt = await tryToStart(cluster, settings);
    if ('connection' in attempt) return attempt;
    const isLocked = /lock file|pre-existing shared memory|[Aa]ddress already in use/.test(attempt.output);
    const waitMs = attempt.isAnotherThere ? LIVE_LOCK_WAIT_MS : LOCK_WAIT_MS;
    if (!isLocked || Date.now() > startedAt + waitMs) {
      throw startFailure(cluster, attempt.output, isLocked ? lockHolder(filesFolder(cluster)) : undefined);
    }
    removeForeignLock(filesFolder(cluster));
    await sleep(RETRY_MS);
  }
}

async function tryToStart(cluster: Cluster, settings: Record<string, string>): Promise<RunningServer | FailedStart> {
  const endpoint = await chooseEndpoint(cluster);
  const files = folderArgument(cluster, filesFolder(cluster));
  const name = `council-carbon-${randomUUID().slice(0, 8)}`;
  const log = openServerLog(path.join(cluster.dataDir, 'postgresql.log'));
  const { child, stop } = startHeld({
    program: cluster.binaries.postgres,
    args: ['-D', files.argument, ...asArguments({ ...settings, ...endpoint.settings, cluster_name: name })],
    account: cluster.account,
    cwd: files.cwd,
    stderr: log.descriptor,
    stopCommand:
      cluster.transport === 'tcp' ? [cluster.binaries.pgCtl, 'stop', '-D', files.argument, '-m', 'fast'] : undefined,
  });
  log.close();
  let isGone = false;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve());
  }).then(() => {
    isGone = true;
    removeIfEmpty(endpoint.temporaryFolder);
  });
  // After a crash the server recovers before it answers, however long that takes.
  for (;;) {
    const answering = await whoAnswers(endpoint.connection);
    if (answering === name) return { connection: endpoint.connection, exited, stop };
    if (isGone) return { output: log.written(), isAnotherThere: answering !== undefined };
    await sleep(POLL_MS);
  }
}

function asArguments(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function removeIfEmpty(folder: string | undefined): void {
  try {
    if (folder !== undefined) rmdirSync(folder);
  } catch {
    // Another server of the same data folder has its socket there.
  }
}
