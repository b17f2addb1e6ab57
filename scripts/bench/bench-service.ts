import { randomBytes } from 'node:crypto';
import { freePort } from '../service/free-port.ts';
import { spawnService } from '../service/spawn-service.ts';

/** The compiled service as `npm start` runs it, a process of its own. */
export type BenchService = {
  baseUrl: string;
  /** `Authorization` and whatever else a request needs. */
  headers: Record<string, string>;
  pid: number;
  /** From the start of the process to the first answer that it can serve. */
  startMs: number;
  stop: () => Promise<void>;
};

/** Everything that is measured has the same key, so that several services can share a database. */
const KEY = randomBytes(32).toString('base64url');

/** Starts the service over a database, or over a folder in which it runs its own. */
export async function startBenchService(place: { databaseUrl: string } | { dataDir: string }): Promise<BenchService> {
  const port = await freePort('127.0.0.1');
  const baseUrl = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const service = await spawnService(
    baseUrl,
    {
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: 'databaseUrl' in place ? place.databaseUrl : '',
      DATA_DIR: 'dataDir' in place ? place.dataDir : '',
      BOOTSTRAP_ADMIN_KEY: KEY,
      LOG_LEVEL: 'error',
    },
    'ignore',
  );
  await service.ready();
  return {
    baseUrl,
    headers: { authorization: `Bearer ${KEY}` },
    pid: service.pid,
    startMs: performance.now() - started,
    stop: service.stop,
  };
}
