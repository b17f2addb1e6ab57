import { spawnSync } from 'node:child_process';
import t from 'tap';

t.test('preparing what is prepared says nothing', async (t) => {
  // The run of the tests has prepared already.
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/prepare.mjs'], { encoding: 'utf8' });
  t.same({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' });
});
