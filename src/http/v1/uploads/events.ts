import { setTimeout as pause } from 'node:timers/promises';
import type { UploadRecord } from '../../../services/uploads/ports.ts';
import { toUploadAnswer } from './convert.ts';

/** Time between two looks at the record. */
const LOOK_EVERY_MS = 500;
/** A line now and then keeps what stands between from closing a connection that looks idle. */
const BEAT_EVERY_MS = 15_000;
/** What a client waits before it connects again, should the connection break. */
const RECONNECT_AFTER_MS = 5_000;

function eventOf(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * Server-sent events about an upload: `progress` whenever it has got further, and `end` with its record once it is over.
 * Whoever connects again is told the present state, so that nothing is lost between. Ends when `closing` is aborted.
 */
export async function* uploadEvents(find: () => Promise<UploadRecord>, closing: AbortSignal): AsyncGenerator<string> {
  yield `retry: ${RECONNECT_AFTER_MS}\n\n`;
  let told = '';
  let quietSinceMs = performance.now();
  while (!closing.aborted) {
    const upload = await find();
    const { status, progress } = upload;
    if (progress === null) return yield eventOf('end', toUploadAnswer(upload));
    const event = eventOf('progress', { id: String(upload.id), status, progress });
    const isQuiet = performance.now() - quietSinceMs >= BEAT_EVERY_MS;
    if (event !== told || isQuiet) {
      yield event === told ? ': still there\n\n' : event;
      told = event;
      quietSinceMs = performance.now();
    }
    await pause(LOOK_EVERY_MS, undefined, { signal: closing }).catch(() => undefined);
  }
}
