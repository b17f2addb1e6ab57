import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startFlags } from '../../scripts/service/start-flags.ts';
import { type Child, startChild } from './child.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');

/**
 * Starts the service over a folder of data, or on a server if `environment` names one, as an operator runs it, compiled, and
 * waits until it answers: a start from the sources takes three times as long, and more memory.
 */
export async function startCompiled(
  t: Parameters<typeof startChild>[0],
  dataDir: string,
  adminKey: string,
  environment: Record<string, string> = {},
): Promise<{ child: Child; base: string }> {
  await promisify(execFile)(process.execPath, ['scripts/prepare.mjs', '--build'], {
    cwd: PROJECT,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const child = startChild(t, 'dist/src/server.js', [], {
    node: startFlags(),
    env: {
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      BOOTSTRAP_ADMIN_KEY: adminKey,
      LOG_LEVEL: 'silent',
      DATABASE_URL: '',
      ...environment,
    },
  });
  const [, base = ''] = await child.until(/answers at (http:[^;]+);/);
  return { child, base };
}
