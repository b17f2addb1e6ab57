import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseConnection } from '../../src/stores/connection.ts';
import { filesFolder } from '../../src/stores/embedded/cluster.ts';
import { openEmbedded } from '../../src/stores/embedded/open-embedded.ts';
import { queryOnce } from './database.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Test = { teardown: (handler: () => Promise<void> | void) => void };

/** A database server and one that follows it, of this test alone. */
export type ReplicatedServer = {
  primary: DatabaseConnection;
  replica: DatabaseConnection;
  /** Keeps what is written at the primary server from showing at the replica, until `letGo`. */
  hold: () => Promise<void>;
  letGo: () => Promise<void>;
  /** Resolves when the replica has all that is written now. */
  caughtUp: () => Promise<void>;
  stopReplica: () => Promise<void>;
};

/** Nothing here outlives the test. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off' };
/** As docs/scaling.md has it: what a reader at the replica sees is not cleaned up under its hands. */
const FOLLOWS = { hot_standby_feedback: 'on', wal_receiver_status_interval: '1s' };

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Copies a server while it stands still, then starts both: one goes on, the other follows it by streaming. */
export async function replicatedServer(t: Test): Promise<ReplicatedServer> {
  const folder = temporaryFolder(t);
  const [first, second] = [path.join(folder, 'a'), path.join(folder, 'b')];
  await (await openEmbedded({ dataDir: first, settings: SETTINGS })).close();
  appendFileSync(path.join(filesFolder({ dataDir: first }), 'pg_hba.conf'), 'local replication all trust\n');
  execFileSync('cp', ['-a', first, second]);
  writeFileSync(path.join(filesFolder({ dataDir: second }), 'standby.signal'), '');

  const primary = await openEmbedded({ dataDir: first, settings: SETTINGS });
  t.teardown(() => primary.close());
  const { host, port, user } = primary.connection;
  const follows = { ...FOLLOWS, primary_conninfo: `host=${quoted(String(host))} port=${port} user=${user}` };
  const replica = await openEmbedded({ dataDir: second, settings: { ...SETTINGS, ...follows } });
  t.teardown(() => replica.close());

  const position = async () => {
    const [row] = await queryOnce<{ at: string }>(primary.connection, 'select pg_current_wal_lsn()::text as at');
    return row?.at ?? '';
  };
  const hasReplayed = async (at: string) => {
    const [row] = await queryOnce<{ done: boolean }>(
      replica.connection,
      `select pg_last_wal_replay_lsn() >= '${at}'::pg_lsn as done`,
    );
    return row?.done === true;
  };
  return {
    primary: primary.connection,
    replica: replica.connection,
    hold: async () => void (await queryOnce(replica.connection, 'select pg_wal_replay_pause()')),
    letGo: async () => void (await queryOnce(replica.connection, 'select pg_wal_replay_resume()')),
    caughtUp: async () => {
      const at = await position();
      while (!(await hasReplayed(at))) await sleep(20);
    },
    stopReplica: () => replica.close(),
  };
}
