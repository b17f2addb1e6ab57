import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Section } from '../bench.ts';
import { type Figure, figureOf } from '../figure.ts';
import { startLoadClient } from '../load/load-client.ts';
import type { LoadResult } from '../load/load-job.ts';
import { fileMeterKeys } from '../meter-file.ts';
import { writeMeters } from './upload-section.ts';

const CLIENTS = [1, 8, 32] as const;
/** More than twice the clients: two half-hours of one meter are never under way at the same time. */
const METERS = 128;

const LOOK_EVERY_MS = 200;

/** The number of the newest change. */
async function clockOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ seq: string }>('select c.seq from clock c');
  return Number(rows[0]?.seq);
}

/** The same once requests that were under way when a load ended have ended too. */
async function stillClock(pool: pg.Pool): Promise<number> {
  for (let before = -1; ; await pause(LOOK_EVERY_MS)) {
    const now = await clockOf(pool);
    if (now === before) return now;
    before = now;
  }
}

/** Readings sent one half-hour at a time, each a commit with the clock, by several clients at once. */
export const postsSection: Section = {
  title: ({ seconds }) => `JSON readings, one half-hour a request; ${seconds} seconds each`,
  measure: async ({ options, stand, memory }) => {
    const { service, database, close } = await stand();
    const keys = fileMeterKeys(METERS);
    await writeMeters(service, keys);
    const client = startLoadClient();
    const results = new Map(CLIENTS.map((clients) => [clients, [] as (LoadResult & { commits: number })[]]));
    let done = 0;
    const post = async (connections: number, seconds: number) => {
      const before = await stillClock(database.pool);
      const result = await client.run({
        baseUrls: [service.baseUrl],
        headers: service.headers,
        requests: [{ path: '/v1/readings' }],
        posts: { meters: keys, done },
        status: 201,
        connections,
        seconds,
      });
      // Those that were under way at the end have brought theirs too.
      done += result.answers + connections;
      return { ...result, commits: (await clockOf(database.pool)) - before };
    };
    try {
      await post(8, 1);
      await memory.during(service.pid, 'readings by 1, 8 and 32 clients', async () => {
        for (let run = 0; run < options.runs; run++)
          for (const clients of CLIENTS) results.get(clients)?.push(await post(clients, options.seconds));
      });
    } finally {
      client.close();
    }
    await close();
    return [...results].flatMap(([clients, list]): Figure[] => {
      const rate = (count: (result: LoadResult & { commits: number }) => number) =>
        list.map((result) => count(result) / (result.elapsedMs / 1_000));
      return [
        figureOf(
          `${clients === 1 ? '1 client' : `${clients} clients`}: readings accepted`,
          rate(({ answers }) => answers),
          '/s',
        ),
        figureOf(
          '  commits with the clock',
          rate(({ commits }) => commits),
          '/s',
        ),
        figureOf(
          '  p50',
          list.map(({ p50Ms }) => p50Ms),
          'ms',
        ),
        figureOf(
          '  p99',
          list.map(({ p99Ms }) => p99Ms),
          'ms',
        ),
      ];
    });
  },
};
