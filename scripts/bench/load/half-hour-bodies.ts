import type { Posts } from './load-job.ts';

const HALF_HOUR_MS = 1_800_000;
const FIRST_HALF_HOUR_MS = Date.parse('2024-04-01T00:00:00Z');

/** Bodies that each bring a half-hour that no body before has brought. */
export function halfHourBodies({ meters, done }: Posts): () => string {
  let count = done;
  return () => {
    const startMs = FIRST_HALF_HOUR_MS + Math.floor(count / meters.length) * HALF_HOUR_MS;
    const [start, end] = [startMs, startMs + HALF_HOUR_MS].map((ms) => new Date(ms).toISOString().replace('.000', ''));
    const meter = meters[count % meters.length];
    count += 1;
    return JSON.stringify({ readings: [{ meter, start, end, quantity: (50 + (count % 100)) / 100 }] });
  };
}
