import { statSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { keyRing } from '../../../../scripts/demo/load/read-key.ts';

t.test('keys are kept where only their owner can read them', async (t) => {
  const file = path.join(t.testdir(), 'folder', 'keys.json');
  const ring = keyRing(file);
  t.strictSame(ring.read(), {});
  ring.write({ adminKey: 'a', readKey: 'b' });
  t.strictSame(keyRing(file).read(), { adminKey: 'a', readKey: 'b' });
  t.equal(statSync(file).mode & 0o777, 0o600);
});
