import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { isAlive } from '../../../src/stores/embedded/is-alive.ts';
import { openEmbedded } from '../../../src/stores/embedded/open-embedded.ts';
import { startChild } from '../../support/child.ts';
import { queryOnce } from '../../support/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SERVICE = 'test/support/programs/embedded-service.ts';

t.test('a service killed with SIGKILL leaves no server, and the next start has its data', async (t) => {
  const dataDir = path.join(temporaryFolder(t), 'data');
  const service = startChild(t, SERVICE, [dataDir]);
  const [, postmaster] = await service.until(/postmaster (\d+)/);
  await service.until(/writing/);
  service.process.kill('SIGKILL');
  await service.exited;

  const embedded = await openEmbedded({ dataDir });
  t.teardown(() => embedded.close());
  t.same(await queryOnce(embedded.connection, 'select w.id from work w'), [{ id: 1 }], 'committed work and no more');
  t.notOk(isAlive(Number(postmaster)), 'the former server has ended');
});

t.test('Ctrl-C in the terminal lets a running write commit before the database stops', async (t) => {
  const dataDir = path.join(temporaryFolder(t), 'data');
  const service = startChild(t, SERVICE, [dataDir]);
  const [, postmaster] = await service.until(/postmaster (\d+)/);
  await service.until(/writing/);
  process.kill(-(service.process.pid ?? 0), 'SIGINT');
  t.equal(await service.exited, 0);
  t.match(service.output(), /committed\nclosed\n$/);
  t.notOk(isAlive(Number(postmaster)));

  const embedded = await openEmbedded({ dataDir });
  t.teardown(() => embedded.close());
  t.same(await queryOnce(embedded.connection, 'select w.id from work w order by 1'), [{ id: 1 }, { id: 2 }]);
});

t.test('a second service on the same folder is told so in one sentence, and the first goes on', async (t) => {
  const dataDir = path.join(temporaryFolder(t), 'data');
  const first = await openEmbedded({ dataDir });
  t.teardown(() => first.close());
  const second = startChild(t, SERVICE, [dataDir]);
  t.equal(await second.exited, 1);
  t.match(second.output(), /^refused: The database in .* is already running, pid \d+: .*\.\n$/);
  const [, pid] = /pid (\d+)/.exec(second.output()) ?? [];
  t.ok(isAlive(Number(pid)), 'the pid it names is that of the first');
  t.same(await queryOnce(first.connection, 'select 1 as one'), [{ one: 1 }]);
});

t.test('of two services that start at once on an empty folder, one runs and the other is refused', async (t) => {
  const dataDir = path.join(temporaryFolder(t), 'data');
  const services = [1, 2].map(() => startChild(t, SERVICE, [dataDir]));
  const outcomes = await Promise.all(
    services.map(async (service) => (await service.until(/(writing|refused: .* already running)/))[1]?.slice(0, 7)),
  );
  t.same(outcomes.sort(), ['refused', 'writing']);
  t.same(
    readdirSync(dataDir).filter((name) => name.startsWith('pg.')),
    [],
    'nothing is left of the database that was made in vain',
  );
});

t.test('a service killed while it creates the database leaves nothing that looks like one', async (t) => {
  const dataDir = path.join(temporaryFolder(t), 'data');
  const service = startChild(t, SERVICE, [dataDir]);
  await service.until(/Creating/);
  const begun = () => readdirSync(dataDir).find((name) => name.startsWith('pg.new.')) ?? 'none';
  while (!existsSync(path.join(dataDir, begun(), 'global'))) await new Promise((resolve) => setTimeout(resolve, 5));
  service.process.kill('SIGKILL');
  await service.exited;
  t.notOk(existsSync(path.join(dataDir, 'pg')));

  const embedded = await openEmbedded({ dataDir });
  t.teardown(() => embedded.close());
  t.same(await queryOnce(embedded.connection, 'select 1 as one'), [{ one: 1 }]);
  t.equal(begun(), 'none');
});

t.test('a stopped database keeps what was committed and its server is gone', async (t) => {
  const dataDir = path.join(temporaryFolder(t), 'data');
  const first = await openEmbedded({ dataDir });
  await queryOnce(first.connection, 'create table kept as select 7 as id');
  await first.close();
  t.notOk(existsSync(path.join(dataDir, 'pg', 'postmaster.pid')));
  const again = await openEmbedded({ dataDir });
  t.teardown(() => again.close());
  t.same(await queryOnce(again.connection, 'select k.id from kept k'), [{ id: 7 }]);
});
