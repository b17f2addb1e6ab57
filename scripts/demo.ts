import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { localDayOf } from '../src/domain/calendar.ts';
import { demoEstate } from './demo/demo-estate.ts';
import { createApiClient } from './demo/load/api-client.ts';
import { DEMO_USAGE, type DemoOptions, readDemoOptions } from './demo/load/demo-options.ts';
import { loadDemo } from './demo/load/load-demo.ts';
import { nextSteps } from './demo/load/next-steps.ts';
import { demoSpan } from './demo/load/plan-files.ts';
import { createProgress } from './demo/load/progress.ts';
import { type KeyRing, keyRing, readKey } from './demo/load/read-key.ts';
import { freePort } from './service/free-port.ts';
import { type Service, spawnService } from './service/spawn-service.ts';

// Starts the service and loads a synthetic estate into it, as a user would: over HTTP. Reads DATABASE_URL or DATA_DIR,
// HOST and PORT as the service does; without them everything is in .data/demo.

/**
 * The admin key: the operator's own, or one kept beside the embedded database.
 * @throws Error for a database of the operator's without a key: setting one there would revoke the key it has.
 */
function adminKey(ring: KeyRing): string {
  const chosen = process.env.BOOTSTRAP_ADMIN_KEY;
  if (chosen) return chosen;
  if (process.env.DATABASE_URL)
    throw new Error('With DATABASE_URL, set BOOTSTRAP_ADMIN_KEY too: an admin key of at least 32 characters');
  const kept = ring.read();
  if (kept.adminKey !== undefined) return kept.adminKey;
  const made = randomBytes(32).toString('base64url');
  ring.write({ ...kept, adminKey: made });
  return made;
}

/** Where the service answers this process, whatever it listens on. */
async function baseUrlOf(options: DemoOptions): Promise<{ baseUrl: string; port: number }> {
  const host = process.env.HOST || '127.0.0.1';
  const port = options.port === 0 ? await freePort(host) : options.port;
  return { baseUrl: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`, port };
}

async function loadAndServe(service: Service, baseUrl: string, ring: KeyRing, options: DemoOptions): Promise<number> {
  const started = performance.now();
  await service.ready();
  const api = createApiClient(baseUrl, adminKey(ring));
  await loadDemo(api, demoEstate(options.sites), demoSpan(localDayOf(new Date())), createProgress(process.stdout));
  console.log(`Ready after ${((performance.now() - started) / 1000).toFixed(1)} seconds, the start included.`);
  if (options.loadOnly) return 0;
  console.log(`${nextSteps(baseUrl, await readKey(baseUrl, api, ring))}\nCtrl-C stops it.`);
  return service.ended;
}

async function run(options: DemoOptions): Promise<number> {
  const { baseUrl, port } = await baseUrlOf(options);
  const dataDir = path.resolve(process.env.DATA_DIR || '.data/demo');
  const ring = keyRing(`${dataDir}-keys.json`);
  const service = await spawnService(baseUrl, {
    PORT: String(port),
    DATA_DIR: dataDir,
    BOOTSTRAP_ADMIN_KEY: adminKey(ring),
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  });
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      isInterrupted = true;
      service.signal();
    });
  try {
    return await loadAndServe(service, baseUrl, ring, options);
  } catch (error) {
    // What was under way when the service was asked to end has failed for that reason.
    if (isInterrupted) return 130;
    throw error;
  } finally {
    await service.stop();
  }
}

try {
  process.exitCode = await run(readDemoOptions(process.argv.slice(2), process.env.PORT));
} catch (error) {
  console.error((error as Error).message);
  if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) console.error(DEMO_USAGE);
  process.exitCode = 1;
}
