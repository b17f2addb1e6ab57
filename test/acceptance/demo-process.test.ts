import { spawnSync } from 'node:child_process';
import path from 'node:path';
import t from 'tap';
import { startChild } from '../support/child.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Black box: `npm run demo` as its user sees it, with two sites. */

t.setTimeout(300_000);

const ENV = { DATABASE_URL: '', BOOTSTRAP_ADMIN_KEY: '', HOST: '127.0.0.1', NODE_OPTIONS: '' };

t.test(
  'the demonstration loads itself, says how to try it, ends with Ctrl-C, and knows its data the next time',
  async (t) => {
    const built = spawnSync(process.execPath, ['scripts/prepare.mjs', '--build'], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    t.equal(built.status, 0);
    const env = { ...ENV, DATA_DIR: path.join(temporaryFolder(t), 'data') };
    const start = () => startChild(t, 'scripts/demo.ts', ['--port', '0', '--sites', '2'], { env });

    const first = start();
    await first.until(/Ctrl-C stops it/);
    t.match(first.output(), /Half-hours of 2022\/23: [\d,]+ meter-days/);
    const commands = [...first.output().matchAll(/curl -H 'Authorization: (Bearer [^']+)' '([^']+)'/g)];
    t.equal(commands.length, 4);
    for (const [, authorization = '', url = ''] of commands) {
      const response = await fetch(url, { headers: { authorization } });
      t.equal(response.status, 200, url);
      const { data } = (await response.json()) as { data: unknown[] };
      t.ok(data.length > 0, url);
    }
    process.kill(first.process.pid ?? 0, 'SIGINT');
    t.equal(await first.exited, 0);

    const second = start();
    await second.until(/Ctrl-C stops it/);
    t.match(second.output(), /Half-hours of 2022\/23: known already/);
    t.notMatch(second.output(), /meter-days/);
    t.ok(second.output().includes(commands[0]?.[1] ?? 'no key'), 'the key of the first start is the key of the second');
    process.kill(second.process.pid ?? 0, 'SIGINT');
    t.equal(await second.exited, 0);
  },
);

t.test('a database of the operator’s is not touched without a key of theirs', async (t) => {
  const child = startChild(t, 'scripts/demo.ts', [], {
    env: { ...ENV, DATABASE_URL: 'postgresql://127.0.0.1:9/none' },
  });
  t.equal(await child.exited, 1);
  t.match(child.output(), /set BOOTSTRAP_ADMIN_KEY too/);
});
