import { allTestFiles, bundleTests } from './bundle-tests.ts';
import { makeRunFolder } from './run-folder.ts';
import { runTap } from './run-tap.ts';
import { openTestServer } from './test-server.ts';
import { makeTemplate } from './test-template.ts';

// Runs the tests named on the command line, or all, against one PostgreSQL: embedded, or the one at
// TEST_DATABASE_URL. Other arguments go to tap. The last line is `N passed, N failed`, counting assertions.
const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort());

process.exitCode = await runAll().catch((error: Error) => {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  return 1;
});

async function runAll(): Promise<number> {
  const given = process.argv.slice(2);
  const files = given.filter((arg) => arg.endsWith('.test.ts'));
  const options = given.filter((arg) => !files.includes(arg));
  const folder = makeRunFolder();
  const tests = await bundleTests(files.length > 0 ? files : allTestFiles());
  try {
    const server = await openTestServer(folder.path);
    try {
      const template = await makeTemplate(server.connection);
      try {
        const environment = { TEST_SERVER: JSON.stringify(server.connection), TEST_TEMPLATE: template.name };
        return await runTap({ folder: folder.path, tests, options, environment, stopped: stopped.signal });
      } finally {
        await template.drop();
      }
    } finally {
      await server.close();
    }
  } finally {
    tests.remove();
    folder.remove();
  }
}
