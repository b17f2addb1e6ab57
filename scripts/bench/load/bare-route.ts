import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startFlags } from '../../service/start-flags.ts';
import type { BareAnswer } from './bare-process.ts';

const PROCESS = fileURLToPath(new URL('bare-process.ts', import.meta.url));

/** Starts a bare Fastify route that sends the given bytes, in a process with the flags of the service. */
export async function startBareRoute(answer: BareAnswer): Promise<{ baseUrl: string; close: () => void }> {
  const child = fork(PROCESS, [], { execArgv: [...process.execArgv, ...startFlags()] });
  child.send(answer);
  const [baseUrl] = (await once(child, 'message')) as [string];
  return { baseUrl, close: () => child.disconnect() };
}
