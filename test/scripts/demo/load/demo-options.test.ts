import t from 'tap';
import { readDemoOptions } from '../../../../scripts/demo/load/demo-options.ts';

t.test('options have defaults, and PORT gives the port', async (t) => {
  t.strictSame(readDemoOptions([], undefined), { port: 3000, loadOnly: false, sites: undefined });
  t.equal(readDemoOptions([], '8080').port, 8080);
  t.strictSame(readDemoOptions(['--port', '0', '--sites=3', '--load-only'], '8080'), {
    port: 0,
    loadOnly: true,
    sites: 3,
  });
});

t.test('an option that is unknown or has no sense is refused with its value', async (t) => {
  t.throws(() => readDemoOptions(['--site', '3'], undefined), /--site/);
  t.throws(() => readDemoOptions(['--sites', 'many'], undefined), {
    message: "--sites is 'many': expected a whole number from 1 to 1000",
  });
  t.throws(() => readDemoOptions(['--port', '70000'], undefined), /--port is '70000'/);
});
