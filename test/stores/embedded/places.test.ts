import { spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { usableBinaries } from '../../../src/stores/embedded/binaries.ts';
import { binariesPackage } from '../../../src/stores/embedded/binaries-package.ts';
import { openEmbedded } from '../../../src/stores/embedded/open-embedded.ts';
import { canRun } from '../../../src/stores/embedded/reachable.ts';
import { startChild } from '../../support/child.ts';
import { queryOnce } from '../../support/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type Test = { teardown: (handler: () => Promise<void>) => void; same: (found: unknown, wanted: unknown) => boolean };

const isRoot = process.getuid?.() === 0;
/** What is tested here is not whether data outlives a power cut. */
const QUICK = { fsync: 'off' };
const rootOnly = { skip: isRoot ? false : 'only root can change accounts' };

async function opens(t: Test, dataDir: string, options: { transport?: 'tcp' } = {}) {
  const embedded = await openEmbedded({ dataDir, settings: QUICK, ...options });
  t.teardown(() => embedded.close());
  const rows = await queryOnce(
    embedded.connection,
    "select current_setting('TimeZone') as zone, d.datlocprovider::text as provider from pg_database d where d.datname = current_database()",
  );
  t.same(rows, [{ zone: 'UTC', provider: 'b' }]);
  return embedded;
}

t.test('a folder with spaces, accents and quotes serves', async (t) => {
  await opens(t, path.join(temporaryFolder(t), `the council's "Übersicht" é`));
});

t.test('a path too long for a socket serves, through a socket elsewhere that goes with the server', async (t) => {
  const embedded = await opens(t, path.join(temporaryFolder(t), 'x'.repeat(120)));
  const folder = embedded.connection.host ?? '';
  t.ok(Buffer.byteLength(folder) < 90);
  t.equal(statSync(folder).mode & 0o777, 0o700);
  await embedded.close();
  t.throws(() => statSync(folder), { code: 'ENOENT' });
});

t.test('without sockets the server takes only connections that know its password', async (t) => {
  const dataDir = path.join(temporaryFolder(t), 'data');
  const embedded = await opens(t, dataDir, { transport: 'tcp' });
  t.equal(embedded.connection.host, '127.0.0.1');
  t.equal(statSync(path.join(dataDir, 'pg', 'council-carbon-password')).mode & 0o777, 0o600);
  await t.rejects(queryOnce({ ...embedded.connection, password: 'guess' }, 'select 1'), { code: '28P01' });
  await embedded.close();
  await t.rejects(queryOnce(embedded.connection, 'select 1'), { code: 'ECONNREFUSED' });
});

t.test('a data folder below one that only root may enter serves', rootOnly, async (t) => {
  const closed = path.join(temporaryFolder(t), 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const embedded = await opens(t, path.join(closed, 'data'));
  await embedded.close();
  await opens(t, path.join(closed, 'data'));
});

t.test('a data folder of another account is served under that account', rootOnly, async (t) => {
  const dataDir = path.join(temporaryFolder(t), 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  chownSync(dataDir, 65_534, 65_534);
  await opens(t, dataDir);
  t.equal(statSync(path.join(dataDir, 'pg')).uid, 65_534);
});

t.test('programs that the account cannot reach are copied once to where it can', rootOnly, async (t) => {
  const folder = temporaryFolder(t);
  const nobody = { uid: 65_534, gid: 65_534 };
  const nativeFolder = path.join(folder, 'closed', 'native');
  cpSync(binariesPackage().nativeFolder, nativeFolder, { recursive: true, verbatimSymlinks: true });
  chmodSync(path.join(folder, 'closed'), 0o700);
  t.notOk(canRun(nobody, path.join(nativeFolder, 'bin', 'postgres')));

  const told: string[] = [];
  const find = () =>
    usableBinaries(nobody, folder, (m) => told.push(m), { nativeFolder, version: '0' }, [path.join(folder, 'cache')]);
  const binaries = find();
  t.ok(binaries.initdb.startsWith(path.join(folder, 'cache')));
  t.ok(canRun(nobody, binaries.initdb));
  t.same(find(), binaries);
  t.equal(told.length, 1);
});

t.test('a cache that others could write is not used', rootOnly, async (t) => {
  const folder = temporaryFolder(t);
  const cache = path.join(folder, 'cache');
  mkdirSync(cache);
  chmodSync(cache, 0o777);
  const nativeFolder = path.join(folder, 'nothing');
  t.throws(() => usableBinaries(undefined, folder, () => {}, { nativeFolder, version: '0' }, [cache]), /cannot be run/);
});

t.test('links between libraries that npm cannot carry are made again', async (t) => {
  const nativeFolder = path.join(temporaryFolder(t), 'native');
  cpSync(binariesPackage().nativeFolder, nativeFolder, { recursive: true, verbatimSymlinks: true });
  const links: { target: string }[] = JSON.parse(readFileSync(path.join(nativeFolder, 'pg-symlinks.json'), 'utf8'));
  for (const { target } of links) rmSync(path.join(nativeFolder, '..', target), { force: true });
  const find = () => usableBinaries(undefined, '/nonexistent', t.fail, { nativeFolder, version: '0' }, []);
  t.equal(find().postgres, path.join(nativeFolder, 'bin', 'postgres'));
  t.ok(canRun(undefined, find().initdb));
});

t.test('a closed database', async (t) => {
  const dataDir = path.join(temporaryFolder(t), 'data');
  const files = path.join(dataDir, 'pg');
  await (await openEmbedded({ dataDir, settings: QUICK })).close();

  await t.test('opens although its lock file names a process that is another program now', async (t) => {
    const { uid, gid } = statSync(files);
    const other = spawn('sleep', ['60'], { uid, gid });
    t.teardown(() => other.kill());
    writeFileSync(path.join(files, 'postmaster.pid'), `${other.pid}\n${files}\n1\n5432\n\n\n\n`);
    chownSync(path.join(files, 'postmaster.pid'), uid, gid);
    const embedded = await opens(t, dataDir);
    await embedded.close();
  });

  await t.test('says in one sentence which setting the server refuses', async (t) => {
    await t.rejects(openEmbedded({ dataDir, settings: { max_connections: 'many' } }), {
      message: /^The embedded PostgreSQL in .* did not start: .*max_connections.*\.$/,
    });
  });

  await t.test('says in one sentence that another PostgreSQL made it', async (t) => {
    writeFileSync(path.join(files, 'PG_VERSION'), '17\n');
    await t.rejects(openEmbedded({ dataDir }), {
      message: /^The database in .* was made by PostgreSQL 17, which the embedded PostgreSQL cannot read; .*\.$/,
    });
  });
});

t.test('a folder pg with something else in it is left alone', async (t) => {
  const dataDir = path.join(temporaryFolder(t), 'data');
  mkdirSync(path.join(dataDir, 'pg'), { recursive: true });
  writeFileSync(path.join(dataDir, 'pg', 'notes.txt'), 'mine');
  await t.rejects(openEmbedded({ dataDir }), /holds something other than a database/);
  t.equal(readFileSync(path.join(dataDir, 'pg', 'notes.txt'), 'utf8'), 'mine');
});

t.test('a user id without a name is told what initdb lacks', rootOnly, async (t) => {
  const folder = temporaryFolder(t);
  chownSync(folder, 64_242, 64_242);
  const nameless = startChild(t, 'test/support/programs/embedded-service.ts', [path.join(folder, 'data')], {
    account: { uid: 64_242, gid: 64_242 },
  });
  t.equal(await nameless.exited, 1);
  t.match(nameless.output(), /refused: .* user id 64242, which has no entry in \/etc\/passwd: .*\.\n$/);
});

t.test('a service that is not root runs its database itself', rootOnly, async (t) => {
  const folder = temporaryFolder(t);
  chownSync(folder, 65_534, 65_534);
  const service = startChild(t, 'test/support/programs/embedded-service.ts', [path.join(folder, 'data')], {
    account: { uid: 65_534, gid: 65_534 },
  });
  await service.until(/committed/);
  t.equal(statSync(path.join(folder, 'data', 'pg')).uid, 65_534);
});
